"""No foreign key ties claims to their job: whatever becomes of jobs, each claim is of one that succeeded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.article import Article
from models.claim import Claim
from models.claim_store import result_set
from models.job import Job, JobState
from models.job_results import JobResult, finish_jobs
from models.job_state import ClaimedJob, cancel_job, claim_job, fail_job, requeue_job, sweep
from models.queries import delete_article
from models.session import Sessions, run_transaction
from models.submission import NewArticle, submit_article

T = TypeVar("T")

LEASE = timedelta(seconds=150)
PIPELINE = "tally-en test"
TEXT = "Prices rose 5 per cent."
ERROR = {"type": "urn:tally:problem:extraction-failed", "title": "Extraction failed"}


class Desk:
    """One article, and what a worker and a client do with it, each in a transaction of its own."""

    def __init__(self, sessions: Sessions, claim_object: Callable[..., dict[str, Any]]) -> None:
        self._sessions = sessions
        self._claim_object = claim_object

    def do(self, work: Callable[[Session], T]) -> T:
        return run_transaction(self._sessions, work)

    def submit(self, text: str = TEXT, pipeline: str = PIPELINE) -> UUID:
        """A job that waits."""
        return self.do(lambda session: submit_article(session, NewArticle(text), pipeline=pipeline)).job.id

    def take(self, job_id: UUID) -> ClaimedJob:
        claimed = self.do(lambda session: claim_job(session, job_id, lease=LEASE, max_attempts=3))
        assert claimed is not None
        return claimed

    def finish(self, held: ClaimedJob, *texts: str, pipeline: str = PIPELINE) -> bool:
        """The worker comes to its end with these claims; whether they were stored."""
        claims = [self._claim_object(text=text) for text in texts]
        found = result_set(Article(id=held.article_id), held.job_id, pipeline, claims)
        result = JobResult(held.job_id, claims_count=len(claims), found=found)
        return bool(self.do(lambda session: finish_jobs(session, held.token, [result])))

    def erase(self, article_id: UUID) -> None:
        assert self.do(lambda session: delete_article(session, article_id))

    def texts(self, *, job_id: UUID | None = None) -> list[str]:
        """The texts of all claims, or of those that a job found."""
        found = self.do(lambda session: session.execute(select(Claim.data, Claim.job_id)).all())
        return sorted(data["text"] for data, finder in found if job_id in (None, finder))

    def astray(self) -> int:
        """How many claims are of no job that succeeded with their article and pipeline."""
        its_job = and_(
            Job.id == Claim.job_id,
            Job.article_id == Claim.article_id,
            Job.pipeline == Claim.pipeline,
            Job.state == JobState.SUCCEEDED,
        )
        astray = select(Claim.id).outerjoin(Job, its_job).where(Job.id.is_(None))
        return len(self.do(lambda session: session.scalars(astray).all()))


@pytest.fixture
def desk(sessions: Sessions, claim_object: Any) -> Desk:
    return Desk(sessions, claim_object)


def test_claims_go_with_their_article_alone(desk: Desk) -> None:
    erased, kept = desk.take(desk.submit()), desk.take(desk.submit("Another text."))
    assert desk.finish(erased, "a", "b")
    assert desk.finish(kept, "c")
    desk.erase(erased.article_id)
    assert desk.texts() == desk.texts(job_id=kept.job_id) == ["c"]
    assert desk.texts(job_id=erased.job_id) == []
    assert desk.astray() == 0


def test_an_article_erased_while_its_job_runs_gets_no_claims(desk: Desk) -> None:
    held = desk.take(desk.submit())
    desk.erase(held.article_id)
    assert not desk.finish(held, "a")
    again = desk.take(desk.submit())
    assert not desk.finish(held, "a")
    assert desk.finish(again, "b")
    assert desk.texts() == desk.texts(job_id=again.job_id) == ["b"]
    assert desk.astray() == 0


def test_a_cancelled_job_has_no_claims_and_the_next_one_has_its_own(desk: Desk) -> None:
    held = desk.take(desk.submit())
    assert desk.do(lambda session: cancel_job(session, held.job_id))
    assert not desk.finish(held, "a")
    assert desk.texts() == []
    again = desk.take(desk.submit())
    assert (again.article_id, again.job_id == held.job_id) == (held.article_id, False)
    assert desk.finish(again, "b")
    assert not desk.finish(held, "a")
    assert (desk.texts(job_id=held.job_id), desk.texts(job_id=again.job_id), desk.texts()) == ([], ["b"], ["b"])
    assert desk.astray() == 0


@pytest.mark.parametrize("how", ["put back", "lease lost"])
def test_a_job_that_is_tried_again_has_the_claims_of_one_attempt(desk: Desk, age: Any, how: str) -> None:
    first = desk.take(desk.submit())
    if how == "put back":
        assert desk.do(lambda session: requeue_job(session, first.job_id, first.token, ERROR, max_attempts=3))
    else:
        age(first.job_id, "lease_until")
        assert desk.do(lambda session: sweep(session, stale=LEASE, max_attempts=3)).to_publish == [first.job_id]
    assert not desk.finish(first, "late")
    second = desk.take(first.job_id)
    assert not desk.finish(first, "late")
    assert desk.finish(second, "a", "b")
    assert not desk.finish(first, "late")
    assert desk.texts() == desk.texts(job_id=first.job_id) == ["a", "b"]
    assert desk.astray() == 0


def test_a_text_that_failed_and_is_submitted_again_has_the_claims_of_the_new_job(desk: Desk) -> None:
    failed = desk.take(desk.submit())
    assert desk.do(lambda session: fail_job(session, failed.job_id, failed.token, ERROR))
    again = desk.take(desk.submit())
    assert desk.finish(again, "a")
    assert (desk.texts(job_id=failed.job_id), desk.texts(job_id=again.job_id)) == ([], ["a"])
    assert desk.astray() == 0


@pytest.mark.parametrize("texts", [("new", "newer"), ()])
def test_a_newer_pipeline_leaves_no_claim_of_the_older_one(desk: Desk, texts: tuple[str, ...]) -> None:
    old, other = desk.take(desk.submit()), desk.take(desk.submit("Another text."))
    assert desk.finish(old, "old", "older")
    assert desk.finish(other, "other")
    new = desk.take(desk.submit(pipeline="tally-en next"))
    assert (new.article_id, new.job_id == old.job_id) == (old.article_id, False)
    assert desk.finish(new, *texts, pipeline="tally-en next")
    assert (desk.texts(job_id=old.job_id), desk.texts(job_id=new.job_id)) == ([], list(texts))
    assert desk.texts() == [*texts, "other"]
    assert desk.astray() == 0
