"""Articles that kill, hang or fill up the process that extracts them, among others that do not."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from models import Job, JobState
from tests.support.fault_service import MAX_ATTEMPTS, POISONABLE, Service, short_text
from tests.support.servers import PostgresServer, wait_until

Measured = Callable[..., None]
_ENDS = {
    "exit": "urn:tally:problem:worker-lost",
    "segfault": "urn:tally:problem:worker-lost",
    "killed": "urn:tally:problem:worker-lost",
    "memory": "urn:tally:problem:extraction-failed",
    "loop": "urn:tally:problem:time-limit",
    "blocked": "urn:tally:problem:time-limit",
}
# A time limit ends a job that was alone; one that was not is tried once more. All else is tried as often as it may be.
_OVERDUE = {"loop", "blocked"}


@pytest.mark.reliability(9, 10)
@pytest.mark.long
def test_poison_articles(service: Service, measured: Measured) -> None:
    """A child that exits, crashes, is killed, runs out of memory, loops, blocks in C: each ends as failed, saying why.

    The articles around them are done meanwhile.
    """
    worker = service.start_worker(program=POISONABLE)
    began = time.monotonic()
    for number, fault in enumerate(_ENDS):
        service.clients.insist(f"FAULT {fault} The town has {number + 5} schools.")
        service.clients.insist_on_all([short_text(5 * number + each) for each in range(5)])
    figures = service.keep_the_promise(states=(JobState.SUCCEEDED, JobState.FAILED))
    all_done = time.monotonic() - began
    texts = service.clients.promises.accepted
    ended = {texts[job.id].split()[1]: job for job in service.jobs() if job.state is JobState.FAILED}
    # What is tried again ends because its attempts are used up; the cause of the last one is kept.
    problems = {fault: job.error or {} for fault, job in ended.items()}
    assert {fault: problem.get("cause", problem)["type"] for fault, problem in problems.items()} == _ENDS
    tries = {fault: job.attempts for fault, job in ended.items()}
    assert all(tries.pop(fault) <= 2 for fault in _OVERDUE)
    assert tries == dict.fromkeys(tries, MAX_ATTEMPTS)
    assert worker.stop() == 0
    measured(**figures, poisons=len(ended), others_succeeded=len(texts) - len(ended), all_done_after_s=all_done)


def resident(pid: int) -> Counter[str]:
    """The memory of a process by its kind, in MiB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return Counter({line.split(":")[0]: int(line.split()[1]) // 1024 for line in lines})


def connections(pid: int, port: int) -> set[str]:
    """The sockets of a process that are connected to a port of this machine, by their inodes."""
    sockets = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        # It may have been closed since.
        with contextlib.suppress(OSError):
            sockets.add(os.readlink(file).removeprefix("socket:[").removesuffix("]"))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sockets & {row[9] for row in rows if row[2].endswith(f":{port:04X}")}


@pytest.mark.reliability(14)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_children_share_the_extractor_and_hold_no_transaction(
    service: Service, measured: Measured, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    """What a child adds to the memory of its parent, what the database sees of jobs at work, and whose connections."""
    gate = tmp_path / "gate"
    worker = service.start_worker(program=POISONABLE, worker_concurrency=4)
    service.clients.insist_on_all([short_text(number) for number in range(200)])
    service.await_ended(200)
    # One child is born after the sweeper, and its parent, have been at work for a while.
    first, *_ = worker.children()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: len(worker.children()) == 4 and first not in worker.children(), what="another child")
    held = [f"FAULT await {gate} The town has {number} schools." for number in range(5, 9)]
    service.clients.insist_on_all(held)
    ids = [job for job, text in service.clients.promises.accepted.items() if text in held]

    def is_running(job: Job) -> bool:
        return job.state is JobState.RUNNING

    service.await_jobs(ids, is_running)
    children = worker.children()
    private = [resident(pid)["Private_Dirty"] + resident(pid)["Private_Clean"] for pid in children]
    whole = resident(worker.pid)["Rss"]
    processes = [worker.pid, *children]
    used = Counter(inode for pid in processes for inode in connections(pid, postgres_server.port))
    # The sweeper, the API and this test itself have short transactions of their own.
    time.sleep(1.5)
    database = service.database_url.rpartition("/")[2]
    ((open_for_long,),) = postgres_server.execute(
        "SELECT count(*) FROM pg_stat_activity "
        f"WHERE datname = '{database}' AND xact_start < now() - interval '1 second'"
    )
    gate.touch()
    assert open_for_long == 0
    assert len(used) >= 4
    assert max(used.values()) == 1, "a connection is shared by two processes"
    assert max(private) < whole / 2
    figures = service.keep_the_promise()
    measured(
        **figures,
        parent_MiB=whole,
        own_MiB_of_a_child=max(private),
        transactions_open_during_jobs=open_for_long,
    )
