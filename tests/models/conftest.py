"""Fixtures of the database tests: articles with jobs, claim objects, and many threads at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any, Protocol, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import update

from models.job import Job
from models.job_state import ClaimedJob, claim_job
from models.queries import get_job
from models.session import Sessions, run_transaction
from models.submission import NewArticle, Submission, submit_article
from tests.support.single_jobs import finish_job, store_claims

T = TypeVar("T")

PIPELINE = "tally-en test"
LEASE = timedelta(seconds=150)


class Submit(Protocol):
    """Submits a text in a transaction of its own."""

    def __call__(self, text: str = ..., **fields: Any) -> Submission: ...


class Publish(Protocol):
    """Submits a text and stores claims for it, as a worker does."""

    def __call__(self, text: str, claims: Sequence[dict[str, Any]], **fields: Any) -> Submission: ...


@pytest.fixture
def submit(sessions: Sessions) -> Submit:
    def submit(text: str = "Prices rose 5 per cent.", **fields: Any) -> Submission:
        new = NewArticle(text, **fields)
        return run_transaction(sessions, lambda session: submit_article(session, new, pipeline=PIPELINE))

    return submit


@pytest.fixture
def running(sessions: Sessions, submit: Submit) -> ClaimedJob:
    """A job in its first attempt."""
    job_id = submit().job.id
    claimed = run_transaction(sessions, lambda session: claim_job(session, job_id, lease=LEASE, max_attempts=3))
    assert claimed is not None
    return claimed


@pytest.fixture
def job_of(sessions: Sessions) -> Callable[[UUID], Job]:
    def job_of(job_id: UUID) -> Job:
        with sessions() as session:
            job = get_job(session, job_id)
        assert job is not None
        return job

    return job_of


@pytest.fixture
def age(sessions: Sessions) -> Callable[..., None]:
    """Puts columns of a job, such as its lease, an hour into the past."""

    def age(job_id: UUID, *columns: str) -> None:
        past = datetime.now(UTC) - timedelta(hours=1)
        with sessions.begin() as session:
            session.execute(update(Job).where(Job.id == job_id).values(dict.fromkeys(columns, past)))

    return age


@pytest.fixture
def claim_object() -> Callable[..., dict[str, Any]]:
    """A claim as the extraction gives it: `claim_object(value="5", unit="percent", sentence="...")`."""

    def claim_object(**fields: Any) -> dict[str, Any]:
        def span(text: str | None) -> dict[str, Any] | None:
            return None if text is None else {"text": text, "start": 0, "end": len(text)}

        words = {name: span(fields.pop(name, None)) for name in ("subject", "measure", "of")}
        if (named := fields.pop("subject_resolved", None)) and words["subject"]:
            words["subject"]["resolved"] = named
        sentence = span(fields.pop("sentence", "Prices rose 5 per cent."))
        speaker = fields.pop("speaker", None)
        return {
            "id": None,
            "article_id": None,
            "kind": "percent",
            "text": "5 per cent",
            "start": 12,
            "end": 22,
            "shape": "exact",
            "value": "5",
            "low": None,
            "high": None,
            "unit": "percent",
            "per": None,
            "currency": None,
            "change": None,
            **words,
            "attribution": speaker and {"speaker": speaker, "cue": None, "type": "indirect"},
            "modality": "asserted",
            "sentence": sentence,
            **fields,
        }

    return claim_object


@pytest.fixture
def publish(sessions: Sessions, submit: Submit) -> Publish:
    def publish(text: str, claims: Sequence[dict[str, Any]], **fields: Any) -> Submission:
        submission = submit(text, **fields)
        with sessions.begin() as session:
            claimed = claim_job(session, submission.job.id, lease=LEASE, max_attempts=3)
            assert claimed is not None
            assert finish_job(session, claimed.job_id, claimed.token, claims_count=len(claims))
            store_claims(session, submission.job.id, PIPELINE, claims)
        return submission

    return publish


@pytest.fixture
def at_once() -> Callable[[int, Callable[[int], T]], list[T]]:
    """Calls a function with 0..n-1 in n threads that all start together; the results in that order."""

    def at_once(count: int, call: Callable[[int], T]) -> list[T]:
        barrier = Barrier(count)

        def start(number: int) -> T:
            barrier.wait(10)
            return call(number)

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(start, range(count), timeout=60))

    return at_once
