"""A search for words finds claims by what they say, no longer by the title of their article: `search_text` without it.

The words of claims whose article has a title are written anew; the full text index follows by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

# Not a copy: should the words change, a later migration writes them all anew, and this one may write the new ones.
from models.words import searchable

revision = "b7412e9ac05d"
down_revision = "e92b4f0a6d13"
branch_labels = None
depends_on = None

_ROWS = 2000
_CLAIMS = sa.table(
    "claims",
    sa.column("id", sa.Uuid()),
    sa.column("article_id", sa.Uuid()),
    sa.column("search_text", sa.Text()),
    sa.column("data", sa.JSON()),
)
_ARTICLES = sa.table("articles", sa.column("id", sa.Uuid()), sa.column("title", sa.Text()))
_PARTS = (("subject", "text"), ("subject", "resolved"), ("measure", "text"), ("of", "text"))


def upgrade() -> None:
    _rewrite(lambda data, _title: searchable((*_words(data), _part(data, "sentence", "text"))))


def downgrade() -> None:
    _rewrite(lambda data, title: searchable((*_words(data), title, _part(data, "sentence", "text"))))


def _words(data: dict[str, Any]) -> list[str | None]:
    return [_part(data, *part) for part in _PARTS]


def _part(data: dict[str, Any], name: str, key: str) -> str | None:
    return (data.get(name) or {}).get(key)


def _rewrite(text_of: Callable[[dict[str, Any], str], str]) -> None:
    """Write `search_text` of the claims whose article has a title, a part at a time."""
    connection = op.get_bind()
    titled = (
        sa.select(_CLAIMS.c.id, _CLAIMS.c.data, _ARTICLES.c.title)
        .join(_ARTICLES, _ARTICLES.c.id == _CLAIMS.c.article_id)
        .where(_ARTICLES.c.title.is_not(None))
        .order_by(_CLAIMS.c.id)
        .limit(_ROWS)
    )
    change = _CLAIMS.update().where(_CLAIMS.c.id == sa.bindparam("of_id")).values(search_text=sa.bindparam("words"))
    after = UUID(int=0)
    while rows := connection.execute(titled.where(_CLAIMS.c.id > after)).all():
        connection.execute(change, [{"of_id": row.id, "words": text_of(row.data, row.title)} for row in rows])
        after = rows[-1].id
