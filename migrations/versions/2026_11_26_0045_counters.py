"""Counters of what happens in all processes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "a3e8b71c90d4"
down_revision = "5d1c0f6e7a42"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=32), nullable=False),
        sa.Column("shard", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", "label", "shard", name=op.f("pk_counters")),
    )


def downgrade() -> None:
    op.drop_table("counters")
