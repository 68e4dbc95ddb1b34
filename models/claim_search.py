"""Reading claims: of an article, by id, by search; and counting them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, defer

from models.batch import BatchItem
from models.claim import INDEXED_CHARACTERS, Claim
from models.full_text import matches
from models.pages import Order, Page, fetch_page
from models.words import fold

SORT_KEYS: dict[str, InstrumentedAttribute[Any]] = {
    "created_at": Claim.created_at,
    "published_at": Claim.published_at,
    "value": Claim.amount_low,
}
# A leading minus means descending. Claims without a publication time or a number come last either way.
SORTS = tuple(sign + name for name in SORT_KEYS for sign in ("", "-"))
DEFAULT_SORT = "-created_at"


def by_article(key: InstrumentedAttribute[Any], *, descending: bool) -> Order:
    """By the key; claims that are equal in it come article by article, each in the order of its text."""
    return Order(key=key, id_=Claim.article_id, descending=descending, within=Claim.ordinal)


@dataclass(frozen=True)
class ClaimFilter:
    """Conditions that a claim must all meet; None sets no condition.

    `kind`, `unit`, `currency`, `modality` and `direction` are equal; `publisher` is equal in any case of letters;
    `subject` and `speaker` are contained in any case; all terms of `q` (see `models.words.parse_search`) occur in
    sentence, subject, measure or whole. `min_value` and `max_value` match claims whose extent reaches into that
    interval, in the claim's unit. The `published_*` bounds are inclusive.
    """

    kind: str | None = None
    unit: str | None = None
    currency: str | None = None
    min_value: Decimal | float | None = None
    max_value: Decimal | float | None = None
    q: str | None = None
    speaker: str | None = None
    subject: str | None = None
    modality: str | None = None
    direction: str | None = None
    article_id: UUID | None = None
    batch_id: UUID | None = None
    publisher: str | None = None
    published_from: datetime | None = None
    published_to: datetime | None = None


def get_claim(session: Session, claim_id: UUID) -> Claim | None:
    """The claim with this id, or None."""
    return session.scalar(_claims().where(Claim.id == claim_id))


def article_claims(
    session: Session, article_id: UUID, *, limit: int = 100, after: Sequence[Any] | None = None
) -> Page[Claim]:
    """The claims of an article in text order."""
    statement = _claims().where(Claim.article_id == article_id, of_one_pipeline(article_id))
    order = by_article(Claim.ordinal, descending=False)
    return fetch_page(session, statement, order, limit=limit, after=after)


def of_one_pipeline(article_id: UUID) -> ColumnElement[bool]:
    """True of all claims of the article: whoever stores new ones replaces those of other pipelines.

    Said, it lets pages in text order begin in the unique index of article, pipeline and ordinal.
    """
    twin = aliased(Claim)
    return Claim.pipeline == select(func.max(twin.pipeline)).where(twin.article_id == article_id).scalar_subquery()


def search_claims(
    session: Session,
    filter_: ClaimFilter,
    *,
    sort: str = DEFAULT_SORT,
    limit: int = 100,
    after: Sequence[Any] | None = None,
) -> Page[Claim]:
    """One page of the claims that meet the filter; where the sort leaves it open, article by article in text order.

    Raises ValueError for an unknown sort or a foreign cursor.
    """
    if sort not in SORTS:
        raise ValueError(f"sort must be one of {', '.join(SORTS)}")
    statement = _claims().where(*conditions(filter_))
    order = by_article(SORT_KEYS[sort.removeprefix("-")], descending=sort.startswith("-"))
    return fetch_page(session, statement, order, limit=limit, after=after)


def count_claims(session: Session, filter_: ClaimFilter | None = None) -> int:
    """How many claims meet the filter."""
    statement = select(func.count()).select_from(Claim).where(*conditions(filter_ or ClaimFilter()))
    return session.scalar(statement) or 0


def _claims() -> Select[Claim]:
    return select(Claim).options(defer(Claim.search_text, raiseload=True))


def conditions(wanted: ClaimFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions on the claims table."""
    return [*_equalities(wanted), *_ranges(wanted), *_contents(wanted)]


def _equalities(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    for name in ("kind", "currency", "modality", "direction", "article_id"):
        value = getattr(wanted, name)
        if value is not None:
            yield getattr(Claim, name) == value
    if wanted.unit is not None:
        yield Claim.unit == wanted.unit[:INDEXED_CHARACTERS]
    if wanted.publisher is not None:
        yield Claim.publisher_folded == fold(wanted.publisher)[:INDEXED_CHARACTERS]
    if wanted.batch_id is not None:
        yield Claim.article_id.in_(select(BatchItem.article_id).where(BatchItem.batch_id == wanted.batch_id))


def _ranges(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.min_value is not None:
        yield Claim.amount_high >= float(wanted.min_value)
    if wanted.max_value is not None:
        yield Claim.amount_low <= float(wanted.max_value)
    if wanted.published_from is not None:
        yield Claim.published_at >= wanted.published_from
    if wanted.published_to is not None:
        yield Claim.published_at <= wanted.published_to


def _contents(wanted: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.subject is not None:
        yield Claim.subject_folded.contains(fold(wanted.subject), autoescape=True)
    if wanted.speaker is not None:
        yield Claim.speaker_folded.contains(fold(wanted.speaker), autoescape=True)
    if wanted.q is not None and wanted.q.strip():
        yield from matches(wanted.q)
