"""API keys: shown once, stored hashed, scoped, revoked at once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text

from models.api_key import any_key, create_key, find_key, list_keys, revoke_key
from models.session import Sessions


def test_the_life_of_a_key(sessions: Sessions) -> None:
    with sessions() as session:
        assert not any_key(session)
    with sessions.begin() as session:
        key, secret = create_key(session, "desk", ["write", "read"])
        other, _ = create_key(session, "reader", ["read"])
    assert secret.startswith("tally_")
    assert len(secret) > 45
    assert secret.startswith(key.prefix)
    assert len(key.prefix) == 12
    with sessions() as session:
        found = find_key(session, secret)
        assert any_key(session)
        assert [(each.name, each.scopes) for each in list_keys(session)] == [
            ("desk", ["read", "write"]),
            ("reader", ["read"]),
        ]
    assert found is not None
    assert found.id == key.id
    assert found.revoked_at is None

    with sessions.begin() as session:
        assert revoke_key(session, key.id)
        assert not revoke_key(session, key.id)
        assert not revoke_key(session, uuid4())
    with sessions() as session:
        assert find_key(session, secret) is None
        assert any_key(session)
        assert len(list_keys(session)) == 2
    with sessions.begin() as session:
        assert revoke_key(session, other.id)
        # Revoking the last key does not open the service to everybody.
        assert any_key(session)


@pytest.mark.reliability(20)
def test_secrets_are_not_stored(sessions: Sessions) -> None:
    with sessions.begin() as session:
        _, secret = create_key(session, "desk", ["read"])
        row = session.execute(text("SELECT * FROM api_keys")).one()
    assert secret not in str(row)


@pytest.mark.parametrize("secret", ["", "tally_", "tally_" + "x" * 43, "é\udcff\x00", "x" * 100_000])
def test_other_secrets_are_not_found(sessions: Sessions, secret: str) -> None:
    with sessions.begin() as session:
        create_key(session, "desk", ["read"])
        assert find_key(session, secret) is None


@pytest.mark.parametrize("scopes", [[], ["admin"], ["read", "admin"]])
def test_unknown_scopes_are_refused(sessions: Sessions, scopes: list[str]) -> None:
    with sessions() as session, pytest.raises(ValueError, match="scopes must be"):
        create_key(session, "desk", scopes)
