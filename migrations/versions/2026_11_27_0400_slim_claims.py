"""Of a claim only what searches use stands beside its JSON; its job is no foreign key, because its article is one.

PostgreSQL drops columns without touching rows: however many claims there are, the table is locked for a moment, once
every transaction that uses it has ended. SQLite copies the table. The way back writes all claims anew on both.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "e92b4f0a6d13"
down_revision = "c41d7e5b2f08"
branch_labels = None
depends_on = None

# The columns that go: their type, where `data` holds the same, and whether every claim has one.
_COLUMNS: dict[str, tuple[Any, tuple[str, ...], bool]] = {
    "shape": (sa.String(length=32), ("shape",), True),
    "text": (sa.Text(), ("text",), True),
    "start_offset": (sa.Integer(), ("start",), True),
    "end_offset": (sa.Integer(), ("end",), True),
    "value": (sa.Text(), ("value",), False),
    "low": (sa.Text(), ("low",), False),
    "high": (sa.Text(), ("high",), False),
    "per_unit": (sa.Text(), ("per", "unit"), False),
    "subject": (sa.Text(), ("subject", "text"), False),
    "measure": (sa.Text(), ("measure", "text"), False),
    "of_text": (sa.Text(), ("of", "text"), False),
    "sentence": (sa.Text(), ("sentence", "text"), True),
}
_CLAIMS = sa.table("claims", sa.column("data", sa.JSON()), sa.column("job_id"), *map(sa.column, _COLUMNS))
_JOBS = sa.table("jobs", sa.column("id"))
_FOREIGN_KEY = "fk_claims_job_id_jobs"


def upgrade() -> None:
    with op.batch_alter_table("claims") as claims:
        claims.drop_index("ix_claims_job_id")
        claims.drop_constraint(_FOREIGN_KEY, type_="foreignkey")
        for name in _COLUMNS:
            claims.drop_column(name)
    _index_again()


def downgrade() -> None:
    # What the foreign key would have taken along.
    op.execute(_CLAIMS.delete().where(_CLAIMS.c.job_id.not_in(sa.select(_JOBS.c.id))))
    with op.batch_alter_table("claims") as claims:
        for name, (kind, _, _) in _COLUMNS.items():
            claims.add_column(sa.Column(name, kind, nullable=True))
        claims.create_foreign_key(_FOREIGN_KEY, "jobs", ["job_id"], ["id"], ondelete="CASCADE")
        claims.create_index("ix_claims_job_id", ["job_id"])
    # What PostgreSQL has still to check of rows that are changed would keep it from changing the table.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute(_CLAIMS.update().values({name: _in_data(*column) for name, column in _COLUMNS.items()}))
    with op.batch_alter_table("claims") as claims:
        for name, (kind, _, needed) in _COLUMNS.items():
            if needed:
                claims.alter_column(name, existing_type=kind, nullable=False)
    _index_again()


def _in_data(kind: Any, path: tuple[str, ...], needed: bool) -> sa.ColumnElement[Any]:
    found: Any = _CLAIMS.c.data[path]
    if isinstance(kind, sa.Integer):
        return sa.type_coerce(found.as_integer(), kind)
    # A claim without a sentence had an empty one.
    return sa.func.coalesce(found.as_string(), "") if needed else sa.type_coerce(found.as_string(), kind)


def _index_again() -> None:
    """SQLite has made the table anew: the full text index needs its triggers and the new row ids."""
    if op.get_bind().dialect.name == "postgresql":
        return
    insert = "INSERT INTO claims_search(rowid, search_text) VALUES (new.rowid, new.search_text);"
    delete = (
        "INSERT INTO claims_search(claims_search, rowid, search_text) VALUES ('delete', old.rowid, old.search_text);"
    )
    op.execute(f"CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN {insert} END")
    op.execute(f"CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN {delete} END")
    op.execute(f"CREATE TRIGGER claims_search_update AFTER UPDATE OF search_text ON claims BEGIN {delete} {insert} END")
    op.execute("INSERT INTO claims_search(claims_search) VALUES ('rebuild')")
