"""Services to break."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import migrations
from tests.support.fault_service import Service
from tests.support.servers import PostgresServer


@pytest.fixture
def start_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """Call it with a database URL, and settings of the API where they matter."""
    services: list[Service] = []

    def start(database_url: str, *, appendonly: bool = False, **api: str) -> Service:
        services.append(Service(database_url, tmp_path, appendonly=appendonly, **api))
        return services[-1].start()

    yield start
    for service in services:
        service.close()


@pytest.fixture
def service(start_service: Callable[..., Service], database_url: str) -> Service:
    """A service on each kind of database, without any worker yet."""
    return start_service(database_url)


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that the test may kill."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def own_url(own_server: PostgresServer) -> str:
    """The URL of a migrated database of that server."""
    url = own_server.url(own_server.create_database())
    migrations.upgrade(url)
    return url
