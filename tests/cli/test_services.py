"""The single processes that containers run: what keeps one from starting is said in one line."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run
from tests.support.guarded_processes import GuardedProcess
from tests.support.servers import free_port, wait_until

REDIS = "redis://127.0.0.1:1/0"
NO_URL = "this is no URL of a database: use postgresql://... or sqlite:///path"


@pytest.mark.parametrize("command", ["api", "worker", "webhooks", "migrate"])
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("secret", NO_URL),
        ("postgresql://user:secret@host:secret/tally", NO_URL),
        ("sqlite:///:memory:", "an SQLite database must be a file, because several processes share it"),
    ],
)
def test_a_database_url_that_cannot_be_used(tally: Run, command: str, url: str, message: str) -> None:
    done = tally(command, TALLY_DATABASE_URL=url, TALLY_REDIS_URL=REDIS)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("tally: ")
    assert line.endswith(message)
    assert "secret" not in line


def test_a_database_that_cannot_be_reached_is_not_migrated(tally: Run) -> None:
    done = tally("migrate", TALLY_DATABASE_URL=f"postgresql://user:secret@127.0.0.1:{free_port()}/tally")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("tally: the database is not available: ")
    assert "secret" not in line


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[tuple[str, int]]:
    """Where `tally api` answers, with little patience and room for few connections."""
    folder = tmp_path_factory.mktemp("api")
    port = free_port()
    settings = {
        "TALLY_DATABASE_URL": f"sqlite:///{shutil.copy(sqlite_template, folder / 'tally.db')}",
        "TALLY_REDIS_URL": REDIS,
        "TALLY_BODY_TIMEOUT": "1",
    }
    process = GuardedProcess(
        # Some files are open already, and a hundred are kept for other things than connections.
        ["sh", "-c", f"ulimit -n 120; exec {sys.executable} -P -m cli.main api --port {port}"],
        directory=folder,
        stop_signal=signal.SIGTERM,
        environment={**os.environ, **settings},
    )
    try:
        wait_until(lambda: asked(("127.0.0.1", port), b"GET /health/live HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200"))
        yield "127.0.0.1", port
    finally:
        process.stop(keep_directory=True)


def asked(address: tuple[str, int], request: bytes) -> bytes:
    """All that comes back on a connection of its own, until it is closed; nothing where nobody listens."""
    try:
        with socket.create_connection(address, timeout=10) as connection:
            connection.sendall(request)
            return b"".join(iter(lambda: connection.recv(65536), b""))
    except ConnectionRefusedError:
        return b""


@pytest.mark.reliability(18)
@pytest.mark.parametrize("head", [b"", b"GET /health/live HTTP/1.1\r\n"])
def test_a_connection_without_a_request_is_ended(address: tuple[str, int], head: bytes) -> None:
    began = time.monotonic()
    with socket.create_connection(address, timeout=0.2) as connection:
        connection.sendall(head)
        while time.monotonic() < began + 10:
            try:
                if connection.recv(100) == b"":
                    break
            except TimeoutError:
                # A line now and then does not help.
                connection.sendall(b"X-More: 1\r\n" if head else b"")
            except ConnectionError:
                break
    assert 0.9 < time.monotonic() - began < 8


def test_a_connection_goes_on_after_its_requests(address: tuple[str, int]) -> None:
    with httpx.Client(base_url=f"http://{address[0]}:{address[1]}") as client:
        for _ in range(4):
            assert client.get("/health/live").status_code == 200
            time.sleep(0.5)


@pytest.mark.reliability(18)
@pytest.mark.parametrize("request_", [
    "GET /v1/claims?q=café HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 20_000,
    b"nonsense\r\n\r\n",
])  # fmt: skip
def test_what_is_no_request_is_answered_with_a_problem(address: tuple[str, int], request_: bytes) -> None:
    head, _, body = asked(address, request_).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"content-type: application/problem+json" in head.lower()
    problem = json.loads(body)
    assert (problem["type"], problem["status"]) == ("/problems/bad-request", 400)
    assert "Percent-encode" in problem["detail"]
    assert problem["request_id"].encode() in head


@pytest.mark.reliability(18)
def test_one_connection_too_many_is_refused(address: tuple[str, int]) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(25):
            stack.enter_context(socket.create_connection(address, timeout=10))
        refused = asked(address, b"")
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"/problems/overloaded" in refused
