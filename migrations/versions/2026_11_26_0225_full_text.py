"""Full text search: `claims.search_text` holds words, and each database indexes them in its own way.

On SQLite the index is an FTS5 table over the row ids of `claims`, kept in step by triggers. A later migration that
replaces the table `claims` there (a batch operation) must make the triggers again and run
``INSERT INTO claims_search(claims_search) VALUES ('rebuild')``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

# Not a copy: should the words change, a later migration writes them all anew, and this one may write the new ones.
from models.words import fold, searchable

revision = "c41d7e5b2f08"
down_revision = "a3e8b71c90d4"
branch_labels = None
depends_on = None

_ROWS = 2000
_TEXTS = (
    sa.text(
        "SELECT c.id, c.sentence, c.subject, c.measure, c.of_text, a.title FROM claims c "
        "JOIN articles a ON a.id = c.article_id WHERE c.id > :after ORDER BY c.id LIMIT :rows"
    )
    .bindparams(sa.bindparam("after", type_=sa.Uuid()))
    .columns(id=sa.Uuid())
)
_CLAIMS = sa.table("claims", sa.column("id", sa.Uuid()), sa.column("search_text", sa.Text()))


def upgrade() -> None:
    _rewrite(lambda texts: searchable((texts.subject, texts.measure, texts.of_text, texts.title, texts.sentence)))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX claims_search ON claims USING gin (array_to_tsvector(string_to_array(search_text, ' ')))"
        )
        return
    # Tally has split the text into words: only what stands between the spaces is to be indexed, as it is.
    op.execute(
        "CREATE VIRTUAL TABLE claims_search USING fts5(search_text, content='claims', content_rowid='rowid', "
        "tokenize=\"ascii tokenchars '.'\", detail=none, columnsize=0)"
    )
    op.execute("INSERT INTO claims_search(claims_search) VALUES ('rebuild')")
    insert = "INSERT INTO claims_search(rowid, search_text) VALUES (new.rowid, new.search_text);"
    delete = (
        "INSERT INTO claims_search(claims_search, rowid, search_text) VALUES ('delete', old.rowid, old.search_text);"
    )
    op.execute(f"CREATE TRIGGER claims_search_insert AFTER INSERT ON claims BEGIN {insert} END")
    op.execute(f"CREATE TRIGGER claims_search_delete AFTER DELETE ON claims BEGIN {delete} END")
    op.execute(f"CREATE TRIGGER claims_search_update AFTER UPDATE OF search_text ON claims BEGIN {delete} {insert} END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX claims_search")
    else:
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER claims_search_{event}")
        op.execute("DROP TABLE claims_search")
    _rewrite(
        lambda texts: fold(
            "\n".join(filter(None, (texts.sentence, texts.subject, texts.measure, texts.of_text, texts.title)))
        )
    )


def _rewrite(text_of: Callable[[Any], str]) -> None:
    """Write `search_text` of all claims, a part at a time."""
    connection = op.get_bind()
    change = _CLAIMS.update().where(_CLAIMS.c.id == sa.bindparam("of_id")).values(search_text=sa.bindparam("words"))
    after = UUID(int=0)
    while rows := connection.execute(_TEXTS, {"after": after, "rows": _ROWS}).all():
        connection.execute(change, [{"of_id": row.id, "words": text_of(row)} for row in rows])
        after = rows[-1].id
