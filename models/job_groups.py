"""Taking waiting jobs along: a worker that has claimed one takes others under the same token, to save transactions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Row, func, literal, select, update
from sqlalchemy.orm import Session

from models.article import Article
from models.base import database_now
from models.job import Job, JobState
from models.job_events import record_all
from models.job_state import ClaimedJob


@dataclass(frozen=True, slots=True)
class Share:
    """How much may be taken along: at most so many jobs, whose articles have at most so many characters together.

    `among` is how many processes wait for work: of a short queue each leaves the others their part. So many as `least`
    are taken even then.
    """

    jobs: int
    characters: int
    among: int = 1
    least: int = 0


def claim_waiting(session: Session, token: UUID, *, lease: timedelta, share: Share) -> list[ClaimedJob]:
    """queued -> running for jobs that were never started, the longest waiting first, all under the caller's token.

    A job that was started before may have ended its process. It is never taken along, so a group dies of it once.
    """
    if share.jobs < 1 or share.characters < 1:
        return []
    # The state as a constant: an index over queued jobs alone is used for nothing else.
    queued = Job.state == literal(JobState.QUEUED, Job.state.type, literal_execute=True)
    some = select(Job.id).where(queued).limit((share.jobs + 1) * share.among).subquery()
    waiting = select(func.count()).select_from(some).scalar_subquery()
    candidates = session.execute(
        select(Job.id, Article.characters, waiting.label("waiting"))
        .join(Article, Article.id == Job.article_id)
        .where(queued, Job.attempts == 0, Article.characters <= share.characters)
        .order_by(Job.enqueued_at)
        .limit(share.jobs)
        .with_for_update(skip_locked=True, of=Job)
    )
    chosen = _within(share, candidates.all())
    if not chosen:
        return []
    statement = (
        update(Job)
        .where(Job.id.in_(chosen), Job.state == JobState.QUEUED)
        .values(
            state=JobState.RUNNING,
            attempts=Job.attempts + 1,
            token=token,
            lease_until=database_now(lease),
            started_at=database_now(),
            sentences_done=0,
        )
        .returning(Job.id, Job.article_id, Job.attempts)
        .execution_options(synchronize_session=False)
    )
    rows = {row.id: row for row in session.execute(statement)}
    record_all(session, list(rows), JobState.RUNNING, {"attempt": 1})
    return [_claimed(rows[job_id], token) for job_id in chosen if job_id in rows]


def held_under(session: Session, token: UUID) -> list[ClaimedJob]:
    """All running jobs under a token, the longest waiting first."""
    running = Job.state == literal(JobState.RUNNING, Job.state.type, literal_execute=True)
    found = select(Job.id, Job.article_id, Job.attempts).where(running, Job.token == token)
    return [_claimed(row, token) for row in session.execute(found.order_by(Job.enqueued_at))]


def _within(share: Share, candidates: Sequence[Row[UUID, int, int]]) -> list[UUID]:
    chosen: list[UUID] = []
    characters = share.characters
    for candidate in candidates:
        characters -= candidate.characters
        fair = (len(chosen) + 1) * share.among <= candidate.waiting
        if characters < 0 or not (fair or len(chosen) < share.least):
            break
        chosen.append(candidate.id)
    return chosen


def _claimed(row: Row[UUID, UUID, int], token: UUID) -> ClaimedJob:
    return ClaimedJob(job_id=row.id, article_id=row.article_id, token=token, attempt=row.attempts)
