"""Every move of the job state machine: when it is made, when it is refused, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from models.job import TERMINAL, Job, JobState
from models.job_state import (
    PROBLEM_ATTEMPTS_EXHAUSTED,
    PROBLEM_EXTRACTION_FAILED,
    ClaimedJob,
    SweepOutcome,
    cancel_job,
    claim_job,
    fail_job,
    renew_lease,
    requeue_job,
    sweep,
)
from models.queries import delete_article, job_events
from models.session import Sessions
from tests.support.single_jobs import finish_job

LEASE = timedelta(seconds=150)
STALE = timedelta(seconds=60)
ERROR = {"type": PROBLEM_EXTRACTION_FAILED, "title": "Extraction failed", "detail": "it broke"}
NOTHING = SweepOutcome([], [], [])

Lookup = Callable[[UUID], Job]


def claim(sessions: Sessions, job_id: UUID, **options: Any) -> ClaimedJob | None:
    with sessions.begin() as session:
        return claim_job(session, job_id, **{"lease": LEASE, "max_attempts": 3, **options})


def swept(sessions: Sessions, **options: Any) -> SweepOutcome:
    with sessions.begin() as session:
        return sweep(session, **{"stale": STALE, "max_attempts": 3, **options})


def history(sessions: Sessions, job_id: UUID) -> list[tuple[str, str]]:
    with sessions() as session:
        return [(event.type, event.state.value) for event in job_events(session, job_id)]


def by_token(session: Any, move: str, job_id: UUID, token: UUID) -> bool:
    """The four moves that only the holder of the lease may make."""
    if move == "renew":
        return renew_lease(session, job_id, token, lease=LEASE, sentences_done=1, sentences_total=2)
    if move == "finish":
        return finish_job(session, job_id, token, claims_count=0)
    if move == "fail":
        return fail_job(session, job_id, token, ERROR)
    return requeue_job(session, job_id, token, ERROR, max_attempts=3)


MOVES = ["renew", "finish", "fail", "requeue"]


def test_a_claimed_job_is_running_under_a_lease(sessions: Sessions, submit: Any, job_of: Lookup) -> None:
    submission = submit()
    claimed = claim(sessions, submission.job.id)
    assert claimed is not None
    assert (claimed.job_id, claimed.article_id, claimed.attempt) == (submission.job.id, submission.article_id, 1)

    job = job_of(claimed.job_id)
    assert (job.state, job.attempts, job.token) == (JobState.RUNNING, 1, claimed.token)
    assert job.started_at is not None
    assert job.lease_until is not None
    assert job.started_at.tzinfo is UTC
    assert abs(job.lease_until - job.started_at - LEASE) < timedelta(seconds=1)
    assert abs(job.started_at - datetime.now(UTC)) < timedelta(seconds=10)
    assert history(sessions, job.id) == [("state", "queued"), ("state", "running")]


def test_an_unknown_job_is_not_claimed(sessions: Sessions) -> None:
    assert claim(sessions, uuid4()) is None


def test_a_running_job_is_not_claimed_again(sessions: Sessions, running: ClaimedJob) -> None:
    assert claim(sessions, running.job_id) is None


def test_a_claim_whose_commit_had_an_unknown_outcome_can_be_repeated(
    sessions: Sessions, submit: Any, job_of: Lookup
) -> None:
    job_id, token = submit().job.id, uuid4()
    with sessions.begin() as session:
        first = claim_job(session, job_id, lease=LEASE, token=token, max_attempts=3)
    with sessions.begin() as session:
        again = claim_job(session, job_id, lease=LEASE, token=token, max_attempts=3)
        assert claim_job(session, job_id, lease=LEASE, token=uuid4(), max_attempts=3) is None
    assert first is not None
    assert again == first
    assert (job_of(job_id).attempts, job_of(job_id).token) == (1, token)


@pytest.mark.parametrize("move", ["finish", "fail"])
def test_an_ended_job_is_not_claimed_again(sessions: Sessions, running: ClaimedJob, move: str) -> None:
    with sessions.begin() as session:
        assert by_token(session, move, running.job_id, running.token)
    assert claim(sessions, running.job_id) is None


def test_a_queued_job_without_attempts_left_fails_at_its_claim(
    sessions: Sessions, running: ClaimedJob, job_of: Lookup
) -> None:
    with sessions.begin() as session:
        assert requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
    assert claim(sessions, running.job_id, max_attempts=1) is None
    job = job_of(running.job_id)
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error["type"] == PROBLEM_ATTEMPTS_EXHAUSTED


@pytest.mark.parametrize("move", MOVES)
def test_no_move_with_another_token(sessions: Sessions, running: ClaimedJob, job_of: Lookup, move: str) -> None:
    with sessions.begin() as session:
        assert not by_token(session, move, running.job_id, uuid4())
    job = job_of(running.job_id)
    assert (job.state, job.token, job.error) == (JobState.RUNNING, running.token, None)
    assert history(sessions, running.job_id) == [("state", "queued"), ("state", "running")]


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ["queued", "succeeded", "failed", "cancelled", "erased"])
def test_no_move_of_a_job_that_does_not_run(sessions: Sessions, running: ClaimedJob, state: str, move: str) -> None:
    with sessions.begin() as session:
        if state == "queued":
            assert requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
        elif state == "succeeded":
            assert finish_job(session, running.job_id, running.token, claims_count=1)
        elif state == "failed":
            assert fail_job(session, running.job_id, running.token, ERROR)
        elif state == "cancelled":
            assert cancel_job(session, running.job_id)
        else:
            assert delete_article(session, running.article_id)
    before = history(sessions, running.job_id)
    with sessions.begin() as session:
        assert not by_token(session, move, running.job_id, running.token)
    assert history(sessions, running.job_id) == before


@pytest.mark.parametrize("move", MOVES)
def test_the_token_of_an_earlier_attempt_moves_nothing(sessions: Sessions, running: ClaimedJob, move: str) -> None:
    with sessions.begin() as session:
        requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
    second = claim(sessions, running.job_id)
    assert second is not None
    assert second.attempt == 2
    with sessions.begin() as session:
        assert not by_token(session, move, running.job_id, running.token)
        assert finish_job(session, second.job_id, second.token, claims_count=4)


def test_renewing_extends_the_lease_and_keeps_the_progress(
    sessions: Sessions, running: ClaimedJob, job_of: Lookup, age: Any
) -> None:
    age(running.job_id, "lease_until")
    with sessions.begin() as session:
        assert renew_lease(session, running.job_id, running.token, lease=LEASE, sentences_done=3, sentences_total=9)
    job = job_of(running.job_id)
    assert (job.sentences_done, job.sentences_total) == (3, 9)
    assert job.lease_until is not None
    assert job.lease_until > datetime.now(UTC) + timedelta(seconds=100)
    with sessions() as session:
        last = job_events(session, running.job_id)[-1]
    assert (last.type, last.detail) == ("progress", {"sentences_done": 3, "sentences_total": 9})


def test_a_finished_job(sessions: Sessions, running: ClaimedJob, job_of: Lookup) -> None:
    with sessions.begin() as session:
        renew_lease(session, running.job_id, running.token, lease=LEASE, sentences_done=3, sentences_total=9)
        assert finish_job(session, running.job_id, running.token, claims_count=7)
    job = job_of(running.job_id)
    assert (job.state, job.claims_count, job.sentences_done, job.error) == (JobState.SUCCEEDED, 7, 9, None)
    assert (job.token, job.lease_until) == (None, None)
    assert job.finished_at is not None
    assert job.started_at is not None
    assert job.finished_at >= job.started_at
    with sessions() as session:
        last = job_events(session, running.job_id)[-1]
    assert (last.type, last.state, last.detail) == ("done", JobState.SUCCEEDED, {"claims_count": 7})


def test_a_failed_job_says_why(sessions: Sessions, running: ClaimedJob, job_of: Lookup) -> None:
    with sessions.begin() as session:
        assert fail_job(session, running.job_id, running.token, ERROR)
    job = job_of(running.job_id)
    assert (job.state, job.error, job.token) == (JobState.FAILED, ERROR, None)
    assert job.finished_at is not None
    assert history(sessions, job.id)[-1] == ("done", "failed")


def test_a_retried_job_forgets_its_error_when_it_succeeds(
    sessions: Sessions, running: ClaimedJob, job_of: Lookup
) -> None:
    with sessions.begin() as session:
        assert requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
    job = job_of(running.job_id)
    assert (job.state, job.error, job.token, job.lease_until) == (JobState.QUEUED, ERROR, None, None)
    second = claim(sessions, running.job_id)
    assert second is not None
    with sessions.begin() as session:
        assert finish_job(session, second.job_id, second.token, claims_count=0)
    assert job_of(running.job_id).error is None


def test_the_last_attempt_is_not_retried(sessions: Sessions, submit: Any, job_of: Lookup) -> None:
    job_id = submit().job.id
    for attempt in (1, 2, 3):
        claimed = claim(sessions, job_id)
        assert claimed is not None
        assert claimed.attempt == attempt
        with sessions.begin() as session:
            assert requeue_job(session, job_id, claimed.token, ERROR, max_attempts=3) is (attempt < 3)
    job = job_of(job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.error is not None
    assert job.error["type"] == PROBLEM_ATTEMPTS_EXHAUSTED
    assert job.error["detail"] == "The job was started 3 times and never finished. Last error: it broke"
    assert job.error["cause"] == ERROR
    assert claim(sessions, job_id) is None


@pytest.mark.parametrize("start", ["queued", "running"])
def test_cancelling(sessions: Sessions, submit: Any, job_of: Lookup, start: str) -> None:
    job_id = submit().job.id
    if start == "running":
        assert claim(sessions, job_id)
    with sessions.begin() as session:
        assert cancel_job(session, job_id)
    job = job_of(job_id)
    assert job.state is JobState.CANCELLED
    assert job.finished_at is not None
    assert (job.token, job.lease_until) == (None, None)
    assert claim(sessions, job_id) is None
    with sessions.begin() as session:
        assert not cancel_job(session, job_id)
    assert history(sessions, job_id)[-1] == ("done", "cancelled")


@pytest.mark.parametrize("move", ["finish", "fail"])
def test_an_ended_job_is_not_cancelled(sessions: Sessions, running: ClaimedJob, job_of: Lookup, move: str) -> None:
    with sessions.begin() as session:
        by_token(session, move, running.job_id, running.token)
        assert not cancel_job(session, running.job_id)
        assert not cancel_job(session, uuid4())
    assert job_of(running.job_id).state in TERMINAL


def test_a_sweep_leaves_alone_what_is_in_order(sessions: Sessions, running: ClaimedJob, submit: Any) -> None:
    submit("another text")
    assert swept(sessions) == NOTHING


def test_an_expired_lease_is_requeued_until_the_attempts_are_used_up(
    sessions: Sessions, submit: Any, job_of: Lookup, age: Any
) -> None:
    job_id = submit().job.id
    for _ in range(2):
        assert claim(sessions, job_id)
        age(job_id, "lease_until")
        assert swept(sessions) == SweepOutcome(requeued=[job_id], failed=[], stale=[])
        job = job_of(job_id)
        assert (job.state, job.token, job.lease_until) == (JobState.QUEUED, None, None)
        assert swept(sessions) == NOTHING
    assert claim(sessions, job_id)
    age(job_id, "lease_until")
    assert swept(sessions) == SweepOutcome(requeued=[], failed=[job_id], stale=[])
    job = job_of(job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert job.finished_at is not None
    assert job.error is not None
    assert job.error["detail"] == (
        "The job was started 3 times and never finished. Nothing was heard of the last attempt until its lease ran out."
    )
    assert history(sessions, job_id)[-1] == ("done", "failed")
    assert swept(sessions) == NOTHING


def test_a_worker_whose_lease_was_swept_can_not_finish(sessions: Sessions, running: ClaimedJob, age: Any) -> None:
    age(running.job_id, "lease_until")
    swept(sessions)
    with sessions.begin() as session:
        assert not finish_job(session, running.job_id, running.token, claims_count=1)


def test_an_expired_lease_that_nobody_swept_still_finishes(sessions: Sessions, running: ClaimedJob, age: Any) -> None:
    age(running.job_id, "lease_until")
    with sessions.begin() as session:
        assert finish_job(session, running.job_id, running.token, claims_count=1)
    assert swept(sessions) == NOTHING


def test_a_stale_queued_job_is_published_again_once(sessions: Sessions, submit: Any, job_of: Lookup, age: Any) -> None:
    job_id = submit().job.id
    age(job_id, "enqueued_at")
    assert swept(sessions) == SweepOutcome(requeued=[], failed=[], stale=[job_id])
    assert swept(sessions) == NOTHING
    job = job_of(job_id)
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert history(sessions, job_id) == [("state", "queued")]


def test_of_a_long_queue_those_alone_that_were_started_before_are_published_again(
    sessions: Sessions, running: ClaimedJob, submit: Any, age: Any
) -> None:
    waiting = submit("another text").job.id
    with sessions.begin() as session:
        requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
    assert swept(sessions, only_retries=True) == NOTHING
    for job_id in (running.job_id, waiting):
        age(job_id, "enqueued_at")
    assert swept(sessions, only_retries=True) == SweepOutcome(requeued=[], failed=[], stale=[running.job_id])
    assert swept(sessions) == SweepOutcome(requeued=[], failed=[], stale=[waiting])


def test_a_stale_queued_job_without_attempts_left_fails(sessions: Sessions, running: ClaimedJob, age: Any) -> None:
    with sessions.begin() as session:
        requeue_job(session, running.job_id, running.token, ERROR, max_attempts=3)
    age(running.job_id, "enqueued_at")
    assert swept(sessions, max_attempts=1) == SweepOutcome(requeued=[], failed=[running.job_id], stale=[])


def test_a_sweep_has_a_limit_and_begins_with_expired_leases(sessions: Sessions, submit: Any, age: Any) -> None:
    queued = [submit(f"text {number}").job.id for number in range(3)]
    expired = submit("expired").job.id
    assert claim(sessions, expired)
    for job_id in queued:
        age(job_id, "enqueued_at")
    age(expired, "lease_until")
    first = swept(sessions, limit=2)
    assert first.requeued == [expired]
    assert len(first.stale) == 1
    assert first.to_publish == [expired, *first.stale]
    assert set(first.stale + swept(sessions).stale) == set(queued)
