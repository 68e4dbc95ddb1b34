"""Lists: opaque cursors, and the parameters that every list shares.

A cursor is base64url JSON: the list it belongs to, its order, and the sort key and id of the last row (of claims the
id of the article and the place within it). It is checked in every part, because a client can write one.
"""

import base64
import binascii
import json
import math
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from starlette.responses import Response

from api.problems import INVALID_CURSOR, FieldError, ProblemError
from models.pages import MAX_PAGE, Cursor, Page

T = TypeVar("T")

NEWEST_FIRST = "-created_at"
After = tuple[datetime | float | int | None, UUID] | tuple[datetime | float | int | None, UUID, int]


class QueryParameters(BaseModel):
    """Query parameters of an endpoint: unknown ones are refused, empty ones are taken as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, given: Any) -> Any:
        return {name: value for name, value in given.items() if value != ""} if isinstance(given, Mapping) else given

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_null_characters(cls, value: Any) -> Any:
        if isinstance(value, str) and "\x00" in value:
            raise ValueError("holds U+0000")
        return value


class PageQuery(QueryParameters):
    """How much of a list to send, and from where on."""

    limit: int = Field(default=50, ge=1, le=MAX_PAGE, description="items on a page")
    cursor: str | None = Field(default=None, max_length=500, description="`next` of the page before")


def encode_cursor(name: str, order: str, position: Cursor) -> str:
    """The opaque form of a position in the list ``name`` that is sorted by ``order``."""
    content = json.dumps([name, order, *position], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode_cursor(cursor: str | None, name: str, order: str, *, within: bool = False) -> After | None:
    """The position that a cursor stands for; raises a 422 problem when it is not one of this list in this order.

    ``within``: whether rows of this list may share key and id, so that a cursor also has the place among them.
    """
    if cursor is None:
        return None
    try:
        content = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        list_name, list_order, key, row_id, *place = content
        if (list_name, list_order, len(place)) != (name, order, within):
            raise ValueError("a cursor of another list")
        position = _key(key, order), UUID(row_id)
        return (*position, _place(place[0])) if within else position
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError, binascii.Error):
        detail = "The cursor is not one that this list gave out, or the sort order has changed since."
        error = FieldError("/cursor", "is not a cursor of this list", "query")
        raise ProblemError(INVALID_CURSOR, detail, errors=[error]) from None


def _key(value: object, order: str) -> datetime | float | int | None:
    match order.removeprefix("-"):
        case "ordinal":
            return _place(value)
        case "value" if value is None:
            return None
        case "value" if isinstance(value, int | float) and math.isfinite(float(value)):
            return float(value)
        case "published_at" if value is None:
            return None
        case "created_at" | "published_at" if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
    raise ValueError("not a key of this order")


def _place(value: object) -> int:
    if isinstance(value, int) and 0 <= value < 2**31:
        return value
    raise ValueError("not a place among claims")


def newest_first_response(request: Request, name: str, page: Page[T], show: Callable[[T], Any]) -> Response:
    """A page of the list ``name`` in the order ``NEWEST_FIRST``, its rows as JSON values by ``show``."""
    next_cursor = encode_cursor(name, NEWEST_FIRST, page.next) if page.next else None
    return page_response(request, map(show, page.items), next_cursor)


def page_response(request: Request, items: Iterable[Any], next_cursor: str | None) -> Response:
    """``{"items": [...], "next": ...}`` with a ``Link`` to the next page; the items are JSON values."""
    body = {"items": list(items), "next": next_cursor}
    return json_response(body, headers={} if next_cursor is None else {"Link": next_link(request, next_cursor)})


def next_page(request: Request, next_cursor: str) -> str:
    """Where the next page is: the same query with another cursor."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    query.append(("cursor", next_cursor))
    return f"{request.url.path}?{urlencode(query)}"


def next_link(request: Request, next_cursor: str) -> str:
    """The value of the ``Link`` header that leads to the next page."""
    return f'<{next_page(request, next_cursor)}>; rel="next"'


def json_response(body: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response; ``body`` is a JSON value."""
    content = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return Response(content, status_code=status, headers=dict(headers or {}), media_type="application/json")
