"""Idempotency keys: the same request sent twice has one effect and one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, Text, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, database_now

LOCK_TIMEOUT_SECONDS = 2


class IdempotencyMismatch(Exception):
    """The key was used before with another request."""


class IdempotencyInFlight(Exception):
    """A request with the same key is being processed right now. The transaction can only be rolled back."""


class IdempotencyKey(Base):
    """A key with the answer to the request that brought it. `owner` is the API key it belongs to, or ""."""

    __tablename__ = "idempotency_keys"

    owner: Mapped[str] = mapped_column(Text, primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    request_sha256: Mapped[str] = mapped_column(String(64))
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JsonDocument)
    body: Mapped[Any] = mapped_column(JsonDocument, nullable=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now(), index=True)


@dataclass(frozen=True)
class StoredAnswer:
    """The answer to replay."""

    status: int
    headers: dict[str, str]
    body: Any


def claim_idempotency_key(session: Session, owner: str, key: str, request_sha256: str) -> StoredAnswer | None:
    """None: the key is ours until the transaction ends; do the work and `store_answer` before the commit.

    Otherwise the stored answer. Raises IdempotencyMismatch when the earlier request was another one, and
    IdempotencyInFlight when it has not ended after 2 s.
    """
    if _insert(session, owner, key, request_sha256):
        return None
    mine = (IdempotencyKey.owner == owner, IdempotencyKey.key == key)
    row = session.scalars(select(IdempotencyKey).where(*mine).execution_options(populate_existing=True)).one_or_none()
    if row is None or row.status is None:
        raise IdempotencyInFlight(key)
    if row.request_sha256 != request_sha256:
        raise IdempotencyMismatch(key)
    return StoredAnswer(row.status, dict(row.headers or {}), row.body)


def store_answer(session: Session, owner: str, key: str, *, status: int, headers: dict[str, str], body: Any) -> None:
    """Keeps the answer under a key that this transaction claimed. `body` is any JSON value."""
    statement = (
        update(IdempotencyKey)
        .where(IdempotencyKey.owner == owner, IdempotencyKey.key == key)
        .values(status=status, headers=headers, body=body)
        .execution_options(synchronize_session=False)
    )
    session.execute(statement)


def forget_key(session: Session, owner: str, key: str) -> None:
    """Deletes a key and its answer, so that it can be claimed again."""
    statement = delete(IdempotencyKey).where(IdempotencyKey.owner == owner, IdempotencyKey.key == key)
    session.execute(statement.execution_options(synchronize_session=False))


def forget_old_keys(session: Session, older_than: timedelta) -> int:
    """Deletes the keys that were first used longer ago than this; returns how many."""
    statement = (
        delete(IdempotencyKey)
        .where(IdempotencyKey.created_at < database_now(-older_than))
        .returning(IdempotencyKey.key)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(statement).all())


def _insert(session: Session, owner: str, key: str, request_sha256: str) -> bool:
    """Whether the key is new. Waits for a transaction that has inserted it and not ended yet."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    new = postgresql.insert(IdempotencyKey) if on_postgresql else sqlite.insert(IdempotencyKey)
    row = new.values(owner=owner, key=key, request_sha256=request_sha256)
    try:
        if on_postgresql:
            session.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_SECONDS}s'"))
        inserted = session.execute(row.on_conflict_do_nothing().returning(IdempotencyKey.key)).one_or_none()
        if on_postgresql:
            session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) == "55P03" or "database is locked" in str(error.orig):
            raise IdempotencyInFlight(key) from error
        raise
    return inserted is not None
