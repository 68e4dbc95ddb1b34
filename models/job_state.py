"""The job state machine. Each move is one guarded UPDATE: when it changes no row, somebody else moved the job.

All times come from the clock of the database. Each move writes one `JobEvent` in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true, update
from sqlalchemy.orm import Session

from models.base import JsonObject, database_now
from models.batch import BatchItem
from models.job import Job, JobState
from models.job_events import job_event, record, record_all
from models.metrics import JOBS_ENDED, RETRIES, SWEEPER, count
from models.webhook_outbox import queue_deliveries

PROBLEM_ATTEMPTS_EXHAUSTED = "urn:tally:problem:attempts-exhausted"
PROBLEM_EXTRACTION_FAILED = "urn:tally:problem:extraction-failed"
PROBLEM_TIME_LIMIT = "urn:tally:problem:time-limit"


@dataclass(frozen=True)
class ClaimedJob:
    """A job that the caller alone may work on, for as long as it keeps the lease; `attempt` counts from 1.

    `known` when it was claimed before, by a call under the same token whose commit had an unknown outcome.
    """

    job_id: UUID
    article_id: UUID
    token: UUID
    attempt: int
    known: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class SweepOutcome:
    """The jobs that a sweep moved. Publish `requeued` and `stale` after the commit; `failed` have ended."""

    requeued: list[UUID]
    failed: list[UUID]
    stale: list[UUID]

    @property
    def to_publish(self) -> list[UUID]:
        """The ids that wait for a message, in the order in which they were found."""
        return self.requeued + self.stale


class _Overdue(NamedTuple):
    id: UUID
    state: JobState
    attempts: int
    error: JsonObject | None


def attempts_exhausted(attempts: int, cause: JsonObject | None = None, *, lease_ended: bool = False) -> JsonObject:
    """The problem of a job that was tried `attempts` times; `cause` is the problem of the last attempt, if known."""
    detail = f"The job was started {attempts} times and never finished."
    if cause is not None and cause.get("detail"):
        detail = f"{detail} Last error: {cause['detail']}"
    elif lease_ended:
        detail = f"{detail} Nothing was heard of the last attempt until its lease ran out."
    problem: JsonObject = {
        "type": PROBLEM_ATTEMPTS_EXHAUSTED,
        "title": "The job failed too often",
        "status": 500,
        "detail": detail,
    }
    return problem if cause is None else {**problem, "cause": cause}


def claim_job(
    session: Session, job_id: UUID, *, lease: timedelta, max_attempts: int, token: UUID | None = None
) -> ClaimedJob | None:
    """queued -> running with a fresh token. Commit before any work, so that the attempt counts even if it kills us.

    None when the job is not queued (unknown, taken, ended) or has used up its attempts; then it ends as failed.
    A caller that names its own `token`, never used before, may repeat a claim whose commit had an unknown outcome.
    """
    named, token = token, token or uuid4()
    statement = (
        _move(job_id, JobState.QUEUED)
        .where(Job.attempts < max_attempts)
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            token=token,
            lease_until=database_now(lease),
            started_at=func.coalesce(Job.started_at, database_now()),
            sentences_done=0,
        )
        .returning(Job.article_id, Job.attempts)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return _claimed_before(session, job_id, named, max_attempts)
    record(session, [job_event(job_id, JobState.RUNNING, {"attempt": row.attempts})])
    return ClaimedJob(job_id=job_id, article_id=row.article_id, token=token, attempt=row.attempts)


def _claimed_before(session: Session, job_id: UUID, token: UUID | None, max_attempts: int) -> ClaimedJob | None:
    """The job as it is held under the token already; one that waits but may not run again is ended."""
    found = select(Job.state, Job.token, Job.article_id, Job.attempts, Job.error).where(Job.id == job_id)
    row = session.execute(found).one_or_none()
    if row is None:
        return None
    if token is not None and row.token == token:
        return ClaimedJob(job_id, row.article_id, token, row.attempts, known=True)
    if row.state is JobState.QUEUED and row.attempts >= max_attempts:
        # As after a lowered maximum. It must not wait for ever.
        guarded = _move(job_id, JobState.QUEUED).where(Job.attempts >= max_attempts)
        _end(session, guarded, JobState.FAILED, error=attempts_exhausted(row.attempts, row.error))
    return None


def renew_lease(
    session: Session,
    job_id: UUID,
    token: UUID,
    *,
    lease: timedelta,
    sentences_done: int | None = None,
    sentences_total: int | None = None,
) -> bool:
    """Extends the lease and stores the progress. False: the job is no longer ours (cancelled, swept, erased); stop."""
    progress = {"sentences_done": sentences_done, "sentences_total": sentences_total}
    known = {name: value for name, value in progress.items() if value is not None}
    statement = _move(job_id, JobState.RUNNING, token=token).values(lease_until=database_now(lease), **known)
    if session.execute(statement.returning(Job.id)).one_or_none() is None:
        return False
    if known:
        record(session, [job_event(job_id, JobState.RUNNING, progress, "progress")])
    return True


def note_error(session: Session, job_ids: Sequence[UUID], token: UUID, error: JsonObject) -> None:
    """Writes on running jobs why their attempt cannot end, for who looks and for the sweep that ends them."""
    mine = update(Job).where(Job.id.in_(job_ids), Job.token == token, Job.state == JobState.RUNNING)
    session.execute(mine.values(error=error).execution_options(synchronize_session=False))


def fail_job(session: Session, job_id: UUID, token: UUID, error: JsonObject) -> bool:
    """running -> failed with a problem that a retry would not cure."""
    return _end(session, _move(job_id, JobState.RUNNING, token=token), JobState.FAILED, error=error)


def requeue_job(
    session: Session,
    job_id: UUID,
    token: UUID,
    error: JsonObject,
    *,
    max_attempts: int,
    final: JsonObject | None = None,
) -> bool:
    """running -> queued for another attempt, or -> failed when that was the last one. True: publish the job afterwards.

    `error` says why; it stays visible on the job until it succeeds. A job whose last attempt it was ends with `final`;
    unless that is given, because the attempt came to no end, with `attempts_exhausted`.
    """
    requeued = (
        _move(job_id, JobState.RUNNING, token=token)
        .where(Job.attempts < max_attempts)
        .values(state=JobState.QUEUED, token=None, lease_until=None, enqueued_at=database_now(), error=error)
        .returning(Job.attempts)
    )
    attempts = session.execute(requeued).scalar_one_or_none()
    if attempts is not None:
        record(session, [job_event(job_id, JobState.QUEUED, {"attempt": attempts, "error": error})])
        count(session, {(RETRIES, ""): 1})
        return True
    last = final or attempts_exhausted(max_attempts, error)
    _end(session, _move(job_id, JobState.RUNNING, token=token), JobState.FAILED, error=last)
    return False


def cancel_job(session: Session, job_id: UUID) -> bool:
    """queued or running -> cancelled. False when the job is unknown or has ended."""
    return _end(session, _move(job_id, JobState.QUEUED, JobState.RUNNING), JobState.CANCELLED)


def cancel_batch(session: Session, batch_id: UUID) -> list[UUID]:
    """Cancels the queued and running jobs that a batch has begun; returns them.

    Jobs that were there before the batch came, which it only points to, go on: they answer to somebody else.
    """
    begun = select(BatchItem.job_id).where(BatchItem.batch_id == batch_id, BatchItem.duplicate.is_(False))
    unfinished = (Job.id.in_(begun), Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
    # In the order in which a worker locks the jobs that it ends together.
    session.execute(select(Job.id).where(*unfinished).order_by(Job.id).with_for_update())
    statement = (
        update(Job)
        .where(*unfinished)
        .values(state=JobState.CANCELLED, token=None, lease_until=None, finished_at=database_now())
        .returning(Job.id)
        .execution_options(synchronize_session=False)
    )
    cancelled = list(session.scalars(statement))
    record_all(session, cancelled, JobState.CANCELLED, {})
    queue_deliveries(session, cancelled)
    count(session, {(JOBS_ENDED, JobState.CANCELLED.value): len(cancelled)})
    return cancelled


def sweep(
    session: Session,
    *,
    stale: timedelta,
    max_attempts: int,
    only_retries: bool = False,
    limit: int = 1000,
) -> SweepOutcome:
    """Rescues what a lost worker or message left behind, at most `limit` jobs at a time, the oldest first.

    Running jobs with an expired lease go back to the queue, or fail when their attempts are used up. Queued jobs
    that were last published more than `stale` ago are returned to be published again; with `only_retries` those alone
    that were started before, which no other job's message takes along. Any number of sweepers may run at once: no job
    is returned by two of them.
    """
    overdue = _lock_overdue(session, stale, only_retries, limit)
    exhausted = [job for job in overdue if job.attempts >= max_attempts]
    expired = [job.id for job in overdue if job.attempts < max_attempts and job.state is JobState.RUNNING]
    waiting = [job.id for job in overdue if job.attempts < max_attempts and job.state is JobState.QUEUED]
    for job in exhausted:
        error = attempts_exhausted(job.attempts, job.error, lease_ended=job.state is JobState.RUNNING)
        _end(session, _move(job.id, job.state), JobState.FAILED, error=error)
    _enqueue_again(session, expired + waiting)
    record_all(session, expired, JobState.QUEUED, {"reason": "lease expired"})
    actions = {"requeued": len(expired), "failed": len(exhausted), "republished": len(waiting)}
    count(session, {(SWEEPER, action): number for action, number in actions.items()})
    return SweepOutcome(requeued=expired, failed=[job.id for job in exhausted], stale=waiting)


def _lock_overdue(session: Session, stale: timedelta, only_retries: bool, limit: int) -> list[_Overdue]:
    # As scalar subqueries the clock is read once, which lets the indexes on these columns be used.
    now = select(database_now()).scalar_subquery()
    published_before = select(database_now(-stale)).scalar_subquery()
    started_before = Job.attempts > 0 if only_retries else true()
    found = (
        select(Job.id, Job.state, Job.attempts, Job.error)
        .where(
            or_(
                and_(Job.state == JobState.RUNNING, Job.lease_until < now),
                and_(Job.state == JobState.QUEUED, Job.enqueued_at < published_before, started_before),
            )
        )
        # Expired leases first: their articles have waited for a whole lease already.
        .order_by(case((Job.state == JobState.RUNNING, 0), else_=1), Job.enqueued_at, Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_Overdue(*row) for row in session.execute(found)]


def _enqueue_again(session: Session, job_ids: Sequence[UUID]) -> None:
    if not job_ids:
        return
    statement = (
        update(Job)
        .where(Job.id.in_(job_ids))
        .values(state=JobState.QUEUED, token=None, lease_until=None, enqueued_at=database_now())
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def _move(job_id: UUID, *states: JobState, token: UUID | None = None) -> Any:
    """An UPDATE of one job that matches only in the given states and, where given, under the given token."""
    conditions: list[ColumnElement[bool]] = [Job.id == job_id, Job.state.in_(states)]
    if token is not None:
        conditions.append(Job.token == token)
    # Typed Any: values() and returning() make each statement one of its own type.
    return update(Job).where(*conditions).execution_options(synchronize_session=False)


def _end(session: Session, guarded: Any, state: JobState, **values: Any) -> bool:
    statement = guarded.values(
        state=state, token=None, lease_until=None, finished_at=database_now(), **values
    ).returning(Job.id)
    job_id = session.execute(statement).scalar_one_or_none()
    if job_id is None:
        return False
    detail = {name: value for name, value in values.items() if name == "error" and value is not None}
    record(session, [job_event(job_id, state, detail)])
    queue_deliveries(session, [job_id])
    count(session, {(JOBS_ENDED, state.value): 1})
    return True
