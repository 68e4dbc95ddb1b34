"""One attempt at a job, whatever the extractor does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from sqlalchemy import func, select, text

import extraction
import models
from extraction import Claim, Extractor, SourceArticle
from models import JobState
from models.job_groups import Share
from models.job_state import cancel_job, claim_job, sweep
from models.queries import get_job
from models.submission import NewArticle, Submission, submit_article
from worker import persistence
from worker.settings import WorkerSettings
from worker.tasks import JobRunner

Submit = Callable[..., list[UUID]]
TEXT = "Profit rose 12 per cent to $4 million."


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


GROUP = [f"Profit rose {number} per cent to $4 million." for number in (12, 13, 14)]


def states(attempt: Attempt, job_ids: list[UUID]) -> list[tuple[JobState, int]]:
    jobs = [attempt.job(job_id) for job_id in job_ids]
    return [(job.state, job.attempts) for job in jobs]


def test_jobs_that_wait_are_taken_along(attempt: Attempt, submit: Submit) -> None:
    long = "\n".join(f"The town has {number} schools." for number in range(50))
    job_ids = submit(*GROUP[:2], long, published=False)
    attempt(job_ids[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1)] * 3
    jobs = [attempt.job(job_id) for job_id in job_ids]
    assert [(job.sentences_done, job.sentences_total) for job in jobs] == [(1, 1), (1, 1), (50, 50)]
    assert attempt.ended == set(job_ids)
    assert attempt.claims() == 54
    # Their own messages, which come later.
    for job_id in job_ids:
        assert attempt(job_id).attempts == 1
        assert attempt.ended == set()
    assert attempt.claims() == 54


@pytest.mark.parametrize("alone", [{"group_articles": 1}, {"group_characters": len(TEXT)}, {"max_attempts": 1}])
def test_settings_under_which_none_is_taken_along(attempt: Attempt, submit: Submit, alone: dict[str, int]) -> None:
    attempt.settings = attempt.settings.model_copy(update=alone)
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 0), (JobState.QUEUED, 0)]


def test_the_message_of_a_job_that_somebody_has_is_a_hint_that_others_wait(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    with attempt.sessions.begin() as session:
        assert claim_job(session, job_ids[1], lease=timedelta(seconds=60)) is not None
    attempt(job_ids[1])
    running = (JobState.RUNNING, 1)
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), running, (JobState.SUCCEEDED, 1)]
    assert attempt.ended == {job_ids[0], job_ids[2]}


def test_messages_of_cancelled_jobs_do_not_hold_up_the_one_that_waits(attempt: Attempt, submit: Submit) -> None:
    attempt.processes = 2
    cancelled, waiting = submit(*GROUP[:2], published=False)
    with attempt.sessions.begin() as session:
        assert cancel_job(session, cancelled)
    attempt(cancelled)
    assert states(attempt, [waiting]) == [(JobState.SUCCEEDED, 1)]
    # Who has a job to do leaves the others their share.
    first, second = submit(GROUP[2], "The club has 40 members.", published=False)
    attempt(first)
    assert states(attempt, [first, second]) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 0)]


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


@pytest.mark.parametrize("somebody_has_it", [False, True])
def test_taking_again_after_a_commit_of_unknown_outcome_gives_the_same_jobs(
    attempt: Attempt, submit: Submit, somebody_has_it: bool
) -> None:
    job_ids = submit(*GROUP, published=False)
    if somebody_has_it:
        with attempt.sessions.begin() as session:
            assert claim_job(session, job_ids[0], lease=timedelta(seconds=60)) is not None

    def take() -> list[tuple[UUID, str]]:
        share = Share(jobs=2, characters=1000)
        lease = timedelta(seconds=60)
        held = persistence.take(
            attempt.sessions, job_ids[0], token=token, lease=lease, max_attempts=3, pipeline="test", share=share
        )
        return [(each.job_id, each.article.text) for each in held]

    token = uuid4()
    taken = take()
    first = 1 if somebody_has_it else 0
    assert sorted(taken) == sorted(zip(job_ids[first : first + 2], GROUP[first : first + 2], strict=True))
    assert sorted(take()) == sorted(taken)
    assert [attempts for _, attempts in states(attempt, job_ids)] == ([1, 1, 1] if somebody_has_it else [1, 1, 0])


def test_an_article_that_fails_in_a_group_is_tried_again_alone(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], raising(ValueError("poison")), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 1), (JobState.SUCCEEDED, 1)]
    assert attempt.published == [job_ids[1]]
    assert attempt.ended == {job_ids[0], job_ids[2]}
    (other,) = submit("The club has 40 members.", published=False)
    attempt(job_ids[1])
    assert states(attempt, [job_ids[1], other]) == [(JobState.SUCCEEDED, 2), (JobState.QUEUED, 0)]


def test_claims_that_cannot_be_stored_fail_their_own_job_alone(attempt: Attempt, submit: Submit) -> None:
    attempt.extractor = Unstorable
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.QUEUED, 1), (JobState.SUCCEEDED, 1)]
    assert attempt.ended == {job_ids[0], job_ids[2]}
    attempt(job_ids[1], text=GROUP[1])
    failed = attempt(job_ids[1], text=GROUP[1])
    assert (failed.state, failed.attempts) == (JobState.FAILED, 3)
    assert attempt.published == [job_ids[1]] * 2
    assert failed.error is not None
    assert failed.error["type"] == "urn:tally:problem:extraction-failed"
    assert failed.error["title"] == "The claims could not be stored"
    assert "IntegrityError" in failed.error["detail"]
    assert "INSERT" not in failed.error["detail"]
    assert "COPY" not in failed.error["detail"]
    assert attempt.claims() == 4


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


def test_after_the_soft_time_limit_each_of_a_group_runs_again_alone(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    attempt(job_ids[0], raising(SoftTimeLimitExceeded()), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.QUEUED, 1)] * 3
    assert attempt.published == job_ids
    assert attempt.ended == set()
    error = attempt.job(job_ids[2]).error or {}
    assert error["detail"] == "The article and others were not finished within 20 seconds."
    for job_id in job_ids:
        attempt(job_id, raising(SoftTimeLimitExceeded()), text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 2), (JobState.FAILED, 2), (JobState.SUCCEEDED, 2)]
    error = attempt.job(job_ids[1]).error or {}
    assert error["type"] == "urn:tally:problem:time-limit"


@pytest.mark.parametrize("number", range(3))
def test_a_member_of_a_group_that_is_cancelled_stores_nothing(attempt: Attempt, submit: Submit, number: int) -> None:
    job_ids = submit(*GROUP, published=False)

    def cancel() -> None:
        assert models.run_transaction(attempt.sessions, lambda session: cancel_job(session, job_ids[number]))

    attempt(job_ids[0], cancel, text=GROUP[1])
    found = states(attempt, job_ids)
    assert found.pop(number) == (JobState.CANCELLED, 1)
    assert found == [(JobState.SUCCEEDED, 1)] * 2
    assert attempt.claims() == 4
    assert attempt.ended == {job_id for job_id in job_ids if job_id != job_ids[number]}


def test_a_member_whose_lease_is_lost_is_left_to_who_has_it(attempt: Attempt, submit: Submit) -> None:
    job_ids = submit(*GROUP, published=False)
    lease = timedelta(minutes=5)

    def lose() -> None:
        def work(session: Any) -> None:
            get_job(session, job_ids[2]).lease_until -= timedelta(hours=1)  # type: ignore[union-attr,operator]
            session.flush()
            assert sweep(session, stale=lease).requeued == [job_ids[2]]
            assert claim_job(session, job_ids[2], lease=lease) is not None

        models.run_transaction(attempt.sessions, work)

    attempt(job_ids[0], lose, text=GROUP[1])
    assert states(attempt, job_ids) == [(JobState.SUCCEEDED, 1), (JobState.SUCCEEDED, 1), (JobState.RUNNING, 2)]
    assert attempt.claims() == 4
    assert attempt.published == []
