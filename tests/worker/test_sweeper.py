"""The sweeper's decisions, on real databases and a real Redis."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from celery import Celery
from sqlalchemy import select

import models
from models import JobState
from models.idempotency import IdempotencyKey
from models.job_groups import Share, claim_waiting
from models.job_state import cancel_job, claim_job, requeue_job
from models.queries import get_job
from runtime.logs import JsonFormatter
from tests.support.servers import RedisServer, wait_until
from worker.publishing import waiting_messages
from worker.rescue import Death
from worker.settings import WorkerSettings
from worker.sweeper import Sweeper, settle, sweep

Submit = Callable[..., list[UUID]]


@pytest.fixture
def impatient(settings: WorkerSettings) -> WorkerSettings:
    """Settings under which every queued job is old enough to be published again."""
    return settings.model_copy(update={"stale_seconds": 0.0})


def state_of(sessions: models.Sessions, job_id: UUID) -> tuple[JobState, int]:
    with sessions() as session:
        job = get_job(session, job_id)
    assert job is not None
    return job.state, job.attempts


def claim(sessions: models.Sessions, job_id: UUID, lease: timedelta, max_attempts: int = 3) -> UUID:
    claimed = models.run_transaction(
        sessions, lambda session: claim_job(session, job_id, lease=lease, max_attempts=max_attempts)
    )
    assert claimed is not None
    return claimed.token


def test_lost_messages_are_published_again(
    app: Celery, impatient: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    submit(*(f"Text {n}" for n in range(5)), published=False)
    assert sweep(app, impatient, sessions) == 5
    assert waiting_messages(app) == 5


def test_a_long_queue_is_left_alone(
    app: Celery, impatient: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    submit(*(f"Text {n}" for n in range(5)))
    assert sweep(app, impatient, sessions) == 0
    assert waiting_messages(app) == 5


def test_the_lost_message_of_a_retry_is_seen_behind_those_of_a_group(
    app: Celery, impatient: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    (retry,) = submit("Text", published=False)
    token = claim(sessions, retry, timedelta(minutes=1))
    submit(*(f"Text {n}" for n in range(5)))
    with sessions.begin() as session:
        assert len(claim_waiting(session, uuid4(), lease=timedelta(minutes=1), share=Share(4, 1000))) == 4
        assert requeue_job(session, retry, token, {"detail": "died"}, max_attempts=3)
    assert waiting_messages(app) == 5  # for two jobs that wait
    assert sweep(app, impatient, sessions) == 1
    assert waiting_messages(app) == 6


def test_an_expired_lease_brings_the_job_back_until_its_attempts_are_used_up(
    app: Celery,
    settings: WorkerSettings,
    sessions: models.Sessions,
    submit: Submit,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (job_id,) = submit("Text", published=False)
    for attempt in (1, 2):
        claim(sessions, job_id, -timedelta(seconds=1))
        assert sweep(app, settings, sessions) == 1
        assert state_of(sessions, job_id) == (JobState.QUEUED, attempt)
        assert json.loads(JsonFormatter(lambda _: {}).format(caplog.records[-1]))["job_ids"] == [str(job_id)]
    claim(sessions, job_id, -timedelta(seconds=1))
    assert sweep(app, settings, sessions) == 0
    assert state_of(sessions, job_id) == (JobState.FAILED, 3)
    assert waiting_messages(app) == 2


@pytest.mark.reliability(6)
def test_answers_to_idempotency_keys_are_kept_for_a_day_at_least(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions
) -> None:
    ages = {"new": timedelta(0), "of yesterday": timedelta(hours=25), "old": timedelta(hours=49)}
    with sessions.begin() as session:
        for key, age in ages.items():
            session.add(IdempotencyKey(owner="", key=key, request_sha256="", created_at=datetime.now(UTC) - age))
    # It closes its connections behind each sweep, so it has an engine of its own, as in a worker.
    sweeper = Sweeper(app, settings, models.create_database_engine(settings.database_url, pool_size=1))
    sweeper.start()

    def kept() -> set[str]:
        with sessions() as session:
            return set(session.scalars(select(IdempotencyKey.key)))

    wait_until(lambda: "old" not in kept(), what="the end of the old key")
    sweeper.stop()
    assert kept() == {"new", "of yesterday"}


def test_a_live_lease_is_left_alone(
    app: Celery, impatient: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    (job_id,) = submit("Text", published=False)
    claim(sessions, job_id, timedelta(minutes=1))
    assert sweep(app, impatient, sessions) == 0
    assert state_of(sessions, job_id) == (JobState.RUNNING, 1)


def test_without_redis_a_sweep_moves_rows_and_waits(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    expired, queued = submit("Text 1", "Text 2", published=False)
    claim(sessions, expired, -timedelta(seconds=1))
    with RedisServer() as server:
        gone = server.url
    app.conf.update(broker_url=gone)
    assert sweep(app, settings.model_copy(update={"stale_seconds": 0.0}), sessions) == 0
    assert state_of(sessions, expired) == (JobState.QUEUED, 1)
    assert state_of(sessions, queued) == (JobState.QUEUED, 0)


@pytest.mark.parametrize(
    ("timed_out", "state", "messages"),
    [(False, JobState.QUEUED, 1), (True, JobState.FAILED, 0)],
)
def test_a_death_is_settled(
    app: Celery,
    settings: WorkerSettings,
    sessions: models.Sessions,
    submit: Submit,
    timed_out: bool,
    state: JobState,
    messages: int,
) -> None:
    alone = settings.model_copy(update={"group_articles": 1})
    (job_id,) = submit("Text", published=False)
    death = Death(job_id, claim(sessions, job_id, timedelta(minutes=1)), timed_out, "signal 9")
    settle(app, alone, sessions, death)
    assert state_of(sessions, job_id) == (state, 1)
    assert waiting_messages(app) == messages
    # Reported twice, or after the job has moved on: nothing more happens.
    settle(app, alone, sessions, death)
    assert waiting_messages(app) == messages


@pytest.mark.parametrize("timed_out", [False, True])
def test_a_death_gives_each_job_of_a_group_another_attempt(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions, submit: Submit, timed_out: bool
) -> None:
    """Nobody knows which of them it was, so that none fails yet."""
    job_ids = submit("Text 1", "Text 2", "Text 3", published=False)
    (other,) = submit("Text 4", published=False)
    token = claim(sessions, job_ids[0], timedelta(minutes=1))
    share = Share(jobs=2, characters=1000)
    models.run_transaction(
        sessions, lambda session: claim_waiting(session, token, lease=timedelta(minutes=1), share=share)
    )
    claim(sessions, other, timedelta(minutes=1))
    settle(app, settings, sessions, Death(job_ids[0], token, timed_out, "signal 9"))
    assert [state_of(sessions, job_id) for job_id in job_ids] == [(JobState.QUEUED, 1)] * 3
    assert waiting_messages(app) == 3
    assert state_of(sessions, other) == (JobState.RUNNING, 1)


def test_who_may_have_had_company_at_the_hard_limit_runs_again_before_it_fails(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    """The other of its group, which may have been the one that never ended, is cancelled before the limit."""
    culprit, innocent = submit("Text 1", "Text 2", published=False)
    token = claim(sessions, culprit, timedelta(minutes=1))
    share = Share(jobs=1, characters=1000)
    models.run_transaction(
        sessions, lambda session: claim_waiting(session, token, lease=timedelta(minutes=1), share=share)
    )
    models.run_transaction(sessions, lambda session: cancel_job(session, culprit))
    settle(app, settings, sessions, Death(culprit, token, timed_out=True, reason="hard time limit of 22 s"))
    assert state_of(sessions, innocent) == (JobState.QUEUED, 1)
    again = claim(sessions, innocent, timedelta(minutes=1))
    settle(app, settings, sessions, Death(innocent, again, timed_out=True, reason="hard time limit of 22 s"))
    assert state_of(sessions, innocent) == (JobState.FAILED, 2)


@pytest.mark.parametrize("timed_out", [False, True])
def test_a_death_does_not_touch_what_another_process_holds(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions, submit: Submit, timed_out: bool
) -> None:
    (job_id,) = submit("Text", published=False)
    lost = claim(sessions, job_id, -timedelta(seconds=1))
    assert sweep(app, settings, sessions) == 1
    claim(sessions, job_id, timedelta(minutes=1))
    settle(app, settings, sessions, Death(job_id, lost, timed_out, "it was suspended for too long"))
    assert state_of(sessions, job_id) == (JobState.RUNNING, 2)


def test_the_last_death_fails_the_job_and_says_why(
    app: Celery, settings: WorkerSettings, sessions: models.Sessions, submit: Submit
) -> None:
    (job_id,) = submit("Text", published=False)
    for _ in range(3):
        token = claim(sessions, job_id, timedelta(minutes=1))
        death = Death(job_id, token, timed_out=False, reason="Worker exited: signal 11 (SIGSEGV)")
        settle(app, settings, sessions, death)
    with sessions() as session:
        job = get_job(session, job_id)
    assert job is not None
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert "SIGSEGV" in job.error["detail"]
    assert waiting_messages(app) == 2
