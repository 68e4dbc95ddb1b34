"""What every table shares: the declarative base, constraint names, UTC times, JSON and the database's clock."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Double, MetaData, literal
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all tables. Constraint names are fixed, so that migrations can name them on every database."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time in and out; `timestamptz` on PostgreSQL, sortable text on SQLite.

    Binding a naive time raises ValueError: nobody knows which zone it was meant in.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time stored in the database must carry its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# For objects that are looked into: binary JSON on PostgreSQL. It does not keep the order of keys.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")

# For documents that go back to a client just as they came: text JSON, which keeps the order of keys.
JsonDocument = JSON(none_as_null=True)

JsonObject = dict[str, Any]

dump_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
"""How every JSON column is written."""


class database_now(FunctionElement[datetime]):
    """The clock of the database at the moment of evaluation (not of the transaction's start), plus an offset.

    Leases are compared with this clock alone, so machines whose clocks differ still agree.
    On SQLite it calls `utc_now`, which `models.session` registers on each connection.
    """

    name = "database_now"
    inherit_cache = True

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        super().__init__(literal(offset.total_seconds(), Double()))
        self.type = UtcDateTime()


@compiles(database_now, "postgresql")
def _postgresql_now(element: database_now, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(clock_timestamp() + make_interval(secs => {compiler.process(element.clauses, **kw)}))"


@compiles(database_now, "sqlite")
def _sqlite_now(element: database_now, compiler: SQLCompiler, **kw: Any) -> str:
    return f"utc_now({compiler.process(element.clauses, **kw)})"


def sqlite_utc_now(offset_seconds: float) -> str:
    """The SQL function behind `database_now` on SQLite, in the text form in which SQLite times are stored."""
    return (datetime.now(UTC) + timedelta(seconds=offset_seconds)).strftime("%Y-%m-%d %H:%M:%S.%f")
