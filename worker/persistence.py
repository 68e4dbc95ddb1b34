"""What a job reads from and writes to the database: one short transaction each, none open during the extraction."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

import models
from extraction import Claim, SourceArticle
from models.claim_store import ResultSet, result_set
from models.job_groups import Share, claim_waiting, held_under
from models.job_results import JobResult, finish_jobs
from models.job_state import ClaimedJob, claim_job, fail_job, note_error, renew_lease, requeue_job

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# How long a finished extraction waits for a database that is restarting before its work is given up.
_PATIENCE_SECONDS = 20.0
_LONGEST_PAUSE_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Assignment:
    """A job that this process holds, under ``token``, until its lease ends or somebody moves it."""

    job_id: UUID
    # As it was read; what is stored of it never changes.
    article: models.Article
    token: UUID
    attempt: int
    pipeline: str
    source: SourceArticle

    @property
    def article_id(self) -> UUID:
        return self.article.id


@dataclass(frozen=True, slots=True)
class Extracted:
    """The claims of an assignment, how many sentences its article has, and how long finding the claims took."""

    held: Assignment
    claims: Sequence[Claim]
    sentences: int
    seconds: float


def take(
    sessions: models.Sessions,
    job_id: UUID,
    *,
    token: UUID,
    lease: timedelta,
    max_attempts: int,
    pipeline: str,
    share: Share,
) -> list[Assignment]:
    """Claim the job under the token, or where it needs nothing jobs that wait, and read their articles.

    A job that runs for the first time takes others along that wait for their first run, within the share. A job that
    is tried again runs alone: it may be what ended the last try. Often the job is held or ended already, because it was
    taken along or cancelled; its message then is a hint that there is work, and one job at least is taken if any waits
    for its first run: its own message may be behind thousands of such hints. Empty when there is none.

    When the connection breaks during the commit nobody knows whether it was done: the token tells at the next try.
    """
    in_company = max_attempts > 1

    def work(session: Session) -> list[Assignment]:
        first = claim_job(session, job_id, lease=lease, max_attempts=max_attempts, token=token)
        if first is None:
            claimed = held_under(session, token)
            if not claimed and in_company:
                claimed = claim_waiting(session, token, lease=lease, share=replace(share, least=1))
            return _assignments(session, claimed, pipeline)
        if first.known:
            return _assignments(session, held_under(session, token), pipeline)
        assigned = _assignments(session, [first], pipeline)
        if in_company and first.attempt == 1:
            left = replace(share, jobs=share.jobs - 1, characters=share.characters - assigned[0].article.characters)
            assigned += _assignments(session, claim_waiting(session, token, lease=lease, share=left), pipeline)
        return assigned

    return models.run_transaction(sessions, work)


def take_alone(
    sessions: models.Sessions, job_id: UUID, *, token: UUID, lease: timedelta, max_attempts: int
) -> ClaimedJob | None:
    """Claim the job without reading its article, so that the attempt counts whatever the article is like."""
    return models.run_transaction(
        sessions,
        lambda session: claim_job(session, job_id, lease=lease, max_attempts=max_attempts, token=token),
    )


def read(sessions: models.Sessions, claimed: ClaimedJob, *, pipeline: str) -> Assignment:
    """The claimed job with its article."""
    return models.run_query(sessions, lambda session: _assignments(session, [claimed], pipeline)[0])


def _assignments(session: Session, claimed: Sequence[ClaimedJob], pipeline: str) -> list[Assignment]:
    """The jobs with their articles."""
    ids = [each.article_id for each in claimed]
    found = session.scalars(select(models.Article).where(models.Article.id.in_(ids))) if ids else ()
    articles = {article.id: article for article in found}
    return [
        Assignment(
            job_id=each.job_id,
            article=articles[each.article_id],
            token=each.token,
            attempt=each.attempt,
            pipeline=pipeline,
            source=_source(articles[each.article_id]),
        )
        for each in claimed
    ]


def renew(sessions: models.Sessions, held: Assignment, *, lease: timedelta, done: int, total: int) -> bool:
    """Record the progress and extend the lease; False when the job is no longer this process's."""

    def work(session: Session) -> bool:
        return renew_lease(session, held.job_id, held.token, lease=lease, sentences_done=done, sentences_total=total)

    return models.run_transaction(sessions, work, attempts=1)


def finish(sessions: models.Sessions, extracted: Sequence[Extracted]) -> set[UUID]:
    """Store the claims and end the jobs, all in one transaction; returns those that were still this process's.

    All of them are held under one token. Raises ``models.DatabaseUnavailable`` when the database stays away; the jobs
    are then left to their leases.
    """
    results = [
        JobResult(
            job_id=each.held.job_id,
            claims_count=len(each.claims),
            sentences=each.sentences,
            found=_found(each),
            seconds=each.seconds,
        )
        for each in extracted
    ]
    if not results:
        return set()
    token = extracted[0].held.token
    return _patiently(lambda: models.run_transaction(sessions, lambda session: finish_jobs(session, token, results)))


def fail(sessions: models.Sessions, held: Assignment, problem: dict[str, Any]) -> bool:
    """End the job as failed; False when it was no longer this process's."""
    return _patiently(
        lambda: models.run_transaction(sessions, lambda session: fail_job(session, held.job_id, held.token, problem))
    )


def note(sessions: models.Sessions, extracted: Sequence[Extracted], problem: dict[str, Any]) -> None:
    """Write the problem on the jobs, which stay with their leases; nothing where the database takes not even that."""
    ids = [each.held.job_id for each in extracted]
    token = extracted[0].held.token
    with suppress(models.DatabaseUnavailable):
        models.run_transaction(sessions, lambda session: note_error(session, ids, token, problem), attempts=1)


def put_back(
    sessions: models.Sessions, held: Assignment | ClaimedJob, problem: dict[str, Any], *, max_attempts: int
) -> bool:
    """Queue the job again, or end it with the problem when its attempts are used up; True when it was queued."""

    def work(session: Session) -> bool:
        return requeue_job(session, held.job_id, held.token, problem, max_attempts=max_attempts, final=problem)

    return _patiently(lambda: models.run_transaction(sessions, work))


def _found(extracted: Extracted) -> ResultSet:
    held = extracted.held
    return result_set(held.article, held.job_id, held.pipeline, (claim.to_json() for claim in extracted.claims))


def _source(article: models.Article) -> SourceArticle:
    return SourceArticle(
        text=article.text,
        id=str(article.id),
        title=article.title,
        url=article.url,
        published_at=article.published_at,
        publisher=article.publisher,
        country=article.country,
    )


def _patiently(transaction: Callable[[], _T]) -> _T:
    """Run the transaction until it commits or the database has been away for too long."""
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    pause = 0.25
    while True:
        try:
            return transaction()
        except models.DatabaseUnavailable:
            if time.monotonic() + pause > give_up_at:
                raise
            _log.warning("The database is away; trying again in %.2g s", pause)
            time.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
