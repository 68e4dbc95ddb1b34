"""Ending jobs that succeeded: one or many, with their claims, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import Integer, Table, bindparam, func, select, update
from sqlalchemy.orm import Session, aliased

from models.base import JsonObject, database_now
from models.claim_store import ResultSet, store_result_sets
from models.job import LIVE, Job, JobState
from models.job_events import job_event, record
from models.metrics import JOBS_ENDED, count, extraction_counts
from models.webhook_outbox import queue_deliveries

_SENTENCES = bindparam("sentences", type_=Integer())
_SUCCEED = (
    update(cast(Table, Job.__table__))
    .where(Job.id == bindparam("job_id"))
    .values(
        state=JobState.SUCCEEDED,
        token=None,
        lease_until=None,
        finished_at=database_now(),
        error=None,
        claims_count=bindparam("claims"),
        sentences_done=func.coalesce(_SENTENCES, Job.sentences_total, Job.sentences_done),
        sentences_total=func.coalesce(_SENTENCES, Job.sentences_total),
    )
)


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came of a job: how many claims, and where known how many sentences the article has, all of them done.

    `found` are the claims to be stored, `seconds` is how long finding them took, for the metrics.
    """

    job_id: UUID
    claims_count: int
    sentences: int | None = None
    found: ResultSet | None = None
    seconds: float | None = None


def finish_jobs(session: Session, token: UUID, results: Sequence[JobResult]) -> set[UUID]:
    """running -> succeeded for those jobs that are still held under the token; returns them.

    Nothing is stored of the others: they were cancelled, erased, or another process has them.
    """
    ids = [result.job_id for result in results]
    # The locks come first: no claim is written without holding its job. In one order, so that nobody waits in a ring.
    locked = (
        select(Job.id, Job.pipeline, database_now().label("now"))
        .where(Job.id.in_(ids), Job.token == token, Job.state == JobState.RUNNING)
        .order_by(Job.id)
        .with_for_update()
    )
    rows = session.execute(locked).all()
    queued_for: dict[UUID, str] = {row.id: row.pipeline for row in rows}
    held = set(queued_for)
    ours = [result for result in results if result.job_id in held]
    if not ours:
        return held
    now: datetime = max(row.now for row in rows)
    session.execute(
        _SUCCEED,
        [
            {"job_id": result.job_id, "claims": result.claims_count, "sentences": result.sentences}
            for result in sorted(ours, key=lambda result: result.job_id)
        ],
    )
    for result in ours:
        if result.found is not None and result.found.pipeline != queued_for[result.job_id]:
            _say_by_which_pipeline(session, result.job_id, result.found.pipeline)
    record(session, (event for result in ours for event in _events(result)))
    queue_deliveries(session, [result.job_id for result in ours])
    store_result_sets(session, [result.found for result in ours if result.found is not None], now)
    counts = Counter({(JOBS_ENDED, JobState.SUCCEEDED.value): len(ours)})
    for result in ours:
        if result.found is not None and result.seconds is not None:
            counts += extraction_counts((row.kind for row in result.found.rows), result.seconds)
    count(session, counts)
    return held


def _say_by_which_pipeline(session: Session, job_id: UUID, pipeline: str) -> None:
    """A job that another version has run than the one it was queued for answers for its article under that.

    Where another job of the article does so already it stays as it is, and the claims are those of the last to end.
    """
    other = aliased(Job)
    answering = select(other.id).where(
        other.article_id == Job.article_id, other.pipeline == pipeline, other.state.in_(LIVE)
    )
    statement = update(Job).where(Job.id == job_id, ~answering.exists()).values(pipeline=pipeline)
    session.execute(statement.execution_options(synchronize_session=False))


def _events(result: JobResult) -> Iterator[JsonObject]:
    if result.sentences is not None:
        progress = {"sentences_done": result.sentences, "sentences_total": result.sentences}
        yield job_event(result.job_id, JobState.RUNNING, progress, "progress")
    yield job_event(result.job_id, JobState.SUCCEEDED, {"claims_count": result.claims_count})
