"""Fixtures for every test: real servers, and fresh databases at the newest migration."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import migrations
from models.session import Sessions, create_database_engine, create_sessions
from tests.support.databases import EmptyTables, database_of
from tests.support.servers import PostgresServer, RedisServer

pytest_plugins = ["tests.support.fault_report"]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server, one for each test process."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A Redis server, one for each test process. Tests that stop or pause it start one of their own."""
    with RedisServer() as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The URL of the Redis server, emptied."""
    redis_server.command("FLUSHALL")
    return redis_server.url


@pytest.fixture(scope="session")
def migrated_databases(postgres_server: PostgresServer) -> EmptyTables:
    """PostgreSQL databases at the newest migration."""
    template = postgres_server.create_database()
    migrations.upgrade(postgres_server.url(template))
    return EmptyTables(postgres_server, template)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy."""
    path = tmp_path_factory.mktemp("template") / "tally.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def postgresql_url(migrated_databases: EmptyTables) -> Iterator[str]:
    """The URL of a migrated PostgreSQL database without any row."""
    with migrated_databases.database() as url:
        yield url


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a fresh, migrated SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'tally.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table: the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with database_of(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`, with room for as many threads as the tests start."""
    engine = create_database_engine(database_url, pool_size=25)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    """The session factory on `database_url`."""
    return create_sessions(engine)
