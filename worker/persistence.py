"""What a job reads from and writes to the database: one short transaction each, none open during the extraction."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

import models
from extraction import Claim, SourceArticle
from models.claim import claim_id
from models.job_state import claim_job, fail_job, finish_job, renew_lease, requeue_job
from models.metrics import count_extraction

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


def take(
    sessions: models.Sessions, job_id: UUID, *, token: UUID, lease: timedelta, max_attempts: int, pipeline: str
) -> Assignment | None:
    """Claim the job under the token and read its article; None when it is gone, ended, held or out of attempts.

    When the connection breaks during the commit nobody knows whether it was done: the token tells at the next try.
    """

    def work(session: Session) -> Assignment | None:
        claimed = claim_job(session, job_id, lease=lease, max_attempts=max_attempts, token=token)
        if claimed is None:
            return None
        article = session.get_one(models.Article, claimed.article_id)
        return Assignment(
            job_id=claimed.job_id,
            article=article,
            token=claimed.token,
            attempt=claimed.attempt,
            pipeline=pipeline,
            source=_source(article),
        )

    return models.run_transaction(sessions, work)


def renew(sessions: models.Sessions, held: Assignment, *, lease: timedelta, done: int, total: int) -> bool:
    """Record the progress and extend the lease; False when the job is no longer this process's."""

    def work(session: Session) -> bool:
        return renew_lease(session, held.job_id, held.token, lease=lease, sentences_done=done, sentences_total=total)

    return models.run_transaction(sessions, work, attempts=1)


def finish(
    sessions: models.Sessions,
    held: Assignment,
    claims: Sequence[Claim],
    *,
    seconds: float,
    sentences: int | None = None,
) -> bool:
    """Store the claims and end the job, both or neither; False when the job was no longer this process's.

    ``seconds`` is how long the extraction took, for the metrics. ``sentences`` is how many the article has, where that
    is known.
    Raises ``models.DatabaseUnavailable`` when the database stays away; the job is then left to its lease.
    """
    data = _under_stored_ids(held, [claim.to_json() for claim in claims])

    def work(session: Session) -> bool:
        # The guarded update comes first: it takes the row's lock, so no claim is written without holding the job.
        if not finish_job(session, held.job_id, held.token, claims_count=len(data), sentences=sentences):
            return False
        models.store_claims(session, held.article, held.job_id, held.pipeline, data)
        count_extraction(session, (claim["kind"] for claim in data), seconds)
        return True

    return _patiently(lambda: models.run_transaction(sessions, work))


def fail(sessions: models.Sessions, held: Assignment, problem: dict[str, Any]) -> bool:
    """End the job as failed; False when it was no longer this process's."""
    return _patiently(
        lambda: models.run_transaction(sessions, lambda session: fail_job(session, held.job_id, held.token, problem))
    )


def put_back(sessions: models.Sessions, held: Assignment, problem: dict[str, Any], *, max_attempts: int) -> bool:
    """Queue the job again, or end it as failed when its attempts are used up; True when it was queued."""

    def work(session: Session) -> bool:
        if held.attempt < max_attempts:
            return requeue_job(session, held.job_id, held.token, problem, max_attempts=max_attempts)
        fail_job(session, held.job_id, held.token, problem)
        return False

    return _patiently(lambda: models.run_transaction(sessions, work))


def _under_stored_ids(held: Assignment, claims: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The claims under the ids that their rows get, also where one names the other as its counterpart."""
    ids = {claim["id"]: str(claim_id(held.article_id, held.pipeline, ordinal)) for ordinal, claim in enumerate(claims)}
    return [{**claim, "id": ids[claim["id"]], "counterpart": ids.get(claim["counterpart"])} for claim in claims]


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
