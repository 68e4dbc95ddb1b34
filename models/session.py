"""Engines and sessions with the same behaviour on PostgreSQL and SQLite, and transactions that survive a fault."""

from __future__ import annotations

import random
import re
import sqlite3
import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, SessionTransactionOrigin, sessionmaker

from models.base import dump_json, sqlite_utc_now

T = TypeVar("T")
Sessions = sessionmaker[Session]

CONNECT_TIMEOUT_SECONDS = 3
STATEMENT_TIMEOUT_MILLISECONDS = 10_000
SQLITE_BUSY_TIMEOUT_MILLISECONDS = 5_000
# Who has waited this long is not made to wait through another attempt.
RETRY_SECONDS = 4
# The driver reads no other style, and no time that another zone moves out of the years from 1 to 9999.
_READABLE_TIMES = {"TimeZone": "UTC", "DateStyle": "ISO"}

# SQLSTATE classes and codes of PostgreSQL that say "not now" rather than "wrong": the connection, the resources,
# the operator, the system; serialization failure, deadlock, lock and statement time-outs; a read-only standby.
_UNAVAILABLE_CLASSES = ("08", "53", "57", "58")
_UNAVAILABLE_STATES = {"40001", "40P01", "55P03", "25006"}
# It calls a full disk by its name (class 53), but a quota that is used up (EDQUOT, EFBIG) an internal error.
_INTERNAL_ERROR = "XX000"
_NO_ROOM = re.compile(r"could not (extend|write)\b")
_MISSING_STATES = {"42P01", "42703"}
_UNAVAILABLE_SQLITE = (
    "database is locked",
    "database table is locked",
    "unable to open database file",
    "disk i/o error",
    "database or disk is full",
    "attempt to write a readonly database",
)


class DatabaseUnavailable(Exception):
    """The database can't be reached or can't finish a transaction now; the same call may succeed later."""


def normalise_database_url(url: str) -> URL:
    """The URL with the driver that Tally uses. Raises ValueError for any other kind of database."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # their messages may hold a part of the URL, and so of the password
        raise ValueError("this is no URL of a database: use postgresql://... or sqlite:///path") from None
    backend = parsed.drivername.partition("+")[0]
    if backend in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise ValueError(f"unknown database {backend!r}: use postgresql://... or sqlite:///path")
    if parsed.database in (None, "", ":memory:"):
        raise ValueError("an SQLite database must be a file, because several processes share it")
    return parsed


def create_database_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://...`; connects on first use.

    No call waits for ever: 3 s for a connection, 10 s for a statement, 5 s for another writer on SQLite.
    Raises ValueError for an unusable URL.
    """
    parsed = normalise_database_url(url)
    options: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 5,
        "pool_timeout": 3,
        "json_serializer": dump_json,
        # Errors are logged and stored: they name the statement, not what an article says.
        "hide_parameters": True,
    }
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_MILLISECONDS / 1000}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(parsed, connect_args=_postgresql_arguments(parsed), pool_pre_ping=True, **options)
    event.listen(engine, "connect", _hold_to_readable_times)
    return engine


def _postgresql_arguments(url: URL) -> dict[str, Any]:
    given = url.query.get("options", "")
    # A process that stops in the middle of a transaction would keep its row locks, and sweepers skip locked rows.
    limits = f"-c statement_timeout={STATEMENT_TIMEOUT_MILLISECONDS} -c idle_in_transaction_session_timeout=15000"
    # Behind what is given, so that it holds.
    times = " ".join(f"-c {name}={value}" for name, value in _READABLE_TIMES.items())
    return {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "options": f"{limits} {given if isinstance(given, str) else ' '.join(given)} {times}",
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    }


def _hold_to_readable_times(connection: psycopg.Connection[Any], _record: object) -> None:
    """PGTZ and PGDATESTYLE of the environment are stronger than options; the server has told what holds."""
    changes = [
        f"SET {name} = {value}"
        for name, value in _READABLE_TIMES.items()
        if (connection.info.parameter_status(name) or "").partition(",")[0] != value
    ]
    if changes:
        connection.execute("; ".join(changes).encode())
        connection.commit()


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy's "begin" event sends BEGIN itself; the driver's own implicit BEGIN would always be a deferred one.
    connection.isolation_level = None
    connection.create_function("utc_now", 1, sqlite_utc_now)
    connection.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys = ON")
    # FULL: a commit that a client was told about survives a power cut, not only a killed process.
    connection.execute("PRAGMA synchronous = FULL")
    _enter_wal_mode(connection)


def _enter_wal_mode(connection: sqlite3.Connection) -> None:
    """The first switch of a new file needs it alone, and SQLite does not wait for that by itself."""
    deadline = time.monotonic() + SQLITE_BUSY_TIMEOUT_MILLISECONDS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("sqlite_begin") != "IMMEDIATE":
        connection.exec_driver_sql("BEGIN DEFERRED")
        return
    _wait_for_writers(connection, options.get("sqlite_wait_seconds", SQLITE_BUSY_TIMEOUT_MILLISECONDS / 1000))


def _wait_for_writers(connection: Connection, seconds: float) -> None:
    """BEGIN IMMEDIATE, with short waits between the tries.

    SQLite itself soon tries ten times a second only, and a writer with bad luck then gets no turn among busy ones.
    """
    driver = cast(sqlite3.Connection, connection.connection.driver_connection)
    deadline = time.monotonic() + seconds
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while time.monotonic() < deadline:
            try:
                driver.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    break
                time.sleep(random.uniform(0.001, 0.005))
        # The last try raises SQLAlchemy's error.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout = {SQLITE_BUSY_TIMEOUT_MILLISECONDS}")


class _IntentSession(Session):
    """A session whose explicit `begin()` announces a write.

    SQLite then takes the write lock at BEGIN, where it waits for other writers; a transaction that first reads and
    then writes would fail at once with "database is locked" when another one has written in between.
    """

    def get_bind(self, *args: Any, **kw: Any) -> Engine | Connection:
        bind = super().get_bind(*args, **kw)
        transaction = self.get_transaction()
        if transaction is not None and transaction.origin is SessionTransactionOrigin.BEGIN:
            return cast(Engine, self.info["writing"]) if bind is self.bind else bind
        return bind


def create_sessions(engine: Engine) -> Sessions:
    """A session factory: `with sessions.begin() as session` to write, `with sessions() as session` to read."""
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")
    factory = sessionmaker(engine, class_=_IntentSession, expire_on_commit=False, info={"writing": writing})
    return cast(Sessions, factory)


def is_unavailable(error: BaseException) -> bool:
    """Whether an error means that the database is out of reach, overloaded or in conflict, not that we are wrong."""
    if isinstance(error, (DatabaseUnavailable, PoolTimeout)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        message = str(error.orig).lower()
        return any(known in message for known in _UNAVAILABLE_SQLITE)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # No answer from the server at all: it could not be reached, or the connection broke.
        return isinstance(error, (OperationalError, InterfaceError))
    if state == _INTERNAL_ERROR:
        return _NO_ROOM.match(str(error.orig)) is not None
    return state in _UNAVAILABLE_STATES or state.startswith(_UNAVAILABLE_CLASSES)


def is_unmigrated(error: DBAPIError) -> bool:
    """Whether a table or a column is missing: the schema is not (yet) the one that this version expects."""
    if isinstance(error.orig, sqlite3.Error):
        return str(error.orig).startswith(("no such table", "no such column"))
    return getattr(error.orig, "sqlstate", None) in _MISSING_STATES


def run_transaction(sessions: Sessions, work: Callable[[Session], T], *, attempts: int = 3) -> T:
    """Runs `work` in one committed write transaction, again from its start after a fault that may pass.

    `work` must be safe to repeat: when the connection breaks during COMMIT nobody knows whether it was done.
    Raises DatabaseUnavailable when the last attempt fails too; any other error of `work` passes through at once.
    """
    return _retry(lambda: _commit(sessions, work), attempts)


def run_change(sessions: Sessions, change: Callable[[Session], bool]) -> bool:
    """Runs `change`, which says whether it found anything to change, as `run_transaction` does.

    Once it has, a later try that finds nothing any more answers the same: the COMMIT before it was done and its answer
    lost.
    """
    done = False

    def work(session: Session) -> bool:
        nonlocal done
        done = change(session) or done
        return done

    return run_transaction(sessions, work)


def run_query(sessions: Sessions, work: Callable[[Session], T], *, attempts: int = 2) -> T:
    """Runs `work` in a read-only transaction (nothing is committed), with the retries of `run_transaction`."""
    return _retry(lambda: _read(sessions, work), attempts)


def _commit(sessions: Sessions, work: Callable[[Session], T]) -> T:
    with sessions.begin() as session:
        return work(session)


def _read(sessions: Sessions, work: Callable[[Session], T]) -> T:
    with sessions() as session:
        return work(session)


def _retry(once: Callable[[], T], attempts: int) -> T:
    started = time.monotonic()
    for attempt in range(1, attempts + 1):
        try:
            return once()
        except (DBAPIError, PoolTimeout) as error:
            if not is_unavailable(error):
                raise
            if attempt >= attempts or time.monotonic() - started > RETRY_SECONDS:
                raise unavailable(error) from error
            # Jitter, so that two transactions that met in a deadlock do not meet again.
            time.sleep(0.05 * 2**attempt * random.uniform(0.5, 1.0))
    raise ValueError("attempts must be at least 1")


def unavailable(error: DBAPIError | PoolTimeout) -> DatabaseUnavailable:
    """What to raise for an error that `is_unavailable`."""
    return DatabaseUnavailable(f"the database is not available: {_first_line(error)}")


def _first_line(error: DBAPIError | PoolTimeout) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(cause).strip().partition("\n")[0]
