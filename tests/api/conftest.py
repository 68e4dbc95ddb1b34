"""The API on each kind of database, and stores to play the worker with."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import migrations
from models.session import Sessions, create_database_engine, create_sessions
from tests.support.api_server import ApiServer
from tests.support.databases import database_of
from tests.support.servers import PostgresServer, RedisServer


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def shared_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database that the tests share; they run once on each kind."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield f"sqlite:///{shutil.copy(template, tmp_path_factory.mktemp('api') / 'tally.db')}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with database_of(server) as url:
        migrations.upgrade(url)
        yield url


@pytest.fixture(scope="module")
def one_database_url(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated SQLite database, for modules whose tests do not depend on the kind."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('api') / 'tally.db')}"


@pytest.fixture(scope="session")
def server(shared_database_url: str, redis_server: RedisServer) -> Iterator[ApiServer]:
    """The API on each kind of database, one process for all tests that need nothing special."""
    with ApiServer(shared_database_url, redis_server.url) as running:
        yield running


@pytest.fixture
def client(server: ApiServer) -> Iterator[httpx.Client]:
    """An anonymous client of `server`; no key exists there."""
    with server.client() as client:
        yield client


@pytest.fixture(scope="module")
def store(server: ApiServer) -> Iterator[Sessions]:
    """The database behind `server`, to play the worker with."""
    with _open_store(server.database_url) as sessions:
        yield sessions


@pytest.fixture(scope="session")
def start_api() -> type[ApiServer]:
    """Call it with a database URL, a Redis URL and settings; use the result in a `with` statement."""
    return ApiServer


@contextlib.contextmanager
def _open_store(url: str) -> Iterator[Sessions]:
    engine = create_database_engine(url)
    yield create_sessions(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def open_store() -> Callable[[str], contextlib.AbstractContextManager[Sessions]]:
    """Call it with a database URL to get its session factory for the length of a `with` statement."""
    return _open_store


@pytest.fixture
def problem() -> Callable[[httpx.Response], dict[str, Any]]:
    """The body of a problem without its request id, which is checked to be the one of the header."""

    def body(response: httpx.Response) -> dict[str, Any]:
        assert response.headers["content-type"] == "application/problem+json"
        found: dict[str, Any] = response.json()
        assert found.pop("request_id") == response.headers["x-request-id"]
        return found

    return body
