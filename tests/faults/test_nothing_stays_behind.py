"""A test run that is killed takes all that it started with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.support.servers import wait_until

ROOT = Path(__file__).parents[2]

RUN = """
import subprocess
import sys
from pathlib import Path

import migrations
from tests.support.fault_service import PATIENT, POISONABLE, Service
from tests.support.guarded_processes import DIES_WITH_US
from models import JobState
from tests.support.servers import PostgresServer

with PostgresServer() as postgres:
    url = postgres.url(postgres.create_database())
    migrations.upgrade(url)
    service = Service(url, Path.cwd()).start()
    service.start_worker(program=POISONABLE, worker_concurrency=2, **PATIENT)
    service.clients.insist("FAULT blocked The town has 7 schools.")
    service.await_jobs(list(service.clients.promises.accepted), lambda job: job.state is JobState.RUNNING)
    command = [*DIES_WITH_US, sys.executable, "-P", "-m", "cli.main", "webhooks"]
    subprocess.Popen(command, env={"TALLY_DATABASE_URL": url, "TALLY_REDIS_URL": service.redis.url})
    print("ready", flush=True)
    sys.stdin.read()
"""


PROGRAMS = ("postgres ", "redis-server ", "uvicorn ", "poisonable_worker.py", "cli.main webhooks")


def descendants(pid: int) -> dict[int, str]:
    """What a process has started, and what that has started: command lines by process id."""
    found: dict[int, str] = {}
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in (thread / "children").read_text().split():
            found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
            found |= descendants(int(child))
    return found


def missing(pid: int) -> list[str]:
    """Which of the programs a process has not started."""
    commands = descendants(pid).values()
    return [program for program in PROGRAMS if not any(program in command for command in commands)]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_what_a_killed_run_started_ends_with_it(tmp_path: Path) -> None:
    """Servers, a worker with a child that answers to no signal but SIGKILL, and a program of Tally."""
    environment = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
    }
    with subprocess.Popen(
        [sys.executable, "-c", RUN],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
        # A process has no command line of its own until it has become the program that it was started for.
        wait_until(lambda: not missing(run.pid), what="the command line of each program")
        started = descendants(run.pid)
        run.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(is_alive(pid) for pid in started), what=f"the end of all of {started}")
    assert [*tmp_path.glob("tally-*"), *tmp_path.glob("worker*")] == []
