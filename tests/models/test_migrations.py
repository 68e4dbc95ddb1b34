"""Migrations make the schema that the models describe, on both databases, in either direction, also all at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from alembic.operations import Operations
from sqlalchemy import Engine, inspect, text

import migrations
from models.claim_search import ClaimFilter, search_claims
from models.full_text import INDEX_PREFIX
from models.session import Sessions, create_database_engine


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


@pytest.mark.reliability(26)
def test_claims_get_back_the_columns_that_they_lost(
    database_url: str, engine: Engine, sessions: Sessions, publish: Any, claim_object: Any
) -> None:
    claim = claim_object(text="£5", value="5", subject="Wages", per={"unit": "hour", "text": "an hour"})
    job_id = publish("a text", [claim, claim_object(value=None)]).job.id
    engine.dispose()
    migrations.downgrade(database_url, "c41d7e5b2f08")
    columns = "text, start_offset, shape, value, high, per_unit, subject, of_text, sentence"
    with engine.connect() as connection:
        rows = connection.execute(text(f"SELECT {columns} FROM claims ORDER BY ordinal")).all()
        keys = {tuple(key["constrained_columns"]) for key in inspect(connection).get_foreign_keys("claims")}
        needed = {column["name"] for column in inspect(connection).get_columns("claims") if not column["nullable"]}
    assert tuple(rows[0]) == ("£5", 12, "exact", "5", None, "hour", "Wages", None, "Prices rose 5 per cent.")
    assert tuple(rows[1]) == ("5 per cent", 12, "exact", None, None, None, None, None, "Prices rose 5 per cent.")
    assert ("job_id",) in keys
    assert {"text", "sentence", "start_offset"} < needed
    engine.dispose()
    migrations.upgrade(database_url)
    with sessions() as session:
        assert len(search_claims(session, ClaimFilter(job_id=job_id, q="wages prices")).items) == 1
