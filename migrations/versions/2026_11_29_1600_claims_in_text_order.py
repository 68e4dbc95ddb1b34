"""Claims that are equal in what they are sorted by come article by article: the indexes of the lists hold the article.

Before, they held the claim's id, which is as good as random. The new ones are smaller, because the claims of an article
that were stored together are equal in them.
"""

from __future__ import annotations

from alembic import op

revision = "5d08c7a1f3e2"
down_revision = "e92b4f0a6d13"
branch_labels = None
depends_on = None

_KEYS = (
    ("created_at",),
    ("published_at",),
    ("amount_low",),
    ("kind", "created_at"),
    ("unit", "amount_low"),
)


def upgrade() -> None:
    _replace("id", "article_id")


def downgrade() -> None:
    _replace("article_id", "id")


def _replace(old: str, new: str) -> None:
    for key in _KEYS:
        op.drop_index(_name(*key, old), "claims")
        op.create_index(_name(*key, new), "claims", [*key, new])


def _name(*columns: str) -> str:
    return "ix_claims_" + "_".join(columns)
