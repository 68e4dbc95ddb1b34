"""Submitting articles, one by one and in batches."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from models.article import Article
from models.job import Job, JobEvent, JobState
from models.job_state import cancel_job, claim_job, fail_job
from models.queries import batch_progress, delete_article, get_article, get_job, list_jobs
from models.session import Sessions, create_database_engine, create_sessions, run_transaction
from models.submission import NewArticle, Submission, submit_article, submit_articles, submit_batch
from tests.support.single_jobs import finish_job

PIPELINE = "tally-en test"


def test_a_new_article_and_its_job(sessions: Sessions, submit: Any) -> None:
    submission = submit("Prices röse.", title="T", publisher="P", country="NZ", external_id="7", extra={"k": [1]})
    assert submission.duplicate is False
    with sessions() as session:
        article = get_article(session, submission.article_id)
        job = get_job(session, submission.job.id)
    assert article is not None
    assert job is not None
    assert (article.text, article.characters, article.language) == ("Prices röse.", 12, "en")
    assert (article.title, article.publisher, article.country, article.external_id) == ("T", "P", "NZ", "7")
    assert article.extra == {"k": [1]}
    assert (job.state, job.pipeline, job.attempts, job.article_id) == (JobState.QUEUED, PIPELINE, 0, article.id)
    assert (job.token, job.started_at, job.finished_at, job.error, job.claims_count) == (None,) * 5


def end(sessions: Sessions, job_id: Any, state: str) -> None:
    with sessions.begin() as session:
        if state == "cancelled":
            assert cancel_job(session, job_id)
        if state in ("running", "succeeded", "failed"):
            claimed = claim_job(session, job_id, lease=timedelta(seconds=150), max_attempts=3)
            assert claimed is not None
            if state == "succeeded":
                assert finish_job(session, job_id, claimed.token, claims_count=0)
            if state == "failed":
                assert fail_job(session, job_id, claimed.token, {"type": "about:blank"})


@pytest.mark.parametrize("state", ["queued", "running", "succeeded"])
def test_the_same_text_again_is_a_duplicate(sessions: Sessions, submit: Any, state: str) -> None:
    first = submit("a text", title="first")
    end(sessions, first.job.id, state)
    again = submit("a text", title="second")
    assert again.duplicate is True
    assert (again.article_id, again.job.id) == (first.article_id, first.job.id)
    with sessions() as session:
        article = get_article(session, first.article_id)
    assert article is not None
    assert (article.title, article.text) == ("first", "a text")
    assert again.job.state.value == state


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_text_whose_job_ended_badly_gets_a_new_one(sessions: Sessions, submit: Any, state: str) -> None:
    first = submit("a text")
    end(sessions, first.job.id, state)
    again = submit("a text")
    assert again.duplicate is False
    assert again.article_id == first.article_id
    assert again.job.id != first.job.id
    with sessions() as session:
        old = get_job(session, first.job.id)
    assert old is not None
    assert old.state.value == state


def test_another_pipeline_version_extracts_again(sessions: Sessions, submit: Any) -> None:
    first = submit("a text")
    newer = run_transaction(sessions, lambda s: submit_article(s, NewArticle("a text"), pipeline="tally-en next"))
    assert newer.duplicate is False
    assert newer.article_id == first.article_id
    assert newer.job.id != first.job.id


def test_an_erased_text_starts_anew(sessions: Sessions, submit: Any) -> None:
    first = submit("a text")
    run_transaction(sessions, lambda session: delete_article(session, first.article_id))
    again = submit("a text")
    assert again.duplicate is False
    assert again.article_id != first.article_id


def test_many_articles_keep_their_order(sessions: Sessions, submit: Any) -> None:
    old = submit("text 700")
    texts = [f"text {number}" for number in range(1200)]
    news = [NewArticle(text) for text in [*texts, "text 3"]]
    with sessions.begin() as session:
        found = submit_articles(session, news, pipeline=PIPELINE)
    assert [index for index, each in enumerate(found) if each.duplicate] == [700, 1200]
    assert (found[700].job.id, found[1200].job.id) == (old.job.id, found[3].job.id)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Article)) == 1200
        assert session.scalar(select(func.count()).select_from(Job)) == 1200


def test_what_the_first_of_equal_texts_says_is_stored(sessions: Sessions) -> None:
    news = [NewArticle("a text", title=title, country=country) for title, country in (("one", "NZ"), ("two", "US"))]
    with sessions.begin() as session:
        found = submit_articles(session, news, pipeline=PIPELINE)
    assert [each.duplicate for each in found] == [False, True]
    with sessions() as session:
        assert [(article.title, article.country) for article in session.scalars(select(Article))] == [("one", "NZ")]


def test_an_article_alone_is_stored_as_one_of_many(sessions: Sessions) -> None:
    published = datetime(2026, 3, 1, 12, tzinfo=UTC)
    texts = ("one", "of many", "more")
    first, second, third = (
        NewArticle(text, "T", "https://example.org/", published, "P", "NZ", "en", "7", {"k": [1]}) for text in texts
    )
    with sessions.begin() as session:
        alone = submit_article(session, first, pipeline=PIPELINE)
        among = submit_articles(session, [second, third], pipeline=PIPELINE)[0]
        stored, other = (_rows(session, submission) for submission in (alone, among))
    assert stored == other
    assert (alone.duplicate, among.duplicate) == (False, False)
    assert stored["event type"] == "state"


def _rows(session: Session, submission: Submission) -> dict[str, Any]:
    """All that a submission has stored but what tells one from another."""
    job = session.get_one(Job, submission.job.id, populate_existing=True)
    event = session.scalars(select(JobEvent).where(JobEvent.job_id == job.id)).one()
    parts = {"article": session.get_one(Article, submission.article_id), "job": job, "event": event}
    own = {"id", "article_id", "job_id", "text", "text_sha256", "characters", "_first_characters"}
    found = {
        f"{part} {name}": getattr(row, name)
        for part, row in parts.items()
        for name in dict(row.__mapper__.column_attrs)
        if name not in own
    }
    now = datetime.now(UTC)
    return {
        name: abs(value - now) < timedelta(minutes=1) if name.endswith(("created_at", "enqueued_at")) else value
        for name, value in found.items()
    }


def test_an_article_alone_takes_one_statement(postgresql_url: str) -> None:
    engine = create_database_engine(postgresql_url)
    begun: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: begun.append(given[2]))
    new = NewArticle("Prices rose 5 per cent.")
    run_transaction(create_sessions(engine), lambda session: submit_article(session, new, pipeline=PIPELINE))
    engine.dispose()
    assert len(begun) == 1


def test_no_articles(sessions: Sessions) -> None:
    assert run_transaction(sessions, lambda session: submit_articles(session, [], pipeline=PIPELINE)) == []


def test_a_batch_and_its_progress(sessions: Sessions, submit: Any, publish: Any, claim_object: Any) -> None:
    publish("done before", [claim_object(), claim_object(value="7")])
    rejected = [{"line": 3, "problem": {"title": "not JSON"}}]
    articles = [(1, NewArticle("one")), (2, NewArticle("done before")), (4, NewArticle("two")), (5, NewArticle("one"))]
    batch, submissions = run_transaction(
        sessions, lambda session: submit_batch(session, articles, rejected, pipeline=PIPELINE)
    )
    assert (batch.accepted, batch.duplicates, batch.rejected) == (4, 2, rejected)
    assert [submission.duplicate for submission in submissions] == [False, True, False, True]

    with sessions() as session:
        progress = batch_progress(session, batch.id)
        jobs = list_jobs(session, batch_id=batch.id).items
    assert progress is not None
    assert {state.value: count for state, count in progress.states.items()} == {
        "queued": 3,
        "running": 0,
        "succeeded": 1,
        "failed": 0,
        "cancelled": 0,
    }
    assert (progress.erased, progress.claims_count, progress.done) == (0, 2, False)
    assert {job.id for job in jobs} == {submission.job.id for submission in submissions}

    run_transaction(sessions, lambda session: delete_article(session, submissions[0].article_id))
    end(sessions, submissions[2].job.id, "failed")
    with sessions() as session:
        progress = batch_progress(session, batch.id)
    assert progress is not None
    assert (progress.erased, progress.states[JobState.FAILED], progress.done) == (2, 1, True)


def test_an_empty_or_unknown_batch(sessions: Sessions, submit: Any) -> None:
    batch, _ = run_transaction(sessions, lambda session: submit_batch(session, [], pipeline=PIPELINE))
    with sessions() as session:
        progress = batch_progress(session, batch.id)
        assert batch_progress(session, submit().job.id) is None
    assert progress is not None
    assert progress.done
