"""Pages by key: each begins after the last row of the one before, so rows that come and go in between move nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import UtcDateTime

T = TypeVar("T")

# The sort key and the id of the last row of a page, as JSON scalars: times and ids are strings.
Cursor = tuple[str | float | int | None, ...]

MAX_PAGE = 500


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and where the next page begins: pass `next` as `after`; None on the last page."""

    items: list[T]
    next: Cursor | None


def fetch_page(
    session: Session,
    statement: Select[T],
    *,
    key: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    limit: int,
    after: Sequence[Any] | None,
) -> Page[T]:
    """One page of `statement` in the order of (key, id); rows without a key come last in both directions.

    Raises ValueError when `after` is not the cursor of such a list or `limit` is not in 1..500.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise ValueError(f"limit must be between 1 and {MAX_PAGE}")
    rows = _rows(session.scalars, statement, key, id_, descending, limit + 1, after)
    items = rows[:limit]
    return Page(items, _cursor(items[-1], key, id_) if len(rows) > limit else None)


def fetch_row_page(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    *,
    key: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    limit: int,
    after: Sequence[Any] | None,
) -> Page[Row[*tuple[Any, ...]]]:
    """As `fetch_page`, for a statement that selects columns, `key` and `id_` among them, and of any `limit`."""
    rows = _rows(session.execute, statement, key, id_, descending, limit + 1, after)
    items = rows[:limit]
    return Page(items, _cursor(items[-1], key, id_) if len(rows) > limit else None)


def _rows(
    read: Callable[[Any], Iterable[Any]],
    statement: Select[Any],
    key: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    wanted: int,
    after: Sequence[Any] | None,
) -> list[Any]:
    last = None if after is None else _parse_cursor(after, key)
    rows: list[Any] = []
    # Two plain queries rather than NULLS LAST: each can follow an index in either direction.
    if last is None or last[0] is not None:
        rows += read(_keyed(statement, key, id_, descending, last).limit(wanted))
    if key.expression.nullable and len(rows) < wanted:
        after_id = last[1] if last is not None and last[0] is None else None
        rows += read(_unkeyed(statement, key, id_, descending, after_id).limit(wanted - len(rows)))
    return rows


def _keyed(
    statement: Select[T],
    key: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    last: tuple[Any, UUID] | None,
) -> Select[T]:
    order = (key.desc(), id_.desc()) if descending else (key.asc(), id_.asc())
    statement = statement.where(key.is_not(None)).order_by(*order)
    if last is None:
        return statement
    row = tuple_(key, id_)
    return statement.where(row < last if descending else row > last)


def _unkeyed(
    statement: Select[T],
    key: InstrumentedAttribute[Any],
    id_: InstrumentedAttribute[UUID],
    descending: bool,
    last: UUID | None,
) -> Select[T]:
    statement = statement.where(key.is_(None)).order_by(id_.desc() if descending else id_.asc())
    if last is None:
        return statement
    return statement.where(id_ < last if descending else id_ > last)


def _cursor(row: Any, key: InstrumentedAttribute[Any], id_: InstrumentedAttribute[UUID]) -> Cursor:
    value = getattr(row, key.key)
    return (value.isoformat() if isinstance(value, datetime) else value, str(getattr(row, id_.key)))


def _parse_cursor(after: Sequence[Any], key: InstrumentedAttribute[Any]) -> tuple[Any, UUID]:
    """The key and id that a cursor holds; values that are parsed already are taken as they are."""
    try:
        value, row_id = after
        return _parse_key(value, key), row_id if isinstance(row_id, UUID) else UUID(row_id)
    except (TypeError, ValueError, AttributeError) as error:
        raise ValueError("not a cursor of this list") from error


def _parse_key(value: Any, key: InstrumentedAttribute[Any]) -> Any:
    if value is None and key.expression.nullable:
        return None
    if not isinstance(key.type, UtcDateTime):
        return int(value) if key.type.python_type is int else float(value)
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError("a time without its zone")
    return moment
