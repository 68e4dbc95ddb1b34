"""Real worker processes, and jobs for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from celery import Celery

import extraction
import models
from models.queries import get_job
from models.submission import NewArticle
from tests.support.job_attempts import Attempt
from tests.support.worker_processes import WorkerProcess, long_text, worker_starter
from worker.broker import configuration
from worker.publishing import publish
from worker.settings import WorkerSettings


@pytest.fixture(scope="session")
def slow() -> int:
    """So many sentences of `long_text` keep a worker busy for a few seconds on this machine."""
    extractor = extraction.load()
    sentences, seconds = 100, 0.0
    while seconds < 2:
        sentences *= 2
        started = time.monotonic()
        extractor.extract(extraction.SourceArticle(long_text(sentences)))
        seconds = time.monotonic() - started
    return sentences


@pytest.fixture
def environment(database_url: str, redis_url: str) -> dict[str, str]:
    """The settings of the workers: all waits are short."""
    return {
        "TALLY_DATABASE_URL": database_url,
        "TALLY_REDIS_URL": redis_url,
        "TALLY_SOFT_TIME_LIMIT": "20",
        "TALLY_HARD_TIME_LIMIT": "22",
        "TALLY_LEASE_SECONDS": "24",
        "TALLY_VISIBILITY_TIMEOUT": "30",
        "TALLY_SWEEP_SECONDS": "1",
        "TALLY_STALE_SECONDS": "1",
        "TALLY_WORKER_CONCURRENCY": "2",
    }


@pytest.fixture
def settings(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> WorkerSettings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return WorkerSettings()


@pytest.fixture
def app(settings: WorkerSettings) -> Iterator[Celery]:
    """The Celery application, as a publisher."""
    app = Celery("test", set_as_current=False)
    app.conf.update(configuration(settings))
    yield app
    app.close()


@pytest.fixture
def start_worker(environment: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts a worker that is ready, with other settings where given; all are killed at the end."""
    with worker_starter(environment, tmp_path) as start:
        yield start


@pytest.fixture
def submit(sessions: models.Sessions, app: Celery) -> Callable[..., list[UUID]]:
    """Stores an article and a queued job for each text and, unless told otherwise, publishes the jobs."""

    def submit(*texts: str, published: bool = True) -> list[UUID]:
        jobs = [
            models.run_transaction(
                sessions,
                lambda session, text=text: models.submit_article(  # type: ignore[misc]  # inferred from use
                    session, NewArticle(text=text), pipeline=models.pipeline_id()
                ),
            ).job.id
            for text in texts
        ]
        if published:
            assert publish(app, jobs) == len(jobs)
        return jobs

    return submit


@pytest.fixture
def attempt(settings: WorkerSettings, sessions: models.Sessions) -> Attempt:
    return Attempt(settings, sessions)


@pytest.fixture
def await_jobs(sessions: models.Sessions) -> Callable[..., list[models.Job]]:
    """Waits until the condition holds for each job (it has ended, unless told otherwise) and returns the jobs."""

    def ended(job: models.Job) -> bool:
        return job.state in models.TERMINAL

    def wait(
        jobs: Sequence[UUID], condition: Callable[[models.Job], bool] = ended, *, seconds: float = 30
    ) -> list[models.Job]:
        deadline = time.monotonic() + seconds
        while True:
            with sessions() as session:
                found = [job for job in (get_job(session, identity) for identity in jobs) if job is not None]
            if len(found) == len(jobs) and all(condition(job) for job in found):
                return found
            assert time.monotonic() < deadline, [(job.state, job.attempts, job.error) for job in found]
            time.sleep(0.05)

    return wait
