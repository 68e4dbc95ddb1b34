"""Claims that are equal in what they are sorted by come article by article: the indexes of the lists hold the article.

Before, they held the claim's id, which is as good as random. Those of a time also hold the place in the article: all
claims of an article may share it, and a page must not read them all.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5d08c7a1f3e2"
down_revision = "b7412e9ac05d"
branch_labels = None
depends_on = None

_OLD = (
    ("created_at", "id"),
    ("published_at", "id"),
    ("amount_low", "id"),
    ("kind", "created_at", "id"),
    ("unit", "amount_low", "id"),
)
_NEW = (
    ("created_at", "article_id", "ordinal"),
    ("published_at", "article_id", "ordinal"),
    ("amount_low", "article_id"),
    ("kind", "created_at", "article_id", "ordinal"),
    ("unit", "amount_low", "article_id"),
)


def upgrade() -> None:
    _replace(_OLD, _NEW)


def downgrade() -> None:
    _replace(_NEW, _OLD)


def _replace(old: tuple[tuple[str, ...], ...], new: tuple[tuple[str, ...], ...]) -> None:
    # PostgreSQL keeps readers out from the first index that is dropped until the end of the transaction.
    for columns in new:
        # Backwards, as the newest claims are listed, an index gives the places of an article in their order.
        op.create_index(_name(columns), "claims", [sa.text("ordinal DESC") if c == "ordinal" else c for c in columns])
    for columns in old:
        op.drop_index(_name(columns), "claims")


def _name(columns: tuple[str, ...]) -> str:
    return "ix_claims_" + "_".join(columns)
