"""API keys: random, stored as a hash only, scoped, revocable."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import String, Text, Uuid, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, database_now

SCOPES = ("read", "write")
_MARK = "tally_"
_PREFIX_LENGTH = len(_MARK) + 6


class ApiKey(Base):
    """A key that a client may use until `revoked_at`. `prefix` is the part of the secret that may be shown."""

    __tablename__ = "api_keys"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(String(16))
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JsonDocument, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def new_secret() -> str:
    """The secret of a key that is to be made."""
    return _MARK + secrets.token_urlsafe(32)


def create_key(
    session: Session, name: str, scopes: Iterable[str] = SCOPES, *, secret: str | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is not stored and can't be shown again.

    A caller that brings a `new_secret()` may repeat this: the key that an earlier try has stored is found again. Raises
    ValueError for an unknown scope or for none.
    """
    wanted = [scope for scope in SCOPES if scope in set(scopes := list(scopes))]
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not wanted:
        raise ValueError(f"scopes must be some of {', '.join(SCOPES)}" + (f", not {unknown[0]!r}" if unknown else ""))
    if secret is not None and (stored := find_key(session, secret)) is not None:
        return stored, secret
    secret = secret or new_secret()
    key = ApiKey(name=name, prefix=secret[:_PREFIX_LENGTH], key_sha256=_digest(secret), scopes=wanted)
    session.add(key)
    session.flush()
    return key, secret


def find_key(session: Session, secret: str) -> ApiKey | None:
    """The active key with this secret, or None."""
    digest = _digest(secret)
    key = session.scalar(select(ApiKey).where(ApiKey.key_sha256 == digest, ApiKey.revoked_at.is_(None)))
    if key is None or not hmac.compare_digest(key.key_sha256, digest):
        return None
    return key


def revoke_key(session: Session, key_id: UUID) -> bool:
    """Ends a key at once. False when it is unknown or already revoked."""
    statement = (
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
        .values(revoked_at=database_now())
        .returning(ApiKey.id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).one_or_none() is not None


def list_keys(session: Session) -> list[ApiKey]:
    """All keys, revoked ones too, the oldest first."""
    return list(session.scalars(select(ApiKey).order_by(ApiKey.created_at, ApiKey.id)))


def any_key(session: Session) -> bool:
    """Whether a key was ever made; from then on the service asks for one.

    Revoked ones count: who revokes the last key shuts the service and does not open it to everybody.
    """
    return bool(session.scalar(select(select(ApiKey.id).exists())))


def _digest(secret: str) -> str:
    # The secret is 256 random bits, so a plain hash can't be guessed; surrogates can come in from a header.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
