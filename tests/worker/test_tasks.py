"""One attempt at a job, whatever the extractor does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from sqlalchemy import func, select

import extraction
import models
from extraction import Claim, Extractor, SourceArticle
from models import JobState
from models.job_state import cancel_job, claim_job, sweep
from models.queries import get_job
from worker.settings import WorkerSettings
from worker.tasks import run_job

Submit = Callable[..., list[UUID]]
TEXT = "Profit rose 12 per cent to $4 million."


class Meddled(Extractor):
    """The real extractor, with something that happens in the middle of its work."""

    def __init__(self, meddle: Callable[[], None]) -> None:
        super().__init__(extraction.load().nlp)
        self._meddle = meddle

    def extract(self, article: SourceArticle, **options: Any) -> list[Claim]:
        claims = super().extract(article, **options)
        self._meddle()
        return claims


class Attempt:
    """Runs jobs in this process and remembers which were to be published again."""

    def __init__(self, settings: WorkerSettings, sessions: models.Sessions) -> None:
        self.settings = settings
        self.sessions = sessions
        self.published: list[UUID] = []

    def __call__(self, job_id: UUID, meddle: Callable[[], None] = lambda: None) -> models.Job:
        run_job(
            job_id,
            token=uuid4(),
            settings=self.settings,
            sessions=self.sessions,
            extractor=Meddled(meddle),
            publish=self.published.append,
        )
        with self.sessions() as session:
            job = get_job(session, job_id)
        assert job is not None
        return job

    def claims(self) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(models.Claim)) or 0


@pytest.fixture
def attempt(settings: WorkerSettings, sessions: models.Sessions) -> Attempt:
    return Attempt(settings, sessions)


def raising(error: BaseException) -> Callable[[], None]:
    def meddle() -> None:
        raise error

    return meddle


def test_a_job_succeeds(attempt: Attempt, submit: Submit) -> None:
    (job_id,) = submit(TEXT, published=False)
    job = attempt(job_id)
    assert (job.state, job.attempts, job.claims_count, job.error) == (JobState.SUCCEEDED, 1, 2, None)
    assert attempt.claims() == 2
    assert attempt(job_id).attempts == 1  # a second delivery


@pytest.mark.parametrize("error", [ValueError("no such\nunit"), MemoryError(), RecursionError("too deep")])
def test_an_extraction_that_raises_is_tried_again_and_then_fails_with_the_reason(
    attempt: Attempt, submit: Submit, error: Exception
) -> None:
    (job_id,) = submit(TEXT, published=False)
    assert attempt(job_id, raising(error)).state is JobState.QUEUED
    assert attempt(job_id, raising(error)).state is JobState.QUEUED
    assert attempt.published == [job_id, job_id]
    job = attempt(job_id, raising(error))
    assert (job.state, job.attempts) == (JobState.FAILED, 3)
    assert attempt.published == [job_id, job_id]
    assert job.error is not None
    assert job.error["type"] == "urn:tally:problem:extraction-failed"
    assert job.error["detail"].startswith(type(error).__name__)
    assert "\n" not in job.error["detail"]
    assert attempt.claims() == 0


def test_the_soft_time_limit_fails_the_job_at_once(attempt: Attempt, submit: Submit) -> None:
    (job_id,) = submit(TEXT, published=False)
    job = attempt(job_id, raising(SoftTimeLimitExceeded()))
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error is not None
    assert job.error["type"] == "urn:tally:problem:time-limit"
    assert "20 seconds" in job.error["detail"]


def test_a_job_cancelled_meanwhile_stores_nothing(attempt: Attempt, submit: Submit) -> None:
    (job_id,) = submit(TEXT, published=False)
    job = attempt(
        job_id, lambda: models.run_transaction(attempt.sessions, lambda session: cancel_job(session, job_id)) and None
    )
    assert job.state is JobState.CANCELLED
    assert attempt.claims() == 0


@pytest.mark.parametrize("then", [lambda: None, raising(ValueError()), raising(SoftTimeLimitExceeded())])
def test_a_process_that_lost_its_lease_changes_nothing(
    attempt: Attempt, submit: Submit, then: Callable[[], None]
) -> None:
    (job_id,) = submit(TEXT, published=False)
    lease = timedelta(minutes=5)

    def lose() -> None:
        # Its lease runs out, the job is queued again and another process takes it.
        def work(session: Any) -> None:
            get_job(session, job_id).lease_until -= timedelta(hours=1)  # type: ignore[union-attr,operator]
            session.flush()
            assert sweep(session, stale=lease).requeued == [job_id]
            assert claim_job(session, job_id, lease=lease) is not None

        models.run_transaction(attempt.sessions, work)
        then()

    job = attempt(job_id, lose)
    assert (job.state, job.attempts) == (JobState.RUNNING, 2)
    assert attempt.claims() == 0
    assert attempt.published == []


def test_an_article_erased_meanwhile_is_no_error(attempt: Attempt, submit: Submit) -> None:
    (job_id,) = submit(TEXT, published=False)

    def erase() -> None:
        def work(session: Any) -> None:
            job = get_job(session, job_id)
            assert job is not None
            session.delete(session.get_one(models.Article, job.article_id))

        models.run_transaction(attempt.sessions, work)

    with pytest.raises(AssertionError):  # the job is gone with its article
        attempt(job_id, erase)
    assert attempt.claims() == 0
    assert attempt.published == []
