"""`tally up` and `tally demo`: the real stack, how it stops, and that nothing is left behind."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cli.programs import api_answers
from tests.support.guarded_processes import DIES_WITH_US, GuardedProcess
from tests.support.servers import free_port, wait_until

Run = Callable[..., subprocess.CompletedProcess[str]]


def processes_in(place: Path) -> dict[int, str]:
    """The running processes whose working directory lies in the folder, with their commands."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            inside = os.readlink(folder / "cwd").startswith(str(place))
            if inside and "State:\tZ" not in (folder / "status").read_text():
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
    return found


class Tally:
    """A running `tally up` or `tally demo`, all of whose processes work in its folder."""

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: Path) -> None:
        self.temporary = folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [*DIES_WITH_US, sys.executable, "-P", "-m", "cli.main", *arguments],
            env={**environment, "TMPDIR": str(self.temporary)},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._folder = folder

    def processes(self) -> dict[int, str]:
        return processes_in(self._folder)

    def greeting(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        return line.strip()

    def end(self, number: signal.Signals, *, seconds: float = 30) -> tuple[int, str]:
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=seconds)
        assert "Traceback" not in errors
        return self.process.returncode, errors

    def assert_gone(self) -> None:
        wait_until(lambda: not self.processes(), seconds=3, what=f"the end of {self.processes()}")
        assert list(self.temporary.glob("tally-*")) == []


@pytest.fixture
def start(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Tally]]:
    started: list[Tally] = []

    def start(*arguments: str) -> Tally:
        started.append(Tally(list(arguments), environment, tmp_path))
        return started[-1]

    yield start
    for each in started:
        with each.process:
            each.process.kill()


def ask(port: int, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        headers = {"Content-Type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def succeeds(port: int, text: str) -> dict[str, object]:
    _, job = ask(port, "POST", "/v1/articles", {"text": text})
    wait_until(lambda: ask(port, "GET", f"/v1/jobs/{job['id']}")[1]["done"] is True, seconds=20, what="the job")
    return ask(port, "GET", f"/v1/jobs/{job['id']}")[1]


def test_up_serves_survives_deaths_keeps_its_data_and_stops_cleanly(start: Callable[..., Tally], tally: Run) -> None:
    port = free_port()
    stack = start("up", "--port", str(port), "--workers", "1")
    assert stack.greeting() == (
        f"Tally is ready at http://127.0.0.1:{port} (data in ./data, 1 worker); Ctrl-C stops it"
    )
    assert succeeds(port, "The town has 7 schools.")["state"] == "succeeded"

    # The password of Redis is nobody else's business.
    assert not any("requirepass" in command for command in stack.processes().values())

    second = tally("up", "--port", str(port))
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr.startswith(f"tally: port {port} of 127.0.0.1 is in use; choose another one with --port")
    same_data = tally("up", "--port", str(free_port()))
    assert same_data.returncode == 1
    assert "--data" in same_data.stderr

    for name in ("redis-server", "main worker", "main api"):
        victim = min(pid for pid, command in stack.processes().items() if name in command)
        os.kill(victim, signal.SIGKILL)
        wait_until(
            lambda name=name, victim=victim: any(  # type: ignore[misc]
                name in command and pid != victim for pid, command in stack.processes().items()
            ),
            seconds=10,
            what=f"another {name}",
        )
    assert succeeds(port, "The town has 8 schools.")["state"] == "succeeded"

    server = f"http://127.0.0.1:{port}"
    (stack.temporary.parent / "b.txt").write_text("The town has 9 schools.")
    submitted = tally("submit", "--wait", "--server", server, "b.txt", "missing.txt")
    assert submitted.returncode == 1
    assert "succeeded, 1 claim  b.txt" in submitted.stdout
    assert submitted.stderr == "tally: cannot read missing.txt: No such file or directory\n"
    job_id = submitted.stdout.split()[0]
    assert "succeeded" in tally("job", job_id, TALLY_SERVER=server).stdout
    found = tally("claims", "--min-value", "9", "--format", "json", "--server", server)
    assert [claim["value"] for claim in json.loads(found.stdout)] == ["9"]
    exported = tally("export", "--format", "jsonl", "--server", server)
    assert {json.loads(line)["value"] for line in exported.stdout.splitlines()} == {"7", "8", "9"}
    unknown = tally("job", "00000000-0000-4000-8000-000000000000", "--server", server)
    assert unknown.returncode == 1
    assert len(unknown.stderr.splitlines()) == 1

    code, _ = stack.end(signal.SIGINT)
    assert code == 0
    stack.assert_gone()
    gone = tally("claims", "--server", server)
    assert gone.returncode == 1
    assert gone.stderr.startswith(f"tally: no server answers at {server}")

    again = start("up", "--port", str(port))
    again.greeting()
    assert ask(port, "GET", f"/v1/jobs/{job_id}")[1]["state"] == "succeeded"
    again.process.kill()
    again.process.communicate()
    again.assert_gone()


@pytest.mark.parametrize("delay", [0, 0.3, 0.8, 1.5, 2.2])
def test_ctrl_c_while_it_starts_leaves_nothing(start: Callable[..., Tally], delay: float) -> None:
    demo = start("demo")
    # Before this line Python itself is starting, which ends with a trace of its own.
    assert demo.process.stderr is not None
    assert demo.process.stderr.readline().startswith("Starting")
    time.sleep(delay)
    code, _ = demo.end(signal.SIGINT, seconds=15)
    assert code == 130
    demo.assert_gone()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", "Profit rose 12 per cent to $4 million."),
        ("a.json", '{"text": "Profit rose 12 per cent to $4 million.", "country": "NZ"}'),
    ],
)
def test_demo_of_one_file(start: Callable[..., Tally], tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    demo = start("demo", name)
    output, errors = demo.process.communicate(timeout=60)
    assert demo.process.returncode == 0, errors
    assert "12 per cent" in output
    assert "4,000,000" in output
    assert name in output
    assert ("NZD (by country)" in output) == (name == "a.json")
    assert "1 of 1 articles done" in errors
    demo.assert_gone()


def test_demo_of_a_file_that_cannot_be_read_starts_nothing(tally: Run) -> None:
    done = tally("demo", "missing.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "tally: cannot read missing.txt: No such file or directory\n"


@pytest.mark.reliability(20)
def test_beyond_this_machine_a_key_is_needed(start: Callable[..., Tally], tally: Run) -> None:
    port = str(free_port())
    refused = tally("up", "--host", "0.0.0.0", "--port", port)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "tally keys create" in refused.stderr
    created = tally("keys", "create", "desk", "--scopes", "read")
    assert created.stdout.startswith("tally_")
    listed = tally("keys", "list").stdout
    assert "desk" in listed
    assert created.stdout.strip() not in listed
    stack = start("up", "--host", "0.0.0.0", "--port", port)
    assert f":{port} " in stack.greeting()
    assert ask(int(port), "GET", "/v1/claims")[0] == 401
    keyless = tally("claims", "--server", f"http://127.0.0.1:{port}")
    assert keyless.returncode == 1
    assert keyless.stderr.endswith("`tally` takes it from TALLY_API_KEY.\n")
    found = tally("claims", "--server", f"http://127.0.0.1:{port}", TALLY_API_KEY=created.stdout.strip())
    assert found.returncode == 0
    assert stack.end(signal.SIGTERM)[0] == 0
    stack.assert_gone()
    revoked = tally("keys", "revoke", listed.split()[0])
    assert revoked.stdout == "revoked: desk\n"
    unknown = tally("keys", "revoke", "nonsense")
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("tally: no key is called nonsense")


@pytest.mark.parametrize("arguments", [["list"], ["revoke", "tally_Ab3dE9"]])
def test_keys_of_a_folder_that_holds_no_service_are_not_sought(
    tally: Run, tmp_path: Path, arguments: list[str]
) -> None:
    done = tally("keys", *arguments, "--data", "mistyped")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "tally: there is no database in mistyped; --data names the folder of `tally up`\n"
    assert not (tmp_path / "mistyped").exists()


@pytest.mark.reliability(20)
@pytest.mark.parametrize(
    "told", [{}, {"TALLY_AUTH": "off"}, {"TALLY_AUTH": "required"}, {"TALLY_PUBLISHED_LOCALLY": "true"}]
)
def test_the_api_alone_lets_no_strangers_in(
    environment: dict[str, str], tally: Run, sqlite_url: str, tmp_path: Path, told: dict[str, str]
) -> None:
    """Beyond this machine it starts where it was told to, or where a key is needed."""
    port = str(free_port())
    urls = {"TALLY_DATABASE_URL": sqlite_url, "TALLY_REDIS_URL": "redis://127.0.0.1:1/0"}
    if not told:
        refused = tally("api", "--host", "0.0.0.0", "--port", port, **urls)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.startswith("tally: 0.0.0.0 can be reached from other machines and there is no API key")
        assert tally("keys", "create", "desk", **urls).returncode == 0
    process = GuardedProcess(
        [sys.executable, "-P", "-m", "cli.main", "api", "--host", "0.0.0.0", "--port", port],
        directory=tmp_path,
        stop_signal=signal.SIGTERM,
        environment={**environment, **urls, **told},
    )
    try:
        wait_until(lambda: api_answers("127.0.0.1", int(port)), what="the API")
        open_to_all = told.get("TALLY_AUTH") == "off" or "TALLY_PUBLISHED_LOCALLY" in told
        assert ask(int(port), "GET", "/v1/claims")[0] == (200 if open_to_all else 401)
        warned = "whoever reaches 0.0.0.0 may read and write" in (tmp_path / "server.log").read_text()
        assert warned == (told.get("TALLY_AUTH") == "off")
    finally:
        process.stop(keep_directory=True)


def test_a_data_folder_that_cannot_be_made_is_named(tally: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = tally("up", "--data", "file/data", "--port", str(free_port()))
    assert done.returncode == 1
    assert done.stderr.startswith("tally: cannot use the folder file/data")


def test_an_address_of_another_machine_is_refused(tally: Run) -> None:
    done = tally("up", "--host", "192.0.2.1", "--port", str(free_port()))
    assert done.returncode == 1
    assert "--host" in done.stderr


def test_an_occupied_port_is_named_before_anything_starts(tally: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = tally("up", "--port", str(port))
    assert done.stderr == (
        f"tally: port {port} of 127.0.0.1 is in use; choose another one with --port (make up PORT=8001)\n"
    )
    assert not (tmp_path / "data").exists()
