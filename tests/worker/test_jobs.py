"""Jobs through real workers, and the faults that they must survive. Every test ends with the same invariants."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from uuid import UUID

import pytest
from celery import Celery
from sqlalchemy import func, select

import models
from models import JobState
from models.job_state import cancel_job
from tests.support.servers import RedisServer
from tests.support.worker_processes import WorkerProcess, long_text
from worker.publishing import publish, waiting_messages

Start = Callable[..., WorkerProcess]
Submit = Callable[..., list[UUID]]
Await = Callable[..., list[models.Job]]

MAX_ATTEMPTS = 3


def assert_sound(sessions: models.Sessions, jobs: Sequence[models.Job]) -> None:
    """All have ended, within their attempts, with one result set each."""
    for job in jobs:
        assert job.state in models.TERMINAL
        assert job.attempts <= MAX_ATTEMPTS
        assert (job.token, job.lease_until) == (None, None)
        with sessions() as session:
            stored = session.scalar(
                select(func.count()).select_from(models.Claim).where(models.Claim.article_id == job.article_id)
            )
        assert stored == (job.claims_count if job.state is JobState.SUCCEEDED else 0)


def is_running(job: models.Job) -> bool:
    return job.state is JobState.RUNNING


def test_jobs_succeed_and_store_their_claims_under_one_identity(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await
) -> None:
    worker = start_worker()
    jobs = await_jobs(submit("Profit rose 12 per cent to $4 million.", "There is no number here.", long_text(50)))
    assert_sound(sessions, jobs)
    assert [job.state for job in jobs] == [JobState.SUCCEEDED] * 3
    assert [job.attempts for job in jobs] == [1, 1, 1]
    assert jobs[0].claims_count == 2
    assert jobs[1].claims_count == 0
    assert jobs[2].sentences_done == jobs[2].sentences_total
    with sessions() as session:
        claims = session.scalars(select(models.Claim).where(models.Claim.job_id == jobs[0].id)).all()
    assert {claim.data["id"] for claim in claims} == {str(claim.id) for claim in claims}
    assert {claim.data["article_id"] for claim in claims} == {str(jobs[0].article_id)}
    assert worker.stop() == 0


def test_a_message_delivered_twenty_times_runs_once(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, app: Celery
) -> None:
    (job_id,) = submit(long_text(50), published=False)
    assert publish(app, [job_id] * 20) == 20
    start_worker(worker_concurrency=4)
    (job,) = await_jobs([job_id])
    assert (job.state, job.attempts) == (JobState.SUCCEEDED, 1)
    assert_sound(sessions, [job])


def test_a_killed_worker_costs_an_attempt_and_nothing_else(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    # Alone, so that the two long texts are not read one after the other within one limit.
    limits = {"soft_time_limit": 12, "hard_time_limit": 13, "lease_seconds": 14, "visibility_timeout": 16}
    first = start_worker(group_articles=1, **limits)
    job_ids = submit(long_text(slow, seed=1), long_text(slow, seed=2), *(f"It had {n} staff." for n in range(20, 40)))
    await_jobs(job_ids[:2], is_running)
    first.kill()
    start_worker(group_articles=1, **limits)
    jobs = await_jobs(job_ids, seconds=60)
    assert_sound(sessions, jobs)
    assert {job.state for job in jobs} == {JobState.SUCCEEDED}
    assert [job.attempts for job in jobs[:2]] == [2, 2]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_killed_child_is_noticed_at_once(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    worker = start_worker(worker_concurrency=1)
    job_ids = submit(long_text(slow))
    await_jobs(job_ids, is_running)
    for child in worker.children():
        os.kill(child, signal.SIGKILL)
    # Long before the lease of 24 seconds has run out.
    await_jobs(job_ids, lambda job: job.attempts == 2, seconds=12)
    jobs = await_jobs(job_ids)
    assert_sound(sessions, jobs)
    assert jobs[0].state is JobState.SUCCEEDED


def test_the_sweeper_publishes_again_what_redis_lost(
    sessions: models.Sessions,
    start_worker: Start,
    submit: Submit,
    await_jobs: Await,
    redis_server: RedisServer,
    app: Celery,
) -> None:
    job_ids = submit(*(f"The town has {n} schools." for n in range(100, 150)))
    redis_server.command("FLUSHALL")
    assert waiting_messages(app) == 0
    start_worker()
    jobs = await_jobs(job_ids)
    assert_sound(sessions, jobs)
    assert {job.state for job in jobs} == {JobState.SUCCEEDED}
    assert {job.attempts for job in jobs} == {1}


@pytest.mark.reliability(25)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_cancelled_job_stops_and_stores_nothing(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    start_worker(worker_concurrency=1)
    job_ids = submit(long_text(slow), "The bank has 12 branches.")
    await_jobs(job_ids[:1], is_running)
    for job_id in job_ids:
        assert models.run_transaction(sessions, lambda session, job_id=job_id: cancel_job(session, job_id))  # type: ignore[misc]
    # The worker finds out and is free for the next job.
    (after,) = await_jobs(submit("The bank has 13 branches."), seconds=10)
    assert after.state is JobState.SUCCEEDED
    jobs = await_jobs(job_ids)
    assert {job.state for job in jobs} == {JobState.CANCELLED}
    assert_sound(sessions, jobs)


@pytest.mark.reliability(10)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_job_beyond_its_time_fails_and_says_so(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    # The hard limit is far away: only the soft one can end the job.
    start_worker(worker_concurrency=1, soft_time_limit=1)
    jobs = await_jobs(submit(long_text(2 * slow)))
    assert jobs[0].state is JobState.FAILED
    assert jobs[0].attempts == 1
    assert jobs[0].error is not None
    assert jobs[0].error["type"] == "urn:tally:problem:time-limit"
    assert_sound(sessions, jobs)


@pytest.mark.reliability(10)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_child_that_answers_to_nothing_is_ended_and_the_job_says_so(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    # One that may have had company would be tried once more.
    limits = {"soft_time_limit": 2, "hard_time_limit": 3, "lease_seconds": 20}
    worker = start_worker(worker_concurrency=1, group_articles=1, **limits)
    job_ids = submit(long_text(2 * slow))
    await_jobs(job_ids, is_running)
    for child in worker.children():
        os.kill(child, signal.SIGSTOP)
    jobs = await_jobs(job_ids, seconds=12)
    assert (jobs[0].state, jobs[0].attempts) == (JobState.FAILED, 1)
    assert jobs[0].error is not None
    assert jobs[0].error["type"] == "urn:tally:problem:time-limit"
    # The pool has a new child for the next job.
    (after,) = await_jobs(submit("The club has 40 members."))
    assert after.state is JobState.SUCCEEDED
    assert_sound(sessions, [*jobs, after])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_works_on_after_redis_has_been_restarted(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, app: Celery
) -> None:
    with RedisServer() as server:
        app.conf.update(broker_url=server.url)
        start_worker(worker_concurrency=1, redis_url=server.url)
        for restart in range(2):
            await_jobs(submit(f"The club has {40 + restart} members."))
            (job_id,) = submit(f"The club has {50 + restart} members.", published=False)
            server.kill()
            server.start()
            (job,) = await_jobs([job_id])
            assert (job.state, job.attempts) == (JobState.SUCCEEDED, 1)


@pytest.mark.reliability(13)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_stopped_worker_finishes_what_it_has_begun(
    sessions: models.Sessions, start_worker: Start, submit: Submit, await_jobs: Await, slow: int
) -> None:
    worker = start_worker(worker_concurrency=1)
    job_ids = submit(long_text(slow))
    await_jobs(job_ids, is_running)
    assert worker.stop() == 0
    jobs = await_jobs(job_ids, seconds=1)
    assert (jobs[0].state, jobs[0].attempts) == (JobState.SUCCEEDED, 1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_messages_that_are_no_jobs_are_dropped(
    sessions: models.Sessions,
    start_worker: Start,
    submit: Submit,
    await_jobs: Await,
    app: Celery,
) -> None:
    start_worker(worker_concurrency=1)
    app.send_task(models.TASK_EXTRACT, args=["no id"], queue=models.QUEUE)
    app.send_task(models.TASK_EXTRACT, args=["00000000-0000-4000-8000-000000000000"], queue=models.QUEUE)
    app.send_task(models.TASK_EXTRACT, args=[], queue=models.QUEUE)
    app.send_task("tally.unknown", args=[1], queue=models.QUEUE)
    app.send_task(models.TASK_EXTRACT, args=["a pickle"], queue=models.QUEUE, serializer="pickle")
    (job,) = await_jobs(submit("The club has 40 members."))
    assert job.state is JobState.SUCCEEDED
