"""How Alembic runs the migrations: on the connection it is given, else on the database of TALLY_DATABASE_URL."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text

import models
from migrations import connect
from models.base import UtcDateTime
from models.full_text import INDEX_PREFIX

# Any number that nothing else on the server uses as an advisory lock.
LOCK_KEY = 7_305_804_402_517


def render_type(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """Migrations spell out our column types: they must not change when the models do."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def is_in_models(name: str | None, kind: str, _parents: Any) -> bool:
    """The full text index is not compared with the models: each database has one of its own kind."""
    return kind not in ("table", "index") or name is None or not name.startswith(INDEX_PREFIX)


def run_migrations(connection: Connection) -> None:
    """Runs the command in one transaction, alone: on SQLite BEGIN IMMEDIATE is the lock."""
    context.configure(
        connection=connection,
        target_metadata=models.Base.metadata,
        render_as_batch=True,
        # Alembic believes that SQLite can't roll back a table definition. It can, as we send BEGIN ourselves.
        transactional_ddl=True,
        render_item=render_type,
        include_name=is_in_models,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
        context.run_migrations()


def main() -> None:
    """Finds the connection. Raises SystemExit when there is none to be found."""
    if context.is_offline_mode():
        raise SystemExit("migrations need a database: --sql is not supported")
    connection = context.config.attributes.get("connection")
    if connection is not None:
        run_migrations(connection)
        return
    url = os.environ.get("TALLY_DATABASE_URL")
    if not url:
        raise SystemExit("set TALLY_DATABASE_URL to the database to migrate")
    with connect(url) as own:
        run_migrations(own)


main()
