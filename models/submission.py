"""Submitting articles: whatever arrives twice, also at the same moment, gives one article and one live job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.article import Article, text_digest
from models.base import JsonObject
from models.batch import Batch, BatchItem
from models.first_submission import submit_first
from models.job import LIVE, Job, JobState
from models.job_events import record_all

T = TypeVar("T")

# Keeps statements far below the parameter limits of both databases.
_CHUNK = 500
# How often a submission may find its article or job and lose it again before it can use it.
_ROUNDS = 5
# Half of what a statement may take: a batch of some hundred articles is stored by then on a slow machine too.
_LOCK_WAIT_SECONDS = 5
# SQLSTATE of PostgreSQL.
_LOCK_NOT_AVAILABLE = "55P03"


class SubmissionConflict(Exception):
    """The article kept being erased or its job kept ending while it was submitted. Submitting again is safe."""


class SubmissionInFlight(Exception):
    """Another transaction stores the same articles right now. The transaction can only be rolled back."""


@dataclass(frozen=True)
class NewArticle:
    """An article as a client sends it; `text` is final (offsets refer to it) and `published_at` has a time zone."""

    text: str
    title: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    publisher: str | None = None
    country: str | None = None
    language: str = "en"
    external_id: str | None = None
    extra: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """The job of an article; `duplicate` when both were there before, and then nothing needs to be published."""

    job: Job
    duplicate: bool

    @property
    def article_id(self) -> UUID:
        return self.job.article_id


def submit_article(session: Session, new: NewArticle, *, pipeline: str) -> Submission:
    """Stores the article and a queued job, or finds the live or succeeded job of the same text and pipeline.

    A text whose job failed or was cancelled gets a new job. Publish the job's id after the commit.
    """
    return _submit(session, [new], pipeline)[0]


def submit_articles(session: Session, articles: Sequence[NewArticle], *, pipeline: str) -> list[Submission]:
    """Like `submit_article` for many, in the given order and with few statements."""
    return _submit(session, articles, pipeline)


def submit_batch(
    session: Session,
    articles: Sequence[tuple[int, NewArticle]],
    rejected: Sequence[dict[str, Any]] = (),
    *,
    pipeline: str,
    identity: UUID | None = None,
) -> tuple[Batch, list[Submission]]:
    """Submits (line number, article) pairs as one batch and keeps the list of rejected lines with it.

    Raises SubmissionInFlight where others hold the same articles for longer than 5 s.
    """
    with _short_waits(session):
        submissions = submit_articles(session, [article for _, article in articles], pipeline=pipeline)
    batch = Batch(
        id=identity or uuid4(),
        accepted=len(submissions),
        duplicates=sum(submission.duplicate for submission in submissions),
        rejected=list(rejected),
    )
    session.add(batch)
    session.flush()
    items = [
        {
            "batch_id": batch.id,
            "line": line,
            "job_id": submission.job.id,
            "article_id": submission.article_id,
            "duplicate": submission.duplicate,
        }
        for (line, _), submission in zip(articles, submissions, strict=True)
    ]
    if items:
        session.execute(insert(BatchItem), items)
    return batch, submissions


@contextmanager
def _short_waits(session: Session) -> Iterator[None]:
    """To store a large batch takes far longer than anybody waits for a lock of it."""
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    session.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT_SECONDS}s'"))
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise SubmissionInFlight("others are storing the same articles") from error
        raise
    session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))


def _submit(session: Session, articles: Sequence[NewArticle], pipeline: str) -> list[Submission]:
    digests = [text_digest(article.text) for article in articles]
    if len(articles) == 1 and session.get_bind().dialect.name == "postgresql":
        job = submit_first(session, _article_row(digests[0], articles[0]), pipeline)
        if job is not None:
            return [Submission(job, duplicate=False)]
    new: dict[str, NewArticle] = {}
    for digest, article in zip(digests, articles, strict=True):
        # What is said about a text counts at its first submission, within one request too.
        new.setdefault(digest, article)
    stored: dict[str, UUID] = {}
    jobs: dict[UUID, Job] = {}
    created: set[UUID] = set()
    # In the order of the unique key, so that two batches with the same texts wait for each other and never in a ring.
    for chunk in _chunks(sorted(new)):
        found = _store_articles(session, {digest: new[digest] for digest in chunk})
        stored |= found
        live, fresh = _store_jobs(session, list(found.values()), pipeline)
        jobs |= live
        created |= fresh
    submissions = []
    for digest in digests:
        job = jobs[stored[digest]]
        submissions.append(Submission(job, duplicate=job.id not in created))
        # The same text once more within one request is a duplicate of the first.
        created.discard(job.id)
    return submissions


def _store_articles(session: Session, new: dict[str, NewArticle]) -> dict[str, UUID]:
    """The ids of the articles by digest, each kept from being erased until the transaction ends."""
    found: dict[str, UUID] = {}
    for _ in range(_ROUNDS):
        rows = [_article_row(digest, article) for digest, article in new.items() if digest not in found]
        insert_new = _insert(session, Article).on_conflict_do_nothing(index_elements=["text_sha256"])
        inserted = session.execute(insert_new.returning(Article.text_sha256, Article.id), rows)
        found |= dict(inserted.all())
        if missing := [row["text_sha256"] for row in rows if row["text_sha256"] not in found]:
            lookup = select(Article.text_sha256, Article.id).where(Article.text_sha256.in_(missing))
            locked = lookup.order_by(Article.text_sha256).with_for_update(read=True, key_share=True)
            found |= dict(session.execute(locked).all())
        if len(found) == len(new):
            return found
    raise SubmissionConflict("an article was erased again and again while it was submitted")


def _store_jobs(session: Session, article_ids: list[UUID], pipeline: str) -> tuple[dict[UUID, Job], set[UUID]]:
    """The live job of each article, by article id, and the ids of those that this transaction created."""
    found: dict[UUID, Job] = {}
    created: set[UUID] = set()
    for _ in range(_ROUNDS):
        rows = [
            {"id": uuid4(), "article_id": article_id, "pipeline": pipeline}
            for article_id in article_ids
            if article_id not in found
        ]
        # No conflict target: the arbiter is the partial unique index over live jobs.
        insert_new = _insert(session, Job).on_conflict_do_nothing().returning(Job)
        inserted = {job.article_id: job for job in session.scalars(insert_new, rows)}
        created |= {job.id for job in inserted.values()}
        found |= inserted
        if missing := [article_id for article_id in article_ids if article_id not in found]:
            live = select(Job).where(Job.article_id.in_(missing), Job.pipeline == pipeline, Job.state.in_(LIVE))
            others = session.scalars(live.execution_options(populate_existing=True))
            found |= {job.article_id: job for job in others}
        if len(found) == len(article_ids):
            record_all(session, list(created), JobState.QUEUED, {})
            return found, created
    raise SubmissionConflict("a job ended again and again while its article was submitted")


def _article_row(digest: str, new: NewArticle) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "text": new.text,
        "text_sha256": digest,
        "title": new.title,
        "url": new.url,
        "published_at": new.published_at,
        "publisher": new.publisher,
        "country": new.country,
        "language": new.language,
        "external_id": new.external_id,
        "extra": new.extra,
        "characters": len(new.text),
    }


def _insert(session: Session, entity: type[Article | Job]) -> postgresql.Insert | sqlite.Insert:
    """INSERT with ON CONFLICT, which each dialect spells in a class of its own."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(entity)
    return sqlite.insert(entity)


def _chunks(items: Sequence[T]) -> Iterator[list[T]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, _CHUNK)):
        yield chunk
