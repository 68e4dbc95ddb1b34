"""Engines, sessions and retried transactions."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

import migrations
from models.article import Article
from models.base import database_now
from models.session import (
    DatabaseUnavailable,
    Sessions,
    create_database_engine,
    create_sessions,
    is_unavailable,
    normalise_database_url,
    run_query,
    run_transaction,
)
from models.submission import NewArticle, submit_article
from tests.support.servers import PostgresServer, free_port

PIPELINE = "tally-en test"

only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that the test may stop."""
    with PostgresServer() as server:
        yield server


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+psycopg2"])
def test_urls_of_postgresql_get_our_driver(scheme: str) -> None:
    assert normalise_database_url(f"{scheme}://u:p@host/db").drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "sqlite://", "sqlite:///:memory:", "secret", "postgresql://h:secret/d"]
)
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"unknown database|must be a file|no URL of a database") as refused:
        create_database_engine(url)
    assert "secret" not in str(refused.value)


def test_sqlite_settings(sqlite_url: str) -> None:
    engine = create_database_engine(sqlite_url)
    with engine.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        }
    engine.dispose()
    assert values == {"journal_mode": "wal", "busy_timeout": 5000, "foreign_keys": 1, "synchronous": 2}


def test_postgresql_settings(postgresql_url: str) -> None:
    engine = create_database_engine(f"{postgresql_url}?options=-c%20work_mem%3D5MB")
    with engine.connect() as connection:
        values = [
            connection.execute(text(f"SHOW {name}")).scalar()
            for name in ("statement_timeout", "idle_in_transaction_session_timeout", "work_mem")
        ]
    engine.dispose()
    assert values == ["10s", "15s", "5MB"]


@pytest.mark.parametrize("moment", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)])
def test_the_time_zone_of_a_database_does_not_matter(postgresql_url: str, moment: datetime) -> None:
    """In these zones the moments are outside of the years that Python knows."""
    zone = "America/New_York" if moment.year == 1 else "Pacific/Auckland"
    database = normalise_database_url(postgresql_url).database
    administrator = create_database_engine(postgresql_url)
    engine = create_database_engine(f"{postgresql_url}?options=-c%20timezone%3D{zone}")
    try:
        with administrator.begin() as connection:
            connection.execute(text(f'ALTER DATABASE "{database}" SET timezone = "{zone}"'))
        sessions = create_sessions(engine)
        new = NewArticle("It rose 5%.", published_at=moment)
        run_transaction(sessions, lambda session: submit_article(session, new, pipeline=PIPELINE))
        with sessions() as session:
            assert session.scalars(select(Article.published_at)).one() == moment
    finally:
        with administrator.begin() as connection:
            connection.execute(text(f'ALTER DATABASE "{database}" RESET timezone'))
        engine.dispose()
        administrator.dispose()


@pytest.mark.parametrize(("name", "value"), [("PGTZ", "Pacific/Auckland"), ("PGDATESTYLE", "German")])
def test_the_environment_does_not_change_how_times_are_read(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    engine = create_database_engine(postgresql_url)
    with engine.connect() as connection:
        settings = [str(connection.execute(text(f"SHOW {each}")).scalar()) for each in ("timezone", "datestyle")]
        connection.rollback()
        last = connection.execute(text("SELECT timestamptz '9999-12-31 23:59:59Z'")).scalar()
    engine.dispose()
    assert settings[0] == "UTC"
    assert settings[1].startswith("ISO, ")
    assert last == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def test_readers_do_not_wait_for_a_writer(sessions: Sessions) -> None:
    with sessions.begin() as writer:
        submit_article(writer, NewArticle("unseen"), pipeline=PIPELINE)
        with sessions() as reader:
            assert reader.scalar(select(func.count()).select_from(Article)) == 0


def test_a_second_writer_on_sqlite_waits_at_begin(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.session.SQLITE_BUSY_TIMEOUT_MILLISECONDS", 50)
    engine = create_database_engine(sqlite_url)
    sessions = create_sessions(engine)
    with sessions.begin() as first:
        first.execute(select(1))
        with pytest.raises(OperationalError, match="locked"), sessions.begin() as second:
            second.execute(select(1))
    # The refused connection is as good as new.
    with sessions.begin() as third:
        assert third.scalar(select(1)) == 1
    engine.dispose()


def test_times_are_aware_utc(sessions: Sessions) -> None:
    elsewhere = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=13)))
    new = NewArticle("a text", published_at=elsewhere)
    article_id = run_transaction(sessions, lambda s: submit_article(s, new, pipeline=PIPELINE).article_id)
    with sessions() as session:
        article = session.get_one(Article, article_id)
    assert article.published_at == elsewhere
    assert article.published_at is not None
    assert article.published_at.tzinfo is UTC
    assert article.created_at.tzinfo is UTC
    assert abs(article.created_at - datetime.now(UTC)) < timedelta(seconds=10)


def test_naive_times_are_refused(sessions: Sessions) -> None:
    new = NewArticle("a text", published_at=datetime(2026, 3, 1, 12))
    with pytest.raises((StatementError, ValueError), match="time zone"):
        run_transaction(sessions, lambda session: submit_article(session, new, pipeline=PIPELINE))


def test_the_clock_of_the_database(sessions: Sessions) -> None:
    with sessions() as session:
        earlier = session.scalar(select(database_now()))
        later = session.scalar(select(database_now(timedelta(seconds=90))))
    assert earlier is not None
    assert later is not None
    assert timedelta(seconds=90) <= later - earlier < timedelta(seconds=95)


def test_text_and_metadata_come_back_as_they_were(sessions: Sessions) -> None:
    extra = {"b": 1, "a": [1.5, None, "é", {"z": "🚀", "y": True}]}
    new = NewArticle("Ünïcode 🚀 '; DROP TABLE articles; -- \\ %s :x", extra=extra)
    article_id = run_transaction(sessions, lambda s: submit_article(s, new, pipeline=PIPELINE).article_id)
    with sessions() as session:
        article = session.get_one(Article, article_id)
    assert (article.text, article.characters) == (new.text, len(new.text))
    assert list(article.extra.items()) == list(extra.items())


def test_a_transaction_that_raises_is_rolled_back(sessions: Sessions) -> None:
    def work(session: Any) -> None:
        submit_article(session, NewArticle("a text"), pipeline=PIPELINE)
        raise LookupError("mistake")

    with pytest.raises(LookupError):
        run_transaction(sessions, work)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Article)) == 0


def test_our_own_mistakes_are_not_retried(sessions: Sessions) -> None:
    calls: list[int] = []

    def work(session: Any) -> None:
        calls.append(1)
        session.execute(text("SELECT * FROM no_such_table"))

    with pytest.raises(DBAPIError, match="no_such_table"):
        run_transaction(sessions, work)
    assert len(calls) == 1


@pytest.mark.reliability(15)
@only_postgresql
def test_a_lost_connection_is_retried(sessions: Sessions, postgres_server: PostgresServer) -> None:
    attempts: list[int] = []

    def work(session: Any) -> int:
        attempts.append(1)
        if len(attempts) == 1:
            pid = session.scalar(text("SELECT pg_backend_pid()"))
            postgres_server.execute(f"SELECT pg_terminate_backend({pid})")
        return int(session.scalar(text("SELECT 42")))

    assert run_transaction(sessions, work) == 42
    assert len(attempts) == 2


@pytest.mark.reliability(15)
@only_postgresql
def test_a_deadlock_is_retried(sessions: Sessions, submit: Any, at_once: Any) -> None:
    ids = [submit(f"text {number}").article_id for number in range(2)]
    barrier = Barrier(2)

    def move(side: int) -> None:
        def work(session: Any) -> None:
            for article_id in ids if side else ids[::-1]:
                session.get(Article, article_id, with_for_update=True)
                # Broken on the second try, when the other side has passed already.
                with suppress(BrokenBarrierError):
                    barrier.wait(0.5)

        run_transaction(sessions, work)

    at_once(2, move)


@pytest.mark.reliability(15)
@only_postgresql
def test_a_serialization_failure_is_retried(sessions: Sessions, submit: Any) -> None:
    article_id = submit("a text").article_id
    seen: list[str | None] = []

    def work(session: Any) -> None:
        session.execute(text("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"))
        article = session.get(Article, article_id)
        seen.append(article.title)
        if len(seen) == 1:
            with sessions.begin() as other:
                other.get_one(Article, article_id).title = "another's"
        article.title = "ours"

    run_transaction(sessions, work)
    assert seen == [None, "another's"]


def test_a_database_out_of_reach(tmp_path: Path) -> None:
    for url in (f"postgresql://tally@127.0.0.1:{free_port()}/tally", f"sqlite:///{tmp_path}/missing/tally.db"):
        engine = create_database_engine(url)
        sessions = create_sessions(engine)
        with pytest.raises(DatabaseUnavailable):
            run_transaction(sessions, lambda session: session.execute(text("SELECT 1")))
        with pytest.raises(DatabaseUnavailable):
            run_query(sessions, lambda session: session.execute(text("SELECT 1")))
        with pytest.raises(OperationalError) as caught, engine.connect():
            pass
        assert is_unavailable(caught.value)
        engine.dispose()


def test_a_full_pool_is_unavailable(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_database_engine(sqlite_url, pool_size=1)
    monkeypatch.setattr(engine.pool, "_timeout", 0.1)
    sessions = create_sessions(engine)
    held = [engine.connect() for _ in range(6)]
    with pytest.raises(DatabaseUnavailable, match="QueuePool"):
        run_query(sessions, lambda session: session.execute(text("SELECT 1")), attempts=1)
    for connection in held:
        connection.close()
    engine.dispose()


def test_a_restart_of_the_database_loses_no_commit(own_server: PostgresServer) -> None:
    url = own_server.url(own_server.create_database())
    migrations.upgrade(url)
    engine = create_database_engine(url)
    sessions = create_sessions(engine)
    for number in range(3):
        new = NewArticle(f"text {number}")
        run_transaction(sessions, partial(submit_article, new=new, pipeline=PIPELINE))
        own_server.stop(crash=True)
        with pytest.raises(DatabaseUnavailable):
            run_query(sessions, lambda session: session.execute(text("SELECT 1")))
        own_server.start()
    assert run_query(sessions, lambda s: s.scalar(select(func.count()).select_from(Article))) == 3
    engine.dispose()


@pytest.mark.reliability(16)
def test_a_writer_on_sqlite_killed_in_a_transaction(sqlite_url: str) -> None:
    program = """if True:
        import os, signal, sys
        from models import NewArticle, create_database_engine, create_sessions, submit_articles
        sessions = create_sessions(create_database_engine(sys.argv[1]))
        for kept in (True, False):
            with sessions.begin() as session:
                submit_articles(session, [NewArticle(f"{kept} {n} " * 500) for n in range(500)], pipeline="p")
                if not kept:
                    os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", program, sqlite_url], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    engine = create_database_engine(sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("SELECT count(*) FROM jobs").scalar() == 500
    engine.dispose()


def test_a_slow_failure_is_not_repeated(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.session.RETRY_SECONDS", 0)
    calls: list[int] = []

    def work(_: object) -> None:
        calls.append(1)
        raise OperationalError("SELECT 1", {}, sqlite3.OperationalError("database is locked"))

    with pytest.raises(DatabaseUnavailable, match="database is locked"):
        run_transaction(sessions, work)
    assert len(calls) == 1
