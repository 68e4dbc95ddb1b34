"""Reading articles, jobs and batches, and erasing an article. Those of claims are in `models.claim_search`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session, defer

from models.article import Article
from models.batch import Batch, BatchItem
from models.claim_search import ClaimFilter, count_claims
from models.job import TERMINAL, Job, JobEvent, JobState
from models.pages import Order, Page, fetch_page
from models.webhook import DeliveryState, WebhookDelivery

T = TypeVar("T")


@dataclass(frozen=True)
class BatchProgress:
    """A batch and how far it is. `states` counts its lines by the state of their job, every state present."""

    batch: Batch
    states: dict[JobState, int]
    # Lines whose article was erased since.
    erased: int
    # Claims stored for the articles of the batch.
    claims_count: int

    @property
    def done(self) -> bool:
        """Whether nothing of the batch is queued or running any more."""
        return not any(count for state, count in self.states.items() if state not in TERMINAL)


def queue_depth(session: Session) -> int:
    """How many jobs wait for a worker."""
    return session.scalar(select(func.count()).select_from(Job).where(Job.state == JobState.QUEUED)) or 0


def oldest_queued_at(session: Session) -> datetime | None:
    """When the job that has been waiting longest was created; None when none waits."""
    return session.scalar(select(func.min(Job.created_at)).where(Job.state == JobState.QUEUED))


@dataclass(frozen=True)
class Backlog:
    """What is not done yet: jobs and deliveries to webhooks."""

    queued: int
    running: int
    oldest_queued_at: datetime | None
    deliveries: int


def backlog(session: Session) -> Backlog:
    """How much waits or is under way; reads small indexes only, however much has ended."""
    running = select(func.count()).select_from(Job).where(Job.state == JobState.RUNNING)
    pending = select(func.count()).select_from(WebhookDelivery).where(WebhookDelivery.state == DeliveryState.PENDING)
    return Backlog(
        queued=queue_depth(session),
        running=session.scalar(running) or 0,
        oldest_queued_at=oldest_queued_at(session),
        deliveries=session.scalar(pending) or 0,
    )


def get_job(session: Session, job_id: UUID) -> Job | None:
    """The job as it is in the database now, or None."""
    return session.scalar(select(Job).where(Job.id == job_id).execution_options(populate_existing=True))


def list_jobs(
    session: Session,
    *,
    state: JobState | None = None,
    article_id: UUID | None = None,
    batch_id: UUID | None = None,
    limit: int = 50,
    after: Sequence[Any] | None = None,
) -> Page[Job]:
    """Jobs, the newest first."""
    statement = select(Job)
    if state is not None:
        statement = statement.where(Job.state == state)
    if article_id is not None:
        statement = statement.where(Job.article_id == article_id)
    if batch_id is not None:
        statement = statement.where(Job.id.in_(select(BatchItem.job_id).where(BatchItem.batch_id == batch_id)))
    order = Order(key=Job.created_at, id_=Job.id, descending=True, within=None)
    return fetch_page(session, statement, order, limit=limit, after=after)


def job_events(session: Session, job_id: UUID, after_id: int = 0, *, limit: int = 100) -> list[JobEvent]:
    """The events of a job after the one with this id, the oldest first."""
    statement = select(JobEvent).where(JobEvent.job_id == job_id, JobEvent.id > after_id)
    return list(session.scalars(statement.order_by(JobEvent.id).limit(limit)))


def job_events_since(session: Session, seen: Mapping[UUID, int]) -> list[JobEvent]:
    """The events of several jobs, each after the id that is given for it; those of one job stand in their order."""
    found: list[JobEvent] = []
    for some in _chunks(list(seen.items())):
        newer = [and_(JobEvent.job_id == job_id, JobEvent.id > last_id) for job_id, last_id in some]
        found += session.scalars(select(JobEvent).where(or_(*newer)).order_by(JobEvent.id))
    return found


def existing_jobs(session: Session, job_ids: Collection[UUID]) -> set[UUID]:
    """Those of the jobs that have not been erased."""
    return {
        job_id for some in _chunks(list(job_ids)) for job_id in session.scalars(select(Job.id).where(Job.id.in_(some)))
    }


def _chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Parts that stay below the limits of both databases on parameters and on the depth of a condition."""
    return (items[start : start + 100] for start in range(0, len(items), 100))


def get_article(session: Session, article_id: UUID) -> Article | None:
    """The article with its text, or None."""
    return session.scalar(select(Article).where(Article.id == article_id))


def list_articles(session: Session, *, limit: int = 50, after: Sequence[Any] | None = None) -> Page[Article]:
    """Articles without their text (reading it raises), the newest first."""
    statement = select(Article).options(defer(Article.text, raiseload=True))
    order = Order(key=Article.created_at, id_=Article.id, descending=True, within=None)
    return fetch_page(session, statement, order, limit=limit, after=after)


def delete_article(session: Session, article_id: UUID) -> bool:
    """Erases an article with its jobs, events and claims. False when it is unknown.

    A worker that still runs one of its jobs finds that out at its next step and stores nothing.
    """
    # Jobs before the article, the order in which a finishing worker locks them: no deadlock between the two.
    session.execute(select(Job.id).where(Job.article_id == article_id).order_by(Job.id).with_for_update())
    statement = delete(Article).where(Article.id == article_id).returning(Article.id)
    return session.execute(statement.execution_options(synchronize_session=False)).one_or_none() is not None


def batch_progress(session: Session, batch_id: UUID) -> BatchProgress | None:
    """The batch with counts, or None when it is unknown."""
    batch = session.get(Batch, batch_id, populate_existing=True)
    if batch is None:
        return None
    lines = (
        select(Job.state, func.count().label("lines")).select_from(BatchItem).outerjoin(Job, Job.id == BatchItem.job_id)
    )
    rows = session.execute(lines.where(BatchItem.batch_id == batch_id).group_by(Job.state))
    counts: dict[JobState | None, int] = {row.state: row.lines for row in rows}
    return BatchProgress(
        batch=batch,
        states={state: counts.get(state, 0) for state in JobState},
        erased=counts.get(None, 0),
        claims_count=count_claims(session, ClaimFilter(batch_id=batch_id)),
    )
