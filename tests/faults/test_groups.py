"""Articles that one process has in hand together: what one of them does or suffers costs the others little."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from models import Job, JobState
from tests.support.fault_service import MAX_ATTEMPTS, PATIENT, POISONABLE, Service, short_text
from tests.support.servers import PostgresServer
from tests.support.worker_processes import WorkerProcess

Measured = Callable[..., None]
_LIMITS = {"soft_time_limit": 4, "hard_time_limit": 5, "lease_seconds": 8, "visibility_timeout": 12}
# How often a poisonous article is tried: with the others once, then alone.
_TRIES = {"exit": MAX_ATTEMPTS, "segfault": MAX_ATTEMPTS, "killed": MAX_ATTEMPTS, "memory": MAX_ATTEMPTS}
_TRIES |= {"loop": 2, "blocked": 2}


def innocents(count: int = 6) -> list[str]:
    return [short_text(number) for number in range(count)]


class Together:
    """A worker of one child that takes the articles as one group."""

    def __init__(self, service: Service, folder: Path, **settings: object) -> None:
        self._service = service
        self._gate = folder / "first"
        self.worker: WorkerProcess = service.start_worker(program=POISONABLE, worker_concurrency=1, **settings)

    def submit(self, texts: Sequence[str]) -> list[UUID]:
        """The jobs of the texts, all running under one token."""
        service = self._service
        service.clients.insist(f"FAULT await {self._gate} The town has 99 schools.")
        service.await_jobs(list(service.clients.promises.accepted), lambda job: job.state is JobState.RUNNING)
        for text in texts:
            service.clients.insist(text)
        accepted = {text: job_id for job_id, text in service.clients.promises.accepted.items()}
        self._gate.touch()
        return [accepted[text] for text in texts]

    def await_group(self, job_ids: Sequence[UUID]) -> list[Job]:
        """Waits until one process has them all."""
        jobs = self._service.await_jobs(job_ids, lambda job: job.state is JobState.RUNNING)
        assert len({job.token for job in jobs}) == 1
        return jobs


@pytest.mark.reliability(9, 10)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "fault", ["exit", *(pytest.param(each, marks=pytest.mark.long) for each in _TRIES if each != "exit")]
)
def test_a_poisonous_article_in_a_group(service: Service, measured: Measured, tmp_path: Path, fault: str) -> None:
    """The others of its group are done by their second attempt, and it alone fails."""
    together = Together(service, tmp_path, **_LIMITS)
    poison = f"FAULT {fault} The town has 5 schools."
    texts = innocents()
    job_ids = together.submit([*texts[:3], poison, *texts[3:]])
    figures = service.keep_the_promise(states=(JobState.SUCCEEDED, JobState.FAILED))
    poisonous, others = job_ids[3], job_ids[:3] + job_ids[4:]
    (failed,) = service.jobs([poisonous])
    assert (failed.state, failed.attempts) == (JobState.FAILED, _TRIES[fault])
    done = service.jobs(others)
    assert {job.state for job in done} == {JobState.SUCCEEDED}
    tries = max(job.attempts for job in done)
    assert tries <= 2
    assert together.worker.stop() == 0
    measured(**figures, group=len(job_ids), attempts_of_the_others=tries, attempts_of_the_poison=failed.attempts)


@pytest.mark.reliability(11)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_child_is_killed_with_a_group_in_hand(service: Service, measured: Measured, tmp_path: Path) -> None:
    """kill -9: each of the group runs again by itself, long before a lease could end."""
    together = Together(service, tmp_path)
    gate = tmp_path / "second"
    job_ids = together.submit([*innocents(), f"FAULT await {gate} The town has 6 schools."])
    together.await_group(job_ids)
    (child,) = together.worker.children()
    os.kill(child, signal.SIGKILL)
    gate.touch()
    jobs = service.await_jobs(job_ids)
    assert {job.attempts for job in jobs} == {2}
    measured(**service.keep_the_promise(), group=len(job_ids))


@pytest.mark.reliability(25)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_one_of_a_group_is_cancelled(service: Service, measured: Measured, tmp_path: Path) -> None:
    """It stores nothing, and the others do not notice."""
    together = Together(service, tmp_path)
    gate = tmp_path / "second"
    job_ids = together.submit([f"FAULT await {gate} The town has 6 schools.", *innocents()])
    together.await_group(job_ids)
    httpx.post(f"{service.url}/v1/jobs/{job_ids[3]}/cancel", timeout=30).raise_for_status()
    gate.touch()
    jobs = service.await_jobs(job_ids)
    states = [job.state for job in jobs]
    assert states.pop(3) is JobState.CANCELLED
    assert set(states) == {JobState.SUCCEEDED}
    assert {job.attempts for job in jobs} == {1}
    measured(**service.keep_the_promise(states=(JobState.SUCCEEDED, JobState.CANCELLED)), group=len(job_ids))


@pytest.mark.reliability(10, 25)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_one_that_blocks_a_group_is_cancelled(service: Service, measured: Measured, tmp_path: Path) -> None:
    """The hard limit ends the process; the one that is left of the group is not taken for the culprit."""
    together = Together(service, tmp_path, **_LIMITS)
    culprit, innocent = together.submit(["FAULT blocked The town has 5 schools.", short_text(1)])
    together.await_group([culprit, innocent])
    httpx.post(f"{service.url}/v1/jobs/{culprit}/cancel", timeout=30).raise_for_status()
    (job,) = service.await_jobs([innocent])
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 2)
    measured(**service.keep_the_promise(states=(JobState.SUCCEEDED, JobState.CANCELLED)), group=2)


@pytest.mark.reliability(15)
@pytest.mark.long
def test_the_database_goes_away_under_a_group(
    start_service: Callable[..., Service],
    own_server: PostgresServer,
    own_url: str,
    measured: Measured,
    tmp_path: Path,
) -> None:
    """It crashes between extraction and storing, and is away for 6 seconds: all are stored, at their first attempt."""
    service = start_service(own_url)
    together = Together(service, tmp_path, **PATIENT)
    gate = tmp_path / "second"
    job_ids = together.submit([*innocents(), f"FAULT await {gate} The town has 6 schools."])
    together.await_group(job_ids)
    own_server.stop(crash=True)
    gate.touch()
    time.sleep(6)
    own_server.start()
    began = time.monotonic()
    jobs = service.await_jobs(job_ids)
    assert {(job.state, job.attempts) for job in jobs} == {(JobState.SUCCEEDED, 1)}
    measured(**service.keep_the_promise(), group=len(job_ids), outage_s=6, stored_after_s=time.monotonic() - began)
