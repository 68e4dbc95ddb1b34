"""Pages by key: each begins after the last row of the one before, so rows that come and go in between move nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.base import UtcDateTime

T = TypeVar("T")

# The sort key and the id of the last row of a page (and its place within rows that share both, where the list has
# such), as JSON scalars: times and ids are strings.
Cursor = tuple[str | float | int | None, ...]

MAX_PAGE = 500


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and where the next page begins: pass `next` as `after`; None on the last page."""

    items: list[T]
    next: Cursor | None


@dataclass(frozen=True, kw_only=True)
class Order:
    """By key and id in one direction; rows without a key come last in both.

    Rows that may share key and id are told apart by `within`, which goes from 0 upwards whatever the direction.
    """

    key: InstrumentedAttribute[Any]
    id_: InstrumentedAttribute[UUID]
    descending: bool
    within: InstrumentedAttribute[int] | None


def fetch_page(
    session: Session, statement: Select[T], order: Order, *, limit: int, after: Sequence[Any] | None
) -> Page[T]:
    """One page of `statement` in this order.

    Raises ValueError when `after` is not the cursor of such a list or `limit` is not in 1..500.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise ValueError(f"limit must be between 1 and {MAX_PAGE}")
    return _page(session.scalars, statement, order, limit, after)


def fetch_row_page(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    order: Order,
    *,
    limit: int,
    after: Sequence[Any] | None,
) -> Page[Row[*tuple[Any, ...]]]:
    """As `fetch_page`, for a statement that selects columns, those of the order among them, and of any `limit`."""
    return _page(session.execute, statement, order, limit, after)


def _page(
    read: Callable[[Any], Iterable[Any]],
    statement: Select[Any],
    order: Order,
    limit: int,
    after: Sequence[Any] | None,
) -> Page[Any]:
    rows = _rows(read, statement, order, limit + 1, after)
    items = rows[:limit]
    return Page(items, _cursor(items[-1], order) if len(rows) > limit else None)


def _rows(
    read: Callable[[Any], Iterable[Any]],
    statement: Select[Any],
    order: Order,
    wanted: int,
    after: Sequence[Any] | None,
) -> list[Any]:
    last = None if after is None else _parse_cursor(after, order)
    rows: list[Any] = []
    # The key itself could tell the place: then no row but the last one shares both with it.
    if last is not None and order.within is not None and order.within is not order.key:
        rows += read(_rest_of_same(statement, order, order.within, last).limit(wanted))
    # Two plain queries rather than NULLS LAST: each can follow an index in either direction.
    if len(rows) < wanted and (last is None or last[0] is not None):
        keyed = statement.where(order.key.is_not(None))
        rows += _behind(read, keyed, order, (order.key, order.id_), wanted - len(rows), last)
    if order.key.expression.nullable and len(rows) < wanted:
        unkeyed = statement.where(order.key.is_(None))
        behind = None if last is None or last[0] is not None else last[1:]
        rows += _behind(read, unkeyed, order, (order.id_,), wanted - len(rows), behind)
    return rows


def _behind(
    read: Callable[[Any], Iterable[Any]],
    statement: Select[Any],
    order: Order,
    columns: Sequence[InstrumentedAttribute[Any]],
    wanted: int,
    last: Sequence[Any] | None,
) -> list[Any]:
    """The rows behind all those that have the values `last` in these columns, in order."""
    if order.descending or order.within is None or order.within is order.key:
        return list(read(_sorted(statement, order, columns, last, order.within).limit(wanted)))
    # No index ascends by key, id and place: read forwards, those of a time hold the places backwards. So the rows come
    # without regard to the place, and only of the last key and id, which may have more rows, the first are asked for.
    rows: list[Any] = []
    while len(rows) < wanted:
        found = list(read(_sorted(statement, order, columns, last, None).limit(wanted - len(rows))))
        groups = [list(group) for _, group in groupby(found, key=attrgetter(order.key.key, order.id_.key))]
        cut = groups.pop() if len(rows) + len(found) == wanted else None
        for group in groups:
            rows += sorted(group, key=attrgetter(order.within.key))
        if cut is None:
            break
        same = (getattr(cut[0], order.key.key), getattr(cut[0], order.id_.key))
        rows += read(_rest_of_same(statement, order, order.within, (*same, -1)).limit(wanted - len(rows)))
        # Where some of them were erased in between, the page goes on behind them.
        last = same[-len(columns) :]
    return rows


def _sorted(
    statement: Select[Any],
    order: Order,
    columns: Sequence[InstrumentedAttribute[Any]],
    last: Sequence[Any] | None,
    within: InstrumentedAttribute[int] | None,
) -> Select[Any]:
    if last is not None:
        row, values = tuple_(*columns), tuple(last[: len(columns)])
        statement = statement.where(row < values if order.descending else row > values)
    # The key also where it is null: PostgreSQL sees no other way that the index has the order.
    by = [column.desc() if order.descending else column.asc() for column in (order.key, order.id_)]
    return statement.order_by(*by, *(() if within is None else (within.asc(),)))


def _rest_of_same(
    statement: Select[Any], order: Order, within: InstrumentedAttribute[int], last: Sequence[Any]
) -> Select[Any]:
    """The rows that share key and id with the last one: asked for alone, an index can begin right behind it."""
    key, row_id, place = last
    # `==` with None is IS NULL. Key and id are the same in all: they descend as the indexes have it backwards.
    same = statement.where(order.key == key, order.id_ == row_id, within > place)
    return same.order_by(order.key.desc(), order.id_.desc(), within.asc())


def _cursor(row: Any, order: Order) -> Cursor:
    value = getattr(row, order.key.key)
    place = () if order.within is None else (getattr(row, order.within.key),)
    return (value.isoformat() if isinstance(value, datetime) else value, str(getattr(row, order.id_.key)), *place)


def _parse_cursor(after: Sequence[Any], order: Order) -> tuple[Any, ...]:
    """The values that a cursor holds; those that are parsed already are taken as they are."""
    try:
        value, row_id, *place = after
        if len(place) != (order.within is not None):
            raise ValueError("of another length")
        identity = row_id if isinstance(row_id, UUID) else UUID(row_id)
        return (_parse_key(value, order.key), identity, *map(int, place))
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
