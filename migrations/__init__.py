"""Bringing a database to the schema of this version, and telling whether it is there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from models.session import create_database_engine, is_unavailable, unavailable

__all__ = ["DatabaseIsNewer", "connect", "current_head", "downgrade", "is_current", "make_config", "upgrade"]

# Alembic keeps its context in module globals, so one process can run one migration at a time.
_one_at_a_time = threading.Lock()

_IS_NEWER = "this database is of a newer Tally: upgrade this one, or restore the backup from before the upgrade"

# A migration may rewrite a large table, and a second one waits for the first.
_SQLITE_WAIT_SECONDS = 120


class DatabaseIsNewer(ValueError):
    """The database is at a revision that this version of Tally does not know."""


def upgrade(url: str) -> None:
    """Brings the database to the newest revision; does nothing when it is there already.

    Several processes may call it at the same moment: one migrates, the others wait for it. All or nothing: a failed
    migration leaves the schema as it was. Raises DatabaseUnavailable when the database cannot be reached,
    ValueError for an unusable URL, and DatabaseIsNewer, which is one too.
    """
    try:
        with _one_at_a_time, connect(url) as connection:
            command.upgrade(make_config(connection), "head")
    except DBAPIError as error:
        if is_unavailable(error):
            raise unavailable(error) from error
        raise
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):
            raise DatabaseIsNewer(_IS_NEWER) from error
        raise


def downgrade(url: str, revision: str) -> None:
    """Takes the database back to a revision, `base` being the empty database."""
    with _one_at_a_time, connect(url) as connection:
        command.downgrade(make_config(connection), revision)


@lru_cache(maxsize=1)
def current_head() -> str:
    """The newest revision of this version of Tally."""
    head = ScriptDirectory.from_config(make_config()).get_current_head()
    if head is None:
        raise RuntimeError("there are no migrations")
    return head


def is_current(engine: Engine) -> bool:
    """Whether the database is at the newest revision. Raises SQLAlchemy's errors when it can't be reached."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads() == (current_head(),)


def make_config(connection: Connection | None = None) -> Config:
    """The Alembic configuration; the commands run with it use this connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def connect(url: str) -> Iterator[Connection]:
    """A connection on which a migration may take its time."""
    engine = create_database_engine(url, pool_size=1)
    waiting = {"sqlite_begin": "IMMEDIATE", "sqlite_wait_seconds": _SQLITE_WAIT_SECONDS}
    try:
        with engine.connect().execution_options(**waiting) as connection:
            driver = connection.connection.driver_connection
            if driver is None:
                raise RuntimeError("the database connection was lost")
            if engine.dialect.name == "sqlite":
                # SQLite alters a table by replacing it: with foreign keys on, dropping the old one would delete rows.
                driver.execute("PRAGMA foreign_keys = OFF")
            else:
                driver.execute("SET statement_timeout = 0")
                driver.execute("SET idle_in_transaction_session_timeout = 0")
                driver.commit()
            yield connection
    finally:
        engine.dispose()
