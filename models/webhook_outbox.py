"""What is to be told to webhooks: queued with the end of a job, leased by deliverers, settled by what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, delete, insert, literal, select, true, update
from sqlalchemy.orm import Session

from models.base import JsonObject, database_now
from models.job import Job
from models.metrics import DELIVERIES, count
from models.pages import Order, Page, fetch_page
from models.webhook import DeliveryState, Webhook, WebhookDelivery

# Keeps statements below the parameter limits of both databases.
_CHUNK = 500


@dataclass(frozen=True)
class Delivery:
    """One attempt, which the caller alone makes while its lease lasts; `attempt` counts from 1."""

    webhook_id: UUID
    job_id: UUID
    token: UUID
    attempt: int
    url: str
    secret: str
    message: JsonObject

    @property
    def message_id(self) -> str:
        """The same at every attempt and for every webhook: a job ends once."""
        return message_id(self.job_id)


def message_id(job_id: UUID) -> str:
    """The id of the message about the end of a job."""
    return f"msg_{job_id.hex}"


def queue_deliveries(session: Session, job_ids: Sequence[UUID]) -> None:
    """A pending delivery of the end of each job for every webhook, in the transaction that ends them."""
    names = ["webhook_id", "job_id", "state", "attempts", "next_at", "created_at"]
    for start in range(0, len(job_ids), _CHUNK):
        pending = WebhookDelivery.state.type
        values = (literal(DeliveryState.PENDING, pending), literal(0), database_now(), database_now())
        ends = (
            select(Webhook.id, Job.id, *values)
            .select_from(Webhook)
            .join(Job, true())
            .where(Job.id.in_(job_ids[start : start + _CHUNK]))
            # A webhook that is deleted at this moment must not make the end of the job fail.
            .with_for_update(read=True, key_share=True, of=Webhook)
        )
        session.execute(insert(WebhookDelivery).from_select(names, ends, include_defaults=False))


@dataclass(frozen=True)
class Room:
    """So many attempts may begin, and for one webhook only so many that there are at most `each` with those under way.

    `under_way` counts the attempts of the caller by webhook.
    """

    places: int
    each: int
    under_way: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def full(self) -> list[UUID]:
        """The webhooks that must wait."""
        return [webhook_id for webhook_id, attempts in self.under_way.items() if attempts >= self.each]


def any_due(session: Session, room: Room) -> bool:
    """Whether a delivery for which there is room waits for an attempt now."""
    return session.scalar(select(WebhookDelivery.job_id).where(*_due(room.full)).limit(1)) is not None


def lease_deliveries(session: Session, *, room: Room, lease: timedelta) -> list[Delivery]:
    """Takes some due deliveries for the caller, the longest due first. Commit before any attempt is made.

    The attempt counts at once, even if it ends its process. Right with several deliverers: no two get the same one.
    """
    leased: list[Delivery] = []
    under_way = Counter(room.under_way)
    while left := room.places - len(leased):
        found = (
            select(WebhookDelivery.webhook_id, WebhookDelivery.job_id)
            .where(*_due(replace(room, under_way=under_way).full))
            .order_by(WebhookDelivery.next_at)
            .limit(left)
            .with_for_update(skip_locked=True)
        )
        rows = session.execute(found).all()
        for row in rows:
            if under_way[row.webhook_id] < room.each:
                under_way[row.webhook_id] += 1
                leased.append(_lease(session, row.webhook_id, row.job_id, lease))
        if len(rows) < left:
            break
    return leased


def end_delivery(
    session: Session, leased: Delivery, state: DeliveryState, status: int | None, error: str | None
) -> bool:
    """pending -> delivered or dead; False when the delivery is no longer the caller's."""
    settled = _settle(session, leased, state=state, status=status, error=error, ended_at=database_now())
    count(session, {(DELIVERIES, state.value): settled})
    return settled


def retry_delivery(session: Session, leased: Delivery, pause: timedelta, status: int | None, error: str) -> bool:
    """Another attempt after a pause; False when the delivery is no longer the caller's."""
    settled = _settle(session, leased, next_at=database_now(pause), status=status, error=error)
    count(session, {(DELIVERIES, "retried"): settled})
    return settled


def forget_deliveries(session: Session, older_than: timedelta) -> int:
    """Removes what ended so long ago from the log; returns how many there were."""
    statement = delete(WebhookDelivery).where(WebhookDelivery.ended_at < database_now(-older_than))
    result = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return result.rowcount


def list_webhooks(session: Session) -> list[Webhook]:
    """All of them, the oldest first."""
    return list(session.scalars(select(Webhook).order_by(Webhook.created_at, Webhook.id)))


def get_webhook(session: Session, webhook_id: UUID) -> Webhook | None:
    """The webhook, or None."""
    return session.get(Webhook, webhook_id)


def delete_webhook(session: Session, webhook_id: UUID) -> bool:
    """Removes a webhook with its deliveries, also those that wait; False when it is unknown."""
    statement = delete(Webhook).where(Webhook.id == webhook_id).returning(Webhook.id)
    return session.execute(statement.execution_options(synchronize_session=False)).one_or_none() is not None


def list_deliveries(
    session: Session,
    webhook_id: UUID,
    *,
    state: DeliveryState | None = None,
    limit: int = 50,
    after: Sequence[Any] | None = None,
) -> Page[WebhookDelivery]:
    """The deliveries of a webhook, the newest first."""
    statement = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    order = Order(key=WebhookDelivery.created_at, id_=WebhookDelivery.job_id, descending=True, within=None)
    return fetch_page(session, statement, order, limit=limit, after=after)


def _due(full: Sequence[UUID]) -> tuple[Any, ...]:
    now = select(database_now()).scalar_subquery()
    pending = WebhookDelivery.state == DeliveryState.PENDING
    return (pending, WebhookDelivery.next_at <= now, WebhookDelivery.webhook_id.not_in(full))


def _lease(session: Session, webhook_id: UUID, job_id: UUID, lease: timedelta) -> Delivery:
    token = uuid4()
    mine = update(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.job_id == job_id)
    taken = mine.values(attempts=WebhookDelivery.attempts + 1, token=token, next_at=database_now(lease))
    attempt = session.scalars(
        taken.returning(WebhookDelivery.attempts).execution_options(synchronize_session=False)
    ).one()
    webhook = session.get_one(Webhook, webhook_id)
    message = _message(session.get_one(Job, job_id))
    return Delivery(webhook_id, job_id, token, attempt, webhook.url, webhook.secret, message)


def _settle(session: Session, leased: Delivery, **values: Any) -> bool:
    statement = (
        update(WebhookDelivery)
        .where(
            WebhookDelivery.webhook_id == leased.webhook_id,
            WebhookDelivery.job_id == leased.job_id,
            WebhookDelivery.token == leased.token,
        )
        .values(token=None, **values)
        .returning(WebhookDelivery.job_id)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).one_or_none() is not None


def _message(job: Job) -> JsonObject:
    """What is sent. A job that has ended does not change, so every attempt sends the same."""
    return {
        "type": f"job.{job.state.value}",
        "timestamp": _time(job.finished_at),
        "data": {
            "job_id": str(job.id),
            "article_id": str(job.article_id),
            "state": job.state.value,
            "attempts": job.attempts,
            "claims_count": job.claims_count,
            "created_at": _time(job.created_at),
            "finished_at": _time(job.finished_at),
            "error": job.error if job.state.value == "failed" else None,
        },
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
