"""One attempt at a job, whatever the extractor does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from sqlalchemy import text

import extraction
import models
from models import JobState
from models.job_state import cancel_job, claim_job, sweep
from models.queries import get_job
from models.submission import NewArticle, Submission, submit_article
from tests.support.job_attempts import GROUP, TEXT, Attempt, raising, states

Submit = Callable[..., list[UUID]]


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

    def cancel() -> None:
        models.run_transaction(attempt.sessions, lambda session: cancel_job(session, job_id))

    job = attempt(job_id, cancel)
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
            assert sweep(session, stale=lease, max_attempts=3).requeued == [job_id]
            assert claim_job(session, job_id, lease=lease, max_attempts=3) is not None

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


def test_jobs_are_stored_for_the_pipeline_that_extracts() -> None:
    assert models.pipeline_id() == extraction.PIPELINE


def submit_for(sessions: models.Sessions, pipeline: str) -> Submission:
    new = NewArticle(TEXT)
    return models.run_transaction(sessions, lambda session: submit_article(session, new, pipeline=pipeline))


def test_a_job_that_waited_for_an_upgrade_answers_for_its_article_under_the_new_pipeline(attempt: Attempt) -> None:
    old = submit_for(attempt.sessions, "tally-en 0.0.9")
    assert attempt(old.job.id).pipeline == models.pipeline_id()
    again = submit_for(attempt.sessions, models.pipeline_id())
    assert (again.job.id, again.duplicate) == (old.job.id, True)
    assert attempt.claims() == 2


@pytest.mark.parametrize("group_articles", [1, 64])
@pytest.mark.parametrize("first", [0, 1])
def test_two_jobs_of_an_article_from_before_and_after_an_upgrade_store_its_claims_once(
    attempt: Attempt, group_articles: int, first: int
) -> None:
    attempt.settings = attempt.settings.model_copy(update={"group_articles": group_articles})
    jobs = [submit_for(attempt.sessions, pipeline).job.id for pipeline in ("tally-en 0.0.9", models.pipeline_id())]
    attempt(jobs[first])
    attempt(jobs[1 - first])
    assert states(attempt, jobs) == [(JobState.SUCCEEDED, 1)] * 2
    assert attempt.claims() == 2
    assert submit_for(attempt.sessions, models.pipeline_id()).job.id == jobs[1]


@pytest.mark.reliability(9)
def test_an_article_that_cannot_be_read_ends_failed_and_holds_up_no_other(attempt: Attempt, submit: Submit) -> None:
    """A time that the databases hold and Python does not."""
    job_ids = submit(*GROUP, published=False)
    far = "infinity" if attempt.settings.database_url.startswith("postgres") else "10000-01-01"
    with attempt.sessions.begin() as session:
        session.execute(
            text("UPDATE articles SET published_at = :far WHERE text = :text"), {"far": far, "text": GROUP[1]}
        )
    attempt(job_ids[0])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 0), (JobState.QUEUED, 0)]
    attempt(job_ids[1])
    assert attempt.job(job_ids[1]).attempts == 1
    attempt(job_ids[0])  # a hint that others wait
    assert states(attempt, job_ids[2:]) == [(JobState.SUCCEEDED, 1)]
    attempt(job_ids[1])
    failed = attempt(job_ids[1])
    assert (failed.state, failed.attempts) == (JobState.FAILED, 3)
    assert attempt.published == [job_ids[1]] * 2
    assert failed.error is not None
    assert failed.error["title"] == "The article could not be read"
    assert "SELECT" not in failed.error["detail"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_job_whose_claims_take_too_long_to_store_says_so(
    attempt: Attempt, submit: Submit, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("worker.persistence._PATIENCE_SECONDS", 0)
    (job_id,) = submit(TEXT, published=False)
    engine = models.create_database_engine(f"{database_url}?options=-c%20statement_timeout%3D1000")
    with models.create_sessions(engine)() as hindering:
        hindering.execute(text("LOCK TABLE claims IN SHARE MODE"))  # to read is allowed, to write is not
        ours, attempt.sessions = attempt.sessions, models.create_sessions(engine)
        job = attempt(job_id)
    assert (job.state, job.attempts) == (JobState.RUNNING, 1)
    assert job.error is not None
    assert job.error["title"] == "The claims could not be stored"
    assert "statement timeout" in job.error["detail"]

    def expire(session: Any) -> None:
        get_job(session, job_id).lease_until -= timedelta(hours=1)  # type: ignore[union-attr,operator]
        session.flush()
        assert sweep(session, stale=timedelta(minutes=1), max_attempts=1).failed == [job_id]

    models.run_transaction(ours, expire)
    error = attempt.job(job_id).error or {}
    assert error["type"] == "urn:tally:problem:attempts-exhausted"
    assert "statement timeout" in error["detail"]
    engine.dispose()
