"""Workers, and the children of their pools, that die, freeze, restart or live in another time."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from celery import Celery

from models import Job, JobState
from models.messages import QUEUE
from tests.support.fault_service import LEASE_SECONDS, PATIENT, POISONABLE, SWEEP_SECONDS, Service, short_text
from tests.support.servers import wait_until
from worker.broker import configuration
from worker.publishing import publish
from worker.settings import WorkerSettings

Measured = Callable[..., None]
# For a lease that soon runs out.
HASTY = {"soft_time_limit": 4, "hard_time_limit": 5, "lease_seconds": 6, "visibility_timeout": 9}
# What the contract allows between the end of a lease and the rescue of its job.
RESCUE_SECONDS = 60.0


def is_running(job: Job) -> bool:
    return job.state is JobState.RUNNING


def texts(count: int) -> list[str]:
    return [short_text(number) for number in range(count)]


@pytest.mark.reliability(11)
@pytest.mark.long
@pytest.mark.parametrize(
    ("database_url", "alone"),
    [("sqlite", False), ("postgresql", True)],
    indirect=["database_url"],
    ids=["with its children-sqlite", "alone-postgresql"],
)
def test_a_killed_worker(service: Service, measured: Measured, tmp_path: Path, alone: bool) -> None:
    """kill -9 of a worker's parent under load, with jobs in its hands, alone or with its children; another goes on.

    Children do not outlive their parent: the kernel ends them, and nobody extracts under a lease that nobody renews.
    """
    gate = tmp_path / "gate"
    held = [f"FAULT await {gate} The town has {number} schools." for number in (7, 8)]
    limits = {"soft_time_limit": 40, "hard_time_limit": 42, "lease_seconds": 44, "visibility_timeout": 60}
    first = service.start_worker(program=POISONABLE, **limits)
    service.clients.insist_on_all(held)
    held_ids = list(service.clients.promises.accepted)
    service.await_jobs(held_ids, is_running)
    with service.clients.load(texts(1000)):
        service.start_worker()
        service.await_ended(10)
        children = first.children()
        if alone:
            os.kill(first.pid, signal.SIGKILL)
        else:
            first.signal_all(signal.SIGKILL)
        killed_at = time.monotonic()
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in children), what="the children's end")
        service.await_jobs(held_ids, lambda job: not is_running(job) or job.attempts == 2)
        rescued = time.monotonic() - killed_at
    jobs = service.await_jobs(held_ids, seconds=200)
    assert [job.attempts for job in jobs] == [2, 2]
    lease = limits["lease_seconds"]
    assert rescued <= lease + RESCUE_SECONDS
    measured(**service.keep_the_promise(), jobs_in_its_hands_queued_again_after_s=rescued, lease_s=lease)


@pytest.mark.reliability(11)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_killed_children(service: Service, measured: Measured) -> None:
    """kill -9 of a child of the pool, every second under load: the pool reports it, no lease has to run out."""
    worker = service.start_worker(max_attempts=3)
    kills = 0
    with service.clients.load(texts(1000), pause=0.02):
        while service.ended() < 600:
            for child in random.sample(worker.children(), k=1):
                os.kill(child, signal.SIGKILL)
                kills += 1
            time.sleep(1)
    figures = service.keep_the_promise()
    assert kills >= 5
    measured(**figures, kills=kills)


@pytest.mark.reliability(11)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_killed_child_is_replaced_at_once(service: Service, measured: Measured, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    worker = service.start_worker(program=POISONABLE, worker_concurrency=1)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    ids = list(service.clients.promises.accepted)
    service.await_jobs(ids, is_running)
    (child,) = worker.children()
    os.kill(child, signal.SIGKILL)
    killed_at = time.monotonic()
    service.await_jobs(ids, lambda job: job.attempts == 2 and is_running(job))
    again = time.monotonic() - killed_at
    gate.touch()
    # Long before its lease could run out.
    assert again < LEASE_SECONDS
    measured(**service.keep_the_promise(), begun_again_after_s=again)


@pytest.mark.reliability(8)
@pytest.mark.parametrize("database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
def test_a_suspended_worker_wakes_up_when_another_has_its_job(
    service: Service, measured: Measured, tmp_path: Path
) -> None:
    """SIGSTOP past the lease while it has a job, SIGCONT while another works on it: it can neither store nor fail it.

    On waking up its own clock says that the child is overdue, and it kills it.
    """
    gate = tmp_path / "gate"
    zombie = service.start_worker(program=POISONABLE, worker_concurrency=1, **HASTY)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    ids = list(service.clients.promises.accepted)
    service.await_jobs(ids, is_running)
    zombie.signal_all(signal.SIGSTOP)
    stopped_at = time.monotonic()
    other = service.start_worker(program=POISONABLE, worker_concurrency=1)
    (job,) = service.await_jobs(ids, lambda job: job.attempts == 2 and is_running(job))
    rescued = time.monotonic() - stopped_at
    token = job.token
    zombie.signal_all(signal.SIGCONT)
    wait_until(lambda: "time limit" in zombie.log.read_text(), what="the zombie's end of its child")
    time.sleep(1)
    (job,) = service.jobs(ids)
    assert (job.state, job.attempts, job.token) == (JobState.RUNNING, 2, token)
    gate.touch()
    service.await_jobs(ids)
    assert other.stop() == 0
    measured(**service.keep_the_promise(unserved=rescued), taken_over_after_s=rescued)


@pytest.mark.reliability(8)
@pytest.mark.long
def test_a_suspended_worker_wakes_up_when_its_job_is_done(service: Service, measured: Measured, tmp_path: Path) -> None:
    """SIGSTOP past the lease, another finishes the job, SIGCONT: the child goes on, before its parent may end it."""
    gate = tmp_path / "gate"
    zombie = service.start_worker(program=POISONABLE, worker_concurrency=1, **HASTY)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    ids = list(service.clients.promises.accepted)
    service.await_jobs(ids, is_running)
    (child,) = zombie.children()
    zombie.signal_all(signal.SIGSTOP)
    stopped_at = time.monotonic()
    gate.touch()
    service.start_worker(program=POISONABLE, worker_concurrency=1)
    (done,) = service.await_jobs(ids)
    rescued = time.monotonic() - stopped_at
    os.kill(child, signal.SIGCONT)
    wait_until(lambda: "its work is dropped" in zombie.log.read_text(), what="the zombie's end of its work")
    zombie.signal_all(signal.SIGCONT)
    # The worker that woke up works on.
    service.clients.insist_on_all(texts(20))
    figures = service.keep_the_promise(unserved=rescued)
    (job,) = service.jobs(ids)
    assert (job.attempts, job.finished_at) == (2, done.finished_at)
    measured(**figures, done_by_another_after_s=rescued)


@pytest.mark.reliability(8)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_twenty_deliveries_of_each_of_many_jobs(
    service: Service, measured: Measured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every id is delivered twenty times to four workers, one of them while its job runs all the time."""
    monkeypatch.setenv("TALLY_DATABASE_URL", service.database_url)
    monkeypatch.setenv("TALLY_REDIS_URL", service.redis.url)
    app = Celery("test", set_as_current=False)
    app.conf.update(configuration(WorkerSettings()))
    gate = tmp_path / "gate"
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    (held,) = service.clients.promises.accepted
    service.clients.insist_on_all(texts(100))
    ids: list[UUID] = list(service.clients.promises.accepted)
    shuffled = random.sample(ids * 19, k=len(ids) * 19)
    assert publish(app, shuffled) == len(shuffled)
    app.close()
    # One at a time, or the held one would keep others with it.
    alone = {"worker_concurrency": 1, "group_articles": 1, **PATIENT}
    workers = [service.launch_worker(program=POISONABLE, **alone) for _ in range(4)]
    for worker in workers:
        worker.await_ready()
    jobs = service.await_jobs([job for job in ids if job != held])
    assert {job.attempts for job in jobs} == {1}
    # The one who runs it has nothing else to do; the others take all that is left.
    wait_until(lambda: service.redis.command("LLEN", QUEUE) == ":0", what="an empty queue")
    (job,) = service.jobs([held])
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    gate.touch()
    figures = service.keep_the_promise()
    assert figures["most attempts"] == 1
    measured(**figures, deliveries=20 * len(ids))


@pytest.mark.reliability(13)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_rolling_restarts(service: Service, measured: Measured) -> None:
    """Two workers are restarted in turn with SIGTERM while 1,000 articles come in: no attempt is lost."""
    workers = [service.start_worker(worker_concurrency=1) for _ in range(2)]
    restarts = 0
    with service.clients.load(texts(1000), pause=0.16):
        while service.ended() < 950:
            old = workers.pop(0)
            assert old.stop() == 0
            workers.append(service.start_worker(worker_concurrency=1))
            restarts += 1
            time.sleep(3)
    figures = service.keep_the_promise()
    assert figures["most attempts"] == 1
    measured(**figures, restarts=restarts)


@pytest.mark.reliability(3)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("hours", [-6, 6])
def test_clocks_that_differ(service: Service, measured: Measured, tmp_path: Path, hours: int) -> None:
    """A worker whose clock is hours off neither takes live jobs from others nor forgets its own."""
    gate = tmp_path / "gate"
    service.start_worker(program=POISONABLE, worker_concurrency=1, **PATIENT)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    ids = list(service.clients.promises.accepted)
    service.await_jobs(ids, is_running)
    program = Path(__file__).parents[1] / "support" / "shifted_worker.py"
    service.start_worker(program=("-P", str(program), str(hours)), worker_concurrency=1)
    service.clients.insist_on_all(texts(200))
    time.sleep(2 * SWEEP_SECONDS)
    (job,) = service.jobs(ids)
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    gate.touch()
    figures: dict[str, Any] = service.keep_the_promise()
    assert figures["most attempts"] == 1
    measured(**figures)
