"""Idempotency keys, one after the other; at the same time in test_concurrency."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text, update

from models.base import database_now
from models.idempotency import (
    IdempotencyInFlight,
    IdempotencyKey,
    IdempotencyMismatch,
    StoredAnswer,
    claim_idempotency_key,
    forget_old_keys,
    store_answer,
)
from models.session import Sessions

BODY = {"b": [1, None, "é"], "a": {}}


def use(sessions: Sessions, owner: str, key: str, digest: str) -> StoredAnswer | None:
    with sessions.begin() as session:
        answer = claim_idempotency_key(session, owner, key, digest)
        if answer is None:
            store_answer(session, owner, key, status=202, headers={"Location": "/v1/jobs/1"}, body=BODY)
        return answer


def test_the_answer_is_replayed(sessions: Sessions) -> None:
    assert use(sessions, "", "k", "d") is None
    again = use(sessions, "", "k", "d")
    assert again == StoredAnswer(202, {"Location": "/v1/jobs/1"}, BODY)
    assert list(again.body) == ["b", "a"]


def test_another_request_under_the_same_key_is_a_mistake(sessions: Sessions) -> None:
    use(sessions, "", "k", "d")
    with pytest.raises(IdempotencyMismatch):
        use(sessions, "", "k", "other")


def test_owners_do_not_share_keys(sessions: Sessions) -> None:
    assert use(sessions, "one", "k", "d") is None
    assert use(sessions, "two", "k", "other") is None


def test_a_request_that_failed_frees_its_key(sessions: Sessions) -> None:
    session = sessions()
    session.begin()
    assert claim_idempotency_key(session, "", "k", "d") is None
    session.close()
    assert use(sessions, "", "k", "other") is None


def test_a_key_without_an_answer_is_in_flight(sessions: Sessions) -> None:
    with sessions.begin() as session:
        assert claim_idempotency_key(session, "", "k", "d") is None
    with pytest.raises(IdempotencyInFlight):
        use(sessions, "", "k", "d")


def test_the_lock_time_out_ends_with_the_claim(sessions: Sessions, database_url: str) -> None:
    if database_url.startswith("postgresql"):
        with sessions.begin() as session:
            claim_idempotency_key(session, "", "k", "d")
            assert session.scalar(text("SHOW lock_timeout")) == "0"


def test_old_keys_are_forgotten(sessions: Sessions) -> None:
    use(sessions, "", "old", "d")
    use(sessions, "", "new", "d")
    with sessions.begin() as session:
        old = update(IdempotencyKey).where(IdempotencyKey.key == "old")
        session.execute(old.values(created_at=database_now(timedelta(hours=-25))))
        assert forget_old_keys(session, timedelta(hours=24)) == 1
        assert forget_old_keys(session, timedelta(hours=24)) == 0
    assert use(sessions, "", "old", "other") is None
    assert use(sessions, "", "new", "d") is not None
