"""Migrations make the schema that the models describe, on both databases, in either direction, also all at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from alembic.operations import Operations
from sqlalchemy import inspect

import migrations
from models.full_text import INDEX_PREFIX
from models.session import create_database_engine


def tables(url: str) -> set[str]:
    engine = create_database_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def current(url: str) -> bool:
    engine = create_database_engine(url)
    try:
        return migrations.is_current(engine)
    finally:
        engine.dispose()


@pytest.mark.reliability(26)
def test_the_schema_is_that_of_the_models(database_url: str) -> None:
    with migrations.connect(database_url) as connection:
        command.check(migrations.make_config(connection))


@pytest.mark.reliability(26)
def test_up_down_up(empty_database_url: str) -> None:
    assert not current(empty_database_url)
    migrations.upgrade(empty_database_url)
    first = tables(empty_database_url)
    assert {"articles", "jobs", "job_events", "claims", "batches", "api_keys", "idempotency_keys"} < first
    assert current(empty_database_url)

    migrations.downgrade(empty_database_url, "base")
    assert tables(empty_database_url) == set()
    assert not current(empty_database_url)

    migrations.upgrade(empty_database_url)
    assert tables(empty_database_url) == first
    assert current(empty_database_url)


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    migrations.upgrade(database_url)
    assert current(database_url)


@pytest.mark.reliability(26)
def test_every_constraint_has_a_name(database_url: str) -> None:
    engine = create_database_engine(database_url)
    try:
        inspector = inspect(engine)
        for table in inspector.get_table_names():
            if table == "alembic_version" or table.startswith(INDEX_PREFIX):
                continue
            if (engine.dialect.name, table) != ("sqlite", "job_events"):
                # There the key is part of the column, as AUTOINCREMENT demands, and has no name.
                assert inspector.get_pk_constraint(table)["name"] == f"pk_{table}"
            for key in inspector.get_foreign_keys(table):
                assert str(key["name"]).startswith(f"fk_{table}_")
            for unique in inspector.get_unique_constraints(table):
                assert str(unique["name"]).startswith(f"uq_{table}_")
    finally:
        engine.dispose()


def test_upgrades_in_several_processes_at_once(empty_database_url: str) -> None:
    program = "import sys, migrations; migrations.upgrade(sys.argv[1])"
    command_line = [sys.executable, "-c", program, empty_database_url]
    processes = [subprocess.Popen(command_line, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    outcomes = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
    assert outcomes == [("", 0)] * 3
    assert current(empty_database_url)


def test_upgrades_in_several_threads_at_once(empty_database_url: str, at_once: Callable[..., list[Any]]) -> None:
    at_once(4, lambda _: migrations.upgrade(empty_database_url))
    assert current(empty_database_url)


def test_a_failed_migration_leaves_nothing(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("no more room")

    with monkeypatch.context() as patch:
        patch.setattr(Operations, "create_index", fail)
        with pytest.raises(RuntimeError, match="no more room"):
            migrations.upgrade(empty_database_url)
    assert tables(empty_database_url) == set()
    migrations.upgrade(empty_database_url)
    assert current(empty_database_url)
