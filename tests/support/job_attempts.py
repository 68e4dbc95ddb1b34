"""Attempts at jobs in the process of the test, with the real extractor and what happens in the middle of its work."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

import extraction
import models
from extraction import Claim, Extractor, SourceArticle
from models import JobState
from models.queries import get_job
from worker.settings import WorkerSettings
from worker.tasks import JobRunner

TEXT = "Profit rose 12 per cent to $4 million."
GROUP = [f"Profit rose {number} per cent to $4 million." for number in (12, 13, 14)]


class Meddled(Extractor):
    """The real extractor, with something that happens in the middle of its work on one article, or on each."""

    def __init__(self, meddle: Callable[[], None], text: str | None) -> None:
        super().__init__(extraction.load().nlp)
        self._meddle = meddle
        self._text = text

    def extract(self, article: SourceArticle, **options: Any) -> list[Claim]:
        claims = super().extract(article, **options)
        if self._text in (None, article.text):
            self._meddle()
        return claims

    def extract_many(self, articles: Iterable[SourceArticle], **options: Any) -> Iterator[list[Claim]]:
        together = list(articles)
        found = list(super().extract_many(together, **options))
        if any(self._text in (None, article.text) for article in together):
            self._meddle()
        return iter(found)


class Unstorable(Meddled):
    """Finds claims without a modality in the one article, which no database takes."""

    def extract(self, article: SourceArticle, **options: Any) -> list[Claim]:
        return self._spoilt(article, super().extract(article, **options))

    def extract_many(self, articles: Iterable[SourceArticle], **options: Any) -> Iterator[list[Claim]]:
        together = list(articles)
        return map(self._spoilt, together, super().extract_many(together, **options))

    def _spoilt(self, article: SourceArticle, claims: list[Claim]) -> list[Claim]:
        if article.text != self._text:
            return claims
        return [replace(claim, modality=None) for claim in claims]  # type: ignore[arg-type]  # it is wrong on purpose


class Attempt:
    """Runs jobs in this process and remembers which were to be published again."""

    def __init__(self, settings: WorkerSettings, sessions: models.Sessions) -> None:
        self.settings = settings
        self.sessions = sessions
        self.published: list[UUID] = []
        self.ended: set[UUID] = set()
        self.extractor: type[Meddled] = Meddled
        self.processes = 1

    def __call__(
        self, job_id: UUID, meddle: Callable[[], None] = lambda: None, *, text: str | None = None
    ) -> models.Job:
        runner = JobRunner(
            settings=self.settings,
            sessions=self.sessions,
            extractor=self.extractor(meddle, text),
            publish=self.published.append,
            processes=self.processes,
        )
        self.ended = runner.run(job_id, token=uuid4())
        return self.job(job_id)

    def job(self, job_id: UUID) -> models.Job:
        with self.sessions() as session:
            job = get_job(session, job_id)
        assert job is not None
        return job

    def claims(self) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(models.Claim)) or 0


def raising(error: BaseException) -> Callable[[], None]:
    def meddle() -> None:
        raise error

    return meddle


def states(attempt: Attempt, job_ids: list[UUID]) -> list[tuple[JobState, int]]:
    jobs = [attempt.job(job_id) for job_id in job_ids]
    return [(job.state, job.attempts) for job in jobs]
