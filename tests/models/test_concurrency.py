"""Many threads, each with a connection of its own, at the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import IntegrityError

from models.article import Article
from models.base import database_now
from models.claim import Claim
from models.idempotency import IdempotencyInFlight, StoredAnswer, claim_idempotency_key, store_answer
from models.job import Job, JobEvent, JobState
from models.job_state import ClaimedJob, cancel_job, claim_job, sweep
from models.queries import delete_article
from models.session import Sessions, create_database_engine, create_sessions, run_transaction
from models.submission import NewArticle, submit_article, submit_batch
from tests.support.single_jobs import finish_job, store_claims

PIPELINE = "tally-en test"
LEASE = timedelta(seconds=150)
# SQLite has one writer at a time, which waits at BEGIN, and no row locks.
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
AtOnce = Callable[[int, Callable[[int], Any]], list[Any]]


def count(sessions: Sessions, entity: Any) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(entity)) or 0


@pytest.mark.reliability(8)
def test_twenty_claims_of_one_job_have_one_winner(sessions: Sessions, submit: Any, at_once: AtOnce) -> None:
    job_id = submit().job.id

    def claim(_: int) -> ClaimedJob | None:
        return run_transaction(sessions, lambda session: claim_job(session, job_id, lease=LEASE, max_attempts=3))

    winners = [claimed for claimed in at_once(20, claim) if claimed]
    assert len(winners) == 1
    with sessions() as session:
        job = session.get_one(Job, job_id)
    assert (job.attempts, job.token) == (1, winners[0].token)


@pytest.mark.reliability(3)
def test_sweepers_at_once_never_share_a_job(sessions: Sessions, at_once: AtOnce) -> None:
    articles = [(line, NewArticle(f"text {line}")) for line in range(300)]
    run_transaction(sessions, lambda session: submit_batch(session, articles, pipeline=PIPELINE))
    with sessions.begin() as session:
        past = database_now(timedelta(hours=-1))
        ids = list(session.scalars(select(Job.id)))
        session.execute(update(Job).values(enqueued_at=past))
        expired = {"state": JobState.RUNNING, "attempts": 1, "lease_until": past}
        session.execute(update(Job).where(Job.id.in_(ids[:100])).values(expired))

    def sweep_all(_: int) -> list[UUID]:
        found: list[UUID] = []
        for _ in range(20):
            outcome = run_transaction(sessions, lambda s: sweep(s, stale=LEASE, max_attempts=3, limit=25))
            found += outcome.requeued + outcome.stale + outcome.failed
        return found

    seen = Counter(job_id for found in at_once(4, sweep_all) for job_id in found)
    assert seen == Counter(ids)


@only_postgresql
def test_a_sweep_does_not_wait_for_a_locked_job(sessions: Sessions, submit: Any, age: Any) -> None:
    held, free = submit("held").job.id, submit("free").job.id
    age(held, "enqueued_at")
    age(free, "enqueued_at")
    with sessions.begin() as holder:
        holder.execute(select(Job).where(Job.id == held).with_for_update())
        outcome = run_transaction(sessions, lambda session: sweep(session, stale=LEASE, max_attempts=3))
    assert outcome.stale == [free]


def test_the_same_text_at_once_is_one_article_and_one_job(sessions: Sessions, at_once: AtOnce) -> None:
    def submit(number: int) -> tuple[UUID, UUID, bool]:
        new = NewArticle("the same text", external_id=str(number))
        found = run_transaction(sessions, lambda session: submit_article(session, new, pipeline=PIPELINE))
        return found.article_id, found.job.id, found.duplicate

    answers = at_once(20, submit)
    assert len({answer[:2] for answer in answers}) == 1
    assert [duplicate for *_, duplicate in answers].count(False) == 1
    assert (count(sessions, Article), count(sessions, Job), count(sessions, JobEvent)) == (1, 1, 1)


def test_batches_with_the_same_texts_in_another_order_at_once(sessions: Sessions, at_once: AtOnce) -> None:
    texts = [f"text {number}" for number in range(600)]

    def submit(number: int) -> int:
        order = texts if number % 2 else texts[::-1]
        articles = [(line, NewArticle(text)) for line, text in enumerate(order, start=1)]
        batch, _ = run_transaction(sessions, lambda s: submit_batch(s, articles, pipeline=PIPELINE), attempts=1)
        return batch.accepted - batch.duplicates

    assert sum(at_once(4, submit)) == 600
    assert (count(sessions, Article), count(sessions, Job)) == (600, 600)


def test_resubmitting_a_cancelled_text_at_once_gives_one_new_job(
    sessions: Sessions, submit: Any, at_once: AtOnce
) -> None:
    first = submit("again")
    run_transaction(sessions, lambda session: cancel_job(session, first.job.id))
    answers = at_once(10, lambda _: submit("again"))
    assert len({answer.job.id for answer in answers} | {first.job.id}) == 2
    assert [answer.duplicate for answer in answers].count(False) == 1


def test_one_idempotency_key_at_once_has_one_effect(sessions: Sessions, at_once: AtOnce) -> None:
    def request(number: int) -> Any:
        def work(session: Any) -> Any:
            answer = claim_idempotency_key(session, "", "key", "digest")
            if answer is not None:
                return answer.body
            new = NewArticle(f"text of request {number}")
            job_id = str(submit_article(session, new, pipeline=PIPELINE).job.id)
            store_answer(session, "", "key", status=202, headers={}, body=job_id)
            return job_id

        return run_transaction(sessions, work)

    assert len(set(at_once(20, request))) == 1
    assert (count(sessions, Article), count(sessions, Job)) == (1, 1)


@only_postgresql
def test_an_idempotency_key_held_for_too_long_is_in_flight(sessions: Sessions) -> None:
    with sessions.begin() as holder:
        assert claim_idempotency_key(holder, "", "key", "digest") is None
        store_answer(holder, "", "key", status=202, headers={}, body={})
        with pytest.raises(IdempotencyInFlight):
            run_transaction(sessions, lambda session: claim_idempotency_key(session, "", "key", "digest"))
    answer = run_transaction(sessions, lambda session: claim_idempotency_key(session, "", "key", "digest"))
    assert answer == StoredAnswer(202, {}, {})


@pytest.mark.reliability(25)
def test_cancelling_and_finishing_at_once_has_one_winner(
    sessions: Sessions, at_once: AtOnce, submit: Any, claim_object: Any
) -> None:
    for number in range(25):
        submission = submit(f"text {number}")
        claim = partial(claim_job, job_id=submission.job.id, lease=LEASE, max_attempts=3)
        claimed = run_transaction(sessions, claim)
        assert claimed is not None

        def race(side: int, submission: Any = submission, claimed: ClaimedJob = claimed) -> bool:
            def finish(session: Any) -> bool:
                if not finish_job(session, claimed.job_id, claimed.token, claims_count=1):
                    return False
                store_claims(session, submission.job.id, PIPELINE, [claim_object()])
                return True

            def cancel(session: Any) -> bool:
                return cancel_job(session, claimed.job_id)

            return run_transaction(sessions, cancel if side else finish)

        finished, cancelled = at_once(2, race)
        assert finished != cancelled
        with sessions() as session:
            job = session.get_one(Job, claimed.job_id)
            claims = session.scalar(select(func.count()).where(Claim.job_id == job.id))
        assert job.state is (JobState.SUCCEEDED if finished else JobState.CANCELLED)
        assert claims == (1 if finished else 0)


def test_erasing_and_finishing_at_once(sessions: Sessions, at_once: AtOnce, submit: Any, claim_object: Any) -> None:
    for number in range(15):
        submission = submit(f"text {number}")
        claim = partial(claim_job, job_id=submission.job.id, lease=LEASE, max_attempts=3)
        claimed = run_transaction(sessions, claim)

        def race(side: int, submission: Any = submission, claimed: Any = claimed) -> bool:
            def finish(session: Any) -> bool:
                finished = finish_job(session, claimed.job_id, claimed.token, claims_count=1)
                if finished:
                    store_claims(session, submission.job.id, PIPELINE, [claim_object()])
                return finished

            return run_transaction(
                sessions, (lambda session: delete_article(session, submission.article_id)) if side else finish
            )

        assert at_once(2, race)[1] is True
    assert (count(sessions, Article), count(sessions, Job), count(sessions, Claim)) == (0, 0, 0)


def test_erasing_and_submitting_at_once(sessions: Sessions, at_once: AtOnce, submit: Any) -> None:
    for _ in range(10):
        article_id = submit("a text").article_id

        def race(side: int, article_id: UUID = article_id) -> Any:
            if side:
                return run_transaction(sessions, lambda session: delete_article(session, article_id))
            return submit("a text").job.id

        job_id, _ = at_once(2, race)
        with sessions() as session:
            kept = session.get(Job, job_id)
            assert kept is None or session.get(Article, kept.article_id) is not None


@pytest.mark.reliability(7)
def test_claims_are_stored_once_by_a_database_constraint(sessions: Sessions, publish: Any, claim_object: Any) -> None:
    submission = publish("a text", [claim_object()])
    with pytest.raises(IntegrityError), sessions.begin() as session:
        store_claims(session, submission.job.id, PIPELINE, [claim_object()])
    assert count(sessions, Claim) == 1


def test_eight_writers_never_find_the_database_locked(database_url: str, at_once: AtOnce) -> None:
    engine = create_database_engine(database_url, pool_size=8)
    failures: list[str] = []
    event.listen(engine, "handle_error", lambda context: failures.append(str(context.original_exception)))
    sessions = create_sessions(engine)

    def write(writer: int) -> None:
        for number in range(60):
            with sessions.begin() as session:
                # Read first: a deferred transaction would fail when it then writes after somebody else did.
                session.scalar(select(func.count()).select_from(Job))
                submit_article(session, NewArticle(f"text {writer} {number}"), pipeline=PIPELINE)

    try:
        at_once(8, write)
        assert failures == []
        assert count(sessions, Job) == 480
    finally:
        engine.dispose()
