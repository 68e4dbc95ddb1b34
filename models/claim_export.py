"""Reading many claims: in pages of plain rows, each in a transaction of its own, so that memory stays bounded.

A cursor of the database would hold a connection and its snapshot for as long as the slowest client reads. A page by
key holds neither, and the rows that come or go in between move nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.article import Article
from models.claim import Claim
from models.claim_search import DEFAULT_SORT, SORT_KEYS, ClaimFilter, by_article, conditions, of_one_pipeline
from models.pages import Page, fetch_row_page
from models.session import Sessions, run_query

TEXT_ORDER = "ordinal"
_KEYS: dict[str, InstrumentedAttribute[Any]] = {**SORT_KEYS, TEXT_ORDER: Claim.ordinal}

# Rows held in memory at once: some megabytes.
CHUNK = 1000


@dataclass(frozen=True, slots=True)
class ExportedClaim:
    """A claim as JSON text, just as it is stored, with what its row and its article say beside it."""

    id: UUID
    article_id: UUID
    data: str
    created_at: datetime
    published_at: datetime | None
    publisher: str | None
    title: str | None
    url: str | None


def export_page(
    session: Session,
    filter_: ClaimFilter,
    *,
    sort: str = DEFAULT_SORT,
    limit: int = CHUNK,
    after: Sequence[Any] | None = None,
) -> Page[ExportedClaim]:
    """As `search_claims`, also in the order of the text (`ordinal`). Raises ValueError for a foreign cursor."""
    key = _KEYS[sort.removeprefix("-")]
    columns = (Claim.id, Claim.article_id, Claim.ordinal, Claim.created_at, Claim.published_at, Claim.publisher)
    extra = () if any(key is column for column in columns) else (key,)
    statement = select(*columns, cast(Claim.data, Text).label("data"), *extra).where(*conditions(filter_))
    if sort == TEXT_ORDER and filter_.article_id is not None:
        statement = statement.where(of_one_pipeline(filter_.article_id))
    order = by_article(key, descending=sort.startswith("-"))
    page = fetch_row_page(session, statement, order, limit=limit, after=after)
    articles = _articles(session, {row.article_id for row in page.items})
    return Page(
        [
            ExportedClaim(
                id=row.id,
                article_id=row.article_id,
                data=row.data,
                created_at=row.created_at,
                published_at=row.published_at,
                publisher=row.publisher,
                title=articles[row.article_id][0],
                url=articles[row.article_id][1],
            )
            for row in page.items
            # An article that is being erased takes its claims with it.
            if row.article_id in articles
        ],
        page.next,
    )


def export_pages(
    sessions: Sessions,
    filter_: ClaimFilter,
    *,
    sort: str = DEFAULT_SORT,
    after: Sequence[Any] | None = None,
    chunk: int = CHUNK,
) -> Iterator[list[ExportedClaim]]:
    """All claims that meet the filter, from a cursor on, page by page, each in a transaction of its own."""
    while True:
        read = partial(export_page, filter_=filter_, sort=sort, limit=chunk, after=after)
        page = run_query(sessions, read)
        yield page.items
        if page.next is None:
            return
        after = page.next


def _articles(session: Session, ids: set[UUID]) -> dict[UUID, tuple[str | None, str | None]]:
    rows = session.execute(select(Article.id, Article.title, Article.url).where(Article.id.in_(ids)))
    return {row.id: (row.title, row.url) for row in rows}
