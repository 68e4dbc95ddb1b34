"""Counting claims by what they say, in one pass over those that meet a filter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.claim import Claim
from models.claim_search import ClaimFilter, conditions


@dataclass(frozen=True)
class Count:
    """How many claims have this value; `value` is None for those that have none."""

    value: str | None
    claims: int


@dataclass(frozen=True)
class ClaimStats:
    """Counts of the claims that meet a filter: the most frequent values first, days the latest first."""

    claims: int
    articles: int
    kinds: list[Count]
    currencies: list[Count]
    speakers: list[Count]
    days: list[Count]


# Every kind of claim and every currency has its place in the answer, however small the limit.
_WHOLE = 500
# A speaker that the article gives no name, only one of these, says nothing beside those of other articles.
_PRONOUNS = (
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "who",
    "this",
    "that",
    "one",
    "both",
    "some",
    "many",
    "others",
)


def claim_stats(session: Session, filter_: ClaimFilter | None = None, *, limit: int = 100) -> ClaimStats:
    """Counts by kind, currency, speaker and day (of publication, else of extraction, in UTC).

    Pronouns count as no speaker. Of speakers the `limit` most frequent are counted, of days the `limit` latest.
    """
    speaker = case((func.lower(Claim.speaker).in_(_PRONOUNS), null()), else_=Claim.speaker).label("speaker")
    slim = (
        select(Claim.article_id, Claim.kind, Claim.currency, speaker, _day(session).label("day"))
        .where(*conditions(filter_ or ClaimFilter()))
        # Once, whatever the planner thinks: the rows of the table are wide, these are not.
        .cte("slim")
        .prefix_with("MATERIALIZED")
    )
    columns = slim.c
    totals = select(
        literal("total").label("part"),
        null().label("value"),
        func.count().label("claims"),
        func.count(columns.article_id.distinct()).label("articles"),
    ).select_from(slim)
    parts = [
        _group("kind", columns.kind, _WHOLE),
        _group("currency", columns.currency, _WHOLE),
        _group("speaker", columns.speaker, limit),
        _group("day", columns.day, limit, latest=True),
    ]
    union: CompoundSelect[Any] = union_all(totals, *parts)
    rows = session.execute(union).all()
    counts = {
        part: [Count(row.value, row.claims) for row in rows if row.part == part]
        for part in ("kind", "currency", "speaker", "day")
    }
    total = next(row for row in rows if row.part == "total")
    return ClaimStats(
        claims=total.claims,
        articles=total.articles,
        kinds=_most_frequent(counts["kind"]),
        currencies=_most_frequent(counts["currency"]),
        speakers=_most_frequent(counts["speaker"]),
        days=sorted(counts["day"], key=lambda count: count.value or "", reverse=True),
    )


def _group(part: str, column: ColumnElement[Any], limit: int, *, latest: bool = False) -> Select[Any]:
    value = cast(column, String).label("value")
    number = func.count().label("claims")
    order = (value.desc(),) if latest else (number.desc(), value)
    counted = select(value, number).group_by(value).order_by(*order).limit(limit).subquery()
    return select(literal(part), counted.c.value, counted.c.claims, literal(0))


def _most_frequent(counts: list[Count]) -> list[Count]:
    return sorted(counts, key=lambda count: (-count.claims, count.value is None, count.value or ""))


def _day(session: Session) -> ColumnElement[Any]:
    moment = func.coalesce(Claim.published_at, Claim.created_at)
    if session.get_bind().dialect.name == "sqlite":
        return func.date(moment)
    return cast(func.timezone("UTC", moment), Date)
