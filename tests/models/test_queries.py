"""Reading jobs and articles."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.exc import InvalidRequestError

from models.job import JobState
from models.job_state import ClaimedJob, cancel_job
from models.messages import pipeline_id
from models.queries import (
    Backlog,
    backlog,
    get_article,
    get_job,
    job_events,
    list_articles,
    list_jobs,
    oldest_queued_at,
    queue_depth,
)
from models.session import Sessions


def test_unknown_ids(sessions: Sessions) -> None:
    with sessions() as session:
        assert get_job(session, uuid4()) is None
        assert get_article(session, uuid4()) is None
        assert job_events(session, uuid4()) == []


def test_the_queue(sessions: Sessions, submit: Any, running: ClaimedJob) -> None:
    with sessions() as session:
        assert (queue_depth(session), oldest_queued_at(session)) == (0, None)
    first, _second = submit("first"), submit("second")
    with sessions() as session:
        assert queue_depth(session) == 2
        assert oldest_queued_at(session) == first.job.created_at
        assert backlog(session) == Backlog(queued=2, running=1, oldest_queued_at=first.job.created_at, deliveries=0)


def test_a_job_is_read_as_it_is_now(sessions: Sessions, submit: Any) -> None:
    job_id = submit().job.id
    with sessions.begin() as session:
        job = get_job(session, job_id)
        assert job is not None
        assert job.state is JobState.QUEUED
        cancel_job(session, job_id)
        now = get_job(session, job_id)
        assert now is not None
        assert now.state is JobState.CANCELLED


def test_jobs_are_listed_newest_first(sessions: Sessions, submit: Any) -> None:
    ids = [submit(f"text {number}").job.id for number in range(7)][::-1]
    with sessions.begin() as session:
        cancel_job(session, ids[2])
    with sessions() as session:
        page = list_jobs(session, limit=3)
        assert [job.id for job in page.items] == ids[:3]
        page = list_jobs(session, limit=3, after=page.next)
        assert [job.id for job in page.items] == ids[3:6]
        page = list_jobs(session, limit=3, after=page.next)
        assert ([job.id for job in page.items], page.next) == (ids[6:], None)
        assert [job.id for job in list_jobs(session, state=JobState.CANCELLED).items] == [ids[2]]
        article_id = page.items[0].article_id
        assert [job.id for job in list_jobs(session, article_id=article_id).items] == ids[6:]


def test_articles_are_listed_without_their_text(sessions: Sessions, submit: Any) -> None:
    ids = [submit(f"text {number}").article_id for number in range(5)][::-1]
    with sessions() as session:
        page = list_articles(session, limit=4)
        rest = list_articles(session, limit=4, after=page.next)
        assert [article.id for article in page.items + rest.items] == ids
        assert rest.next is None
        with pytest.raises(InvalidRequestError):
            _ = page.items[0].text
    with sessions() as session:
        article = get_article(session, ids[0])
        assert article is not None
        assert article.text == "text 4"


def test_events_after_the_last_one_seen(sessions: Sessions, running: ClaimedJob) -> None:
    with sessions() as session:
        first, second = job_events(session, running.job_id)
        assert (first.state, second.state, second.detail) == (JobState.QUEUED, JobState.RUNNING, {"attempt": 1})
        assert [event.id for event in job_events(session, running.job_id, first.id)] == [second.id]
        assert job_events(session, running.job_id, second.id) == []


def test_the_pipeline_has_a_version() -> None:
    assert pipeline_id().startswith("tally-en 0.")
