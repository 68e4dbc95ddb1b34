"""Waiting jobs that are taken along with another, and ended together with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from models.article import Article
from models.claim import Claim
from models.claim_store import ClaimRow, result_set
from models.job import Job, JobEvent, JobState
from models.job_groups import Share, claim_waiting, held_under
from models.job_results import JobResult, finish_jobs
from models.job_state import cancel_job, claim_job, requeue_job, sweep
from models.metrics import read_counters
from models.session import DatabaseUnavailable, Sessions, create_database_engine, create_sessions, run_transaction
from models.submission import Submission

LEASE = timedelta(seconds=150)
PIPELINE = "tally-en test"
Lookup = Callable[[UUID], Job]


def take(
    sessions: Sessions, token: UUID, jobs: int = 9, characters: int = 1000, among: int = 1, least: int = 0
) -> list[UUID]:
    share = Share(jobs, characters, among, least)
    claimed = run_transaction(sessions, lambda session: claim_waiting(session, token, lease=LEASE, share=share))
    assert {job.token for job in claimed} <= {token}
    return [job.job_id for job in claimed]


@pytest.fixture
def waiting(submit: Any) -> list[Submission]:
    """Four jobs, the one that waits longest first, with articles of 10 characters."""
    return [submit(f"It is {number} m") for number in range(10, 14)]


def ids(submissions: list[Submission]) -> list[UUID]:
    return [submission.job.id for submission in submissions]


def test_those_that_wait_longest_are_taken_each_with_its_attempt_and_lease(
    sessions: Sessions, waiting: list[Submission], job_of: Lookup
) -> None:
    token = uuid4()
    assert take(sessions, token, jobs=3) == ids(waiting)[:3]
    jobs = [job_of(job_id) for job_id in ids(waiting)]
    assert [job.state for job in jobs] == [JobState.RUNNING] * 3 + [JobState.QUEUED]
    assert [job.attempts for job in jobs] == [1, 1, 1, 0]
    assert all(job.lease_until and job.started_at for job in jobs[:3])
    with sessions() as session:
        assert [job.job_id for job in held_under(session, token)] == ids(waiting)[:3]
        assert held_under(session, uuid4()) == []
        events = session.scalars(select(JobEvent).where(JobEvent.state == JobState.RUNNING)).all()
    assert [event.detail for event in events] == [{"attempt": 1}] * 3
    # What is taken is not taken twice.
    assert take(sessions, uuid4()) == ids(waiting)[3:]


@pytest.mark.parametrize(
    ("share", "taken"),
    [
        ({"characters": 35}, 3),
        ({"characters": 9}, 0),
        ({"characters": -5}, 0),
        ({"jobs": 0}, 0),
        ({"among": 2}, 2),
        ({"among": 4}, 1),
        ({"among": 9}, 0),
        ({"among": 9, "least": 1}, 1),
        ({"among": 2, "least": 1}, 2),
        ({"characters": 9, "least": 1}, 0),
        ({"jobs": 1, "among": 2}, 1),
    ],
)
def test_how_many_are_taken(sessions: Sessions, waiting: list[Submission], share: dict[str, int], taken: int) -> None:
    assert take(sessions, uuid4(), **share) == ids(waiting)[:taken]


def test_a_long_article_is_passed_over(sessions: Sessions, submit: Any) -> None:
    submit("It is 15 m and very long.")
    short = submit("It is 16 m").job.id
    assert take(sessions, uuid4(), characters=12) == [short]


def test_a_job_that_was_started_before_is_never_taken_along(sessions: Sessions, waiting: list[Submission]) -> None:
    tried, *others = ids(waiting)
    with sessions.begin() as session:
        claimed = claim_job(session, tried, lease=LEASE, max_attempts=3)
        assert claimed is not None
        assert requeue_job(session, tried, claimed.token, {"detail": "died"}, max_attempts=3)
    assert take(sessions, uuid4()) == others


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_that_take_at_the_same_time_get_different_jobs(sessions: Sessions, waiting: list[Submission]) -> None:
    with sessions.begin() as session:
        first = claim_waiting(session, uuid4(), lease=LEASE, share=Share(2, 1000))
        # Without waiting for the other, which has not committed yet.
        second = take(sessions, uuid4())
    assert [job.job_id for job in first] == ids(waiting)[:2]
    assert second == ids(waiting)[2:]


def results(submissions: list[Submission], claim_object: Any) -> list[JobResult]:
    return [
        JobResult(
            submission.job.id,
            claims_count=2,
            sentences=1,
            found=result_set(
                Article(id=submission.article_id), submission.job.id, PIPELINE, [claim_object(), claim_object()]
            ),
            seconds=0.02,
        )
        for submission in submissions
    ]


def claims_of(sessions: Sessions) -> dict[UUID, int]:
    with sessions() as session:
        found = session.execute(select(Claim.job_id, func.count()).group_by(Claim.job_id))
        return {row[0]: row[1] for row in found}


def test_jobs_end_together_and_those_that_are_lost_store_nothing(
    sessions: Sessions, waiting: list[Submission], job_of: Lookup, age: Any, claim_object: Any
) -> None:
    """One is cancelled meanwhile; the lease of another runs out, and somebody else has it."""
    token = uuid4()
    first, cancelled, lost, last = take(sessions, token)
    age(lost, "lease_until")
    with sessions.begin() as session:
        assert cancel_job(session, cancelled)
        assert sweep(session, stale=LEASE, max_attempts=3).requeued == [lost]
        assert claim_job(session, lost, lease=LEASE, max_attempts=3) is not None
    found = results(waiting, claim_object)
    assert run_transaction(sessions, lambda session: finish_jobs(session, token, found)) == {first, last}
    states = [job_of(job_id).state for job_id in ids(waiting)]
    assert states == [JobState.SUCCEEDED, JobState.CANCELLED, JobState.RUNNING, JobState.SUCCEEDED]
    assert claims_of(sessions) == {first: 2, last: 2}
    ended = job_of(last)
    assert (ended.claims_count, ended.sentences_done, ended.sentences_total) == (2, 1, 1)
    assert (ended.token, ended.lease_until, ended.error) == (None, None, None)
    with sessions() as session:
        counters = read_counters(session)
        events = session.execute(select(JobEvent.type, JobEvent.detail).where(JobEvent.job_id == last))
        told = [(type_, detail) for type_, detail in events]
    assert counters["jobs_ended"] == {"succeeded": 2, "cancelled": 1}
    assert counters["claims"] == {"percent": 4}
    assert told[-2:] == [("progress", {"sentences_done": 1, "sentences_total": 1}), ("done", {"claims_count": 2})]
    # Twice is once.
    assert run_transaction(sessions, lambda session: finish_jobs(session, token, found)) == set()
    assert claims_of(sessions) == {first: 2, last: 2}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_breaks_while_claims_are_copied_is_tried_again(
    sessions: Sessions, waiting: list[Submission], claim_object: Any
) -> None:
    """The server ends the connection between two rows: the driver's error is one that a transaction is repeated for."""
    token = uuid4()
    take(sessions, token)
    (result, *others) = results(waiting, claim_object)
    assert result.found is not None
    breaks = 0

    class Breaking(list[ClaimRow]):
        """Rows that, when the second is read, have the connection ended; once."""

        def __init__(self, session: Any, rows: Iterable[ClaimRow]) -> None:
            super().__init__(rows)
            self._backend = session.scalar(select(func.pg_backend_pid()))

        def __iter__(self) -> Iterator[ClaimRow]:
            nonlocal breaks
            for number, row in enumerate(super().__iter__()):
                if number == 1 and breaks == 0:
                    breaks += 1
                    with sessions() as other:
                        other.execute(select(func.pg_terminate_backend(self._backend)))
                yield row

    def work(session: Any) -> set[UUID]:
        assert result.found is not None
        broken = replace(result, found=replace(result.found, rows=Breaking(session, result.found.rows)))
        return finish_jobs(session, token, [broken, *others])

    with pytest.raises(DatabaseUnavailable):
        run_transaction(sessions, work, attempts=1)
    assert breaks == 1
    assert claims_of(sessions) == {}
    assert len(run_transaction(sessions, work)) == 4
    assert set(claims_of(sessions).values()) == {2}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_many_claims_have_more_time_than_a_statement(
    database_url: str, waiting: list[Submission], claim_object: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.bulk.ROWS_AT_ONCE", 2)
    engine = create_database_engine(f"{database_url}?options=-c%20statement_timeout%3D2000")
    sessions = create_sessions(engine)

    class Slow(list[ClaimRow]):
        def __iter__(self) -> Iterator[ClaimRow]:
            for row in super().__iter__():
                time.sleep(0.4)
                yield row

    token = uuid4()
    (job_id, *_) = take(sessions, token)
    found = result_set(
        Article(id=waiting[0].article_id), job_id, PIPELINE, [claim_object(value=str(number)) for number in range(7)]
    )
    result = JobResult(job_id, claims_count=7, found=replace(found, rows=Slow(found.rows)))
    run_transaction(sessions, lambda session: finish_jobs(session, token, [result]), attempts=1)
    assert claims_of(sessions) == {job_id: 7}
    engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_wrong_row_is_an_error_of_the_caller(
    sessions: Sessions, waiting: list[Submission], claim_object: Any
) -> None:
    token = uuid4()
    take(sessions, token)
    (result, *_) = results(waiting, claim_object)
    assert result.found is not None
    twice = replace(result, found=replace(result.found, rows=[*result.found.rows, result.found.rows[0]]))
    with pytest.raises(IntegrityError):
        run_transaction(sessions, lambda session: finish_jobs(session, token, [twice]))
    assert claims_of(sessions) == {}
