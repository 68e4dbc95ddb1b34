"""The webhooks and webhook_deliveries tables: who wants to be told of the end of jobs, and what is still to be told."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import Enum, ForeignKey, Index, Text, Uuid, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, UtcDateTime, database_now

MAX_WEBHOOKS = 20
_SECRET_MARK = "whsec_"


class TooManyWebhooks(Exception):
    """Every end of a job makes a delivery for each webhook, so their number is limited to `MAX_WEBHOOKS`."""


class DeliveryState(StrEnum):
    """pending -> delivered | dead. A dead delivery was refused or failed too often and is not tried again."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Webhook(Base):
    """An address that is told of the end of every job. The secret must be kept as it is, because it signs."""

    __tablename__ = "webhooks"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str | None] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())

    __table_args__ = (Index(None, "created_at", "id"),)


class WebhookDelivery(Base):
    """The end of one job for one webhook: the outbox, written in the transaction that ends the job."""

    __tablename__ = "webhook_deliveries"

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"), primary_key=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True, index=True)
    state: Mapped[DeliveryState] = mapped_column(
        Enum(
            DeliveryState,
            name="state",
            native_enum=False,
            length=16,
            create_constraint=True,
            values_callable=lambda states: [state.value for state in states],
        )
    )
    attempts: Mapped[int]
    # Whoever attempts a delivery holds it under a token of its own until `next_at`, when others may try.
    token: Mapped[UUID | None]
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # The HTTP status of the last answer, and what was wrong with the last attempt.
    status: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(None, "webhook_id", "created_at", "job_id"),
        Index(
            "ix_webhook_deliveries_pending",
            "next_at",
            postgresql_where=text("state = 'pending'"),
            sqlite_where=text("state = 'pending'"),
        ),
        Index("ix_webhook_deliveries_ended_at", "ended_at"),
    )


def create_webhook(
    session: Session, url: str, description: str | None = None, *, identity: UUID | None = None
) -> Webhook:
    """A new webhook with a secret of 256 random bits, written as Standard Webhooks does.

    A caller that names its `identity` may repeat this: what an earlier try has stored is found again. Raises
    TooManyWebhooks.
    """
    if identity is not None and (stored := session.get(Webhook, identity)) is not None:
        return stored
    count = session.scalar(select(func.count()).select_from(Webhook)) or 0
    if count >= MAX_WEBHOOKS:
        raise TooManyWebhooks
    secret = _SECRET_MARK + base64.b64encode(secrets.token_bytes(32)).decode()
    webhook = Webhook(id=identity or uuid4(), url=url, description=description, secret=secret)
    session.add(webhook)
    session.flush()
    return webhook


def signing_key(secret: str) -> bytes:
    """The key of the signature: what follows `whsec_`, decoded."""
    return base64.b64decode(secret.removeprefix(_SECRET_MARK))
