"""Webhooks: addresses that are told of the end of every job, and the log of what was delivered to them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import Reader, Writer
from api.bodies import media_type, parse_json, read_body
from api.dependencies import ServicesDep
from api.identifiers import IdInPath, parse_id
from api.pagination import NEWEST_FIRST, PageQuery, decode_cursor, json_response, newest_first_response
from api.problems import (
    BODY_TOO_LARGE,
    INVALID_CURSOR,
    INVALID_ENCODING,
    MALFORMED_JSON,
    NOT_FOUND,
    REQUEST_TIMEOUT,
    TOO_MANY_WEBHOOKS,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION_FAILED,
    FieldError,
    ProblemError,
    declared,
    not_found,
    validation_error,
)
from models import webhook_outbox
from models.pages import Page
from models.session import run_change, run_query, run_transaction
from models.webhook import MAX_WEBHOOKS, DeliveryState, TooManyWebhooks, Webhook, WebhookDelivery, create_webhook
from models.webhook_target import check_url

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])

_MAX_BODY_BYTES = 16 * 1024
_MAX_DESCRIPTION = 200


class WebhookLinks(BaseModel):
    """Where to go on from a webhook."""

    self: str
    deliveries: str


class WebhookOut(BaseModel):
    """An address that is told of the end of every job."""

    model_config = ConfigDict(title="Webhook")

    id: UUID
    url: str
    description: str | None
    created_at: datetime
    links: WebhookLinks


class CreatedWebhook(WebhookOut):
    """A new webhook with its secret."""

    model_config = ConfigDict(title="CreatedWebhook")

    secret: str = Field(description="signs the messages (whsec_ and base64); it is shown this once")


class WebhookList(BaseModel):
    items: list[WebhookOut]
    next: str | None = Field(description="always null: the list has one page")


class DeliveryOut(BaseModel):
    """What became of the message about one job."""

    model_config = ConfigDict(title="Delivery")

    message_id: str = Field(description="as sent in webhook-id")
    job_id: UUID
    state: DeliveryState
    attempts: int
    status: int | None = Field(description="HTTP status of the last answer, if there was one")
    error: str | None = Field(description="what was wrong with the last attempt")
    next_at: datetime | None = Field(description="when it is tried (again), while it is pending")
    created_at: datetime
    ended_at: datetime | None


class DeliveryList(BaseModel):
    items: list[DeliveryOut]
    next: str | None = Field(description="cursor of the next page, null on the last")


class DeliveryQuery(PageQuery):
    """Which deliveries to list."""

    state: DeliveryState | None = None


@router.post(
    "",
    status_code=201,
    response_model=CreatedWebhook,
    summary="Add a webhook",
    responses={
        **declared(
            MALFORMED_JSON,
            INVALID_ENCODING,
            REQUEST_TIMEOUT,
            BODY_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            VALIDATION_FAILED,
            TOO_MANY_WEBHOOKS,
        ),
        201: {"headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}},
    },
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["url"],
                        "additionalProperties": False,
                        "properties": {
                            "url": {"type": "string", "format": "uri"},
                            "description": {"type": ["string", "null"], "maxLength": _MAX_DESCRIPTION},
                        },
                    },
                    "example": {"url": "https://example.com/tally", "description": "the data desk"},
                }
            },
        }
    },
)
async def add(request: Request, services: ServicesDep, _: Writer) -> Response:
    """From now on the end of every job is told to this URL. The answer holds the secret, which is not shown again."""
    media_type(request, "application/json")
    body = await read_body(request, limit=_MAX_BODY_BYTES, idle=services.settings.body_timeout)
    url, description = _read(parse_json(body), local=services.settings.webhooks_local)

    identity = uuid4()

    def work(session: Session) -> Webhook:
        return create_webhook(session, url, description, identity=identity)

    try:
        webhook = await run_in_threadpool(run_transaction, services.sessions, work)
    except TooManyWebhooks:
        detail = f"There are {MAX_WEBHOOKS} webhooks, which is the limit; delete one first."
        raise ProblemError(TOO_MANY_WEBHOOKS, detail) from None
    fields = {**_fields(webhook), "secret": webhook.secret}
    headers = {"Location": f"/v1/webhooks/{webhook.id}", "Cache-Control": "no-store"}
    return json_response(CreatedWebhook.model_validate(fields).model_dump(mode="json"), status=201, headers=headers)


@router.get("", response_model=WebhookList, summary="List webhooks")
def list_webhooks(services: ServicesDep, _: Reader) -> Response:
    """All webhooks, the oldest first, without their secrets."""
    webhooks = run_query(services.sessions, webhook_outbox.list_webhooks)
    return json_response({"items": [_out(webhook) for webhook in webhooks], "next": None})


@router.get("/{webhook_id}", response_model=WebhookOut, summary="Read a webhook", responses=declared(NOT_FOUND))
def read_webhook(webhook_id: IdInPath, services: ServicesDep, _: Reader) -> Response:
    """One webhook, without its secret."""
    identity = parse_id(webhook_id, "webhook")
    webhook = run_query(services.sessions, lambda session: webhook_outbox.get_webhook(session, identity))
    if webhook is None:
        raise not_found("webhook", webhook_id)
    return json_response(_out(webhook))


@router.delete("/{webhook_id}", status_code=204, summary="Delete a webhook", responses=declared(NOT_FOUND))
def delete(webhook_id: IdInPath, services: ServicesDep, _: Writer) -> Response:
    """Nothing more is sent to it; what waits for it and its log are deleted too."""
    identity = parse_id(webhook_id, "webhook")
    if not run_change(services.sessions, lambda session: webhook_outbox.delete_webhook(session, identity)):
        raise not_found("webhook", webhook_id)
    return Response(status_code=204)


@router.get(
    "/{webhook_id}/deliveries",
    response_model=DeliveryList,
    summary="See what was delivered",
    responses=declared(NOT_FOUND, VALIDATION_FAILED, INVALID_CURSOR),
)
def list_deliveries(
    request: Request, webhook_id: IdInPath, services: ServicesDep, _: Reader, query: Annotated[DeliveryQuery, Query()]
) -> Response:
    """The deliveries to a webhook, the newest first; those that have ended are kept for 30 days."""
    identity = parse_id(webhook_id, "webhook")
    after = decode_cursor(query.cursor, "deliveries", NEWEST_FIRST)

    def work(session: Session) -> Page[WebhookDelivery] | None:
        if webhook_outbox.get_webhook(session, identity) is None:
            return None
        return webhook_outbox.list_deliveries(session, identity, state=query.state, limit=query.limit, after=after)

    page = run_query(services.sessions, work)
    if page is None:
        raise not_found("webhook", webhook_id)
    return newest_first_response(request, "deliveries", page, _delivery_out)


def _read(given: Any, *, local: bool) -> tuple[str, str | None]:
    """The URL and the description of a request; raises a problem that names every field at fault."""
    if not isinstance(given, dict):
        raise validation_error([FieldError("", "must be an object")], what="webhook")
    errors = [
        FieldError(f"/{name[:100]}", "is not a known field") for name in given if name not in ("url", "description")
    ]
    url, description = given.get("url"), given.get("description")
    if not isinstance(url, str):
        errors.append(FieldError("/url", "must be a string"))
    else:
        try:
            check_url(url, local=local)
        except ValueError as error:
            errors.append(FieldError("/url", str(error)))
    if description is not None and (
        not isinstance(description, str) or len(description) > _MAX_DESCRIPTION or not description.isprintable()
    ):
        errors.append(FieldError("/description", f"must be one line of at most {_MAX_DESCRIPTION} characters"))
    if errors:
        raise validation_error(errors, what="webhook")
    return str(url), description


def _fields(webhook: Webhook) -> dict[str, Any]:
    path = f"/v1/webhooks/{webhook.id}"
    return {
        "id": webhook.id,
        "url": webhook.url,
        "description": webhook.description,
        "created_at": webhook.created_at,
        "links": {"self": path, "deliveries": f"{path}/deliveries"},
    }


def _out(webhook: Webhook) -> dict[str, Any]:
    return WebhookOut.model_validate(_fields(webhook)).model_dump(mode="json")


def _delivery_out(delivery: WebhookDelivery) -> dict[str, Any]:
    pending = delivery.state is DeliveryState.PENDING
    return DeliveryOut(
        message_id=webhook_outbox.message_id(delivery.job_id),
        job_id=delivery.job_id,
        state=delivery.state,
        attempts=delivery.attempts,
        status=delivery.status,
        error=delivery.error,
        next_at=delivery.next_at if pending else None,
        created_at=delivery.created_at,
        ended_at=delivery.ended_at,
    ).model_dump(mode="json")
