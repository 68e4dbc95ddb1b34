"""Databases on a PostgreSQL server of the tests, each for the length of a block."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import migrations
from tests.support.servers import PostgresServer, wait_until


@contextlib.contextmanager
def database_of(server: PostgresServer, *, template: str | None = None) -> Iterator[str]:
    """The URL of a database that exists for the length of the block."""
    name = server.create_database(template=template)
    try:
        yield server.url(name)
    finally:
        server.drop_database(name)


class EmptyTables:
    """Databases with the tables of a template and no rows in them.

    Emptying a database takes a thousandth of the time of making one, so they are used again, unless something is still
    connected at the end (it could write into the next test) or the schema was changed.
    """

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._free: list[str] = []

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a database for the length of the block."""
        name = self._free.pop() if self._free else self._server.create_database(template=self._template)
        try:
            yield self._server.url(name)
        finally:
            if self._empty(name):
                self._free.append(name)
            else:
                self._server.drop_database(name)

    def _empty(self, name: str) -> bool:
        import psycopg

        others = (
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        revision = "SELECT version_num FROM alembic_version"
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        try:
            with psycopg.connect(self._server.url(name), autocommit=True, connect_timeout=5) as connection:
                # The server notices a closed connection a moment later.
                wait_until(lambda: connection.execute(others).fetchone() == (0,), seconds=0.5, what="disconnection")
                if connection.execute(revision).fetchall() != [(migrations.current_head(),)]:
                    return False
                names = [row[0] for row in connection.execute(tables)]
                connection.execute(";".join(f'DELETE FROM "{table}"' for table in names).encode())
        except (psycopg.Error, TimeoutError):
            return False
        return True
