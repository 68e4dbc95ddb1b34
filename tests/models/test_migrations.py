"""Migrations make the schema that the models describe, on both databases, in either direction, also all at once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from alembic import command
from alembic.operations import Operations
from sqlalchemy import Engine, delete, event, inspect, text, update

import migrations
from models.claim import Claim
from models.claim_search import ClaimFilter, search_claims
from models.full_text import INDEX_PREFIX
from models.job import Job
from models.queries import delete_article
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


WIDE_CLAIMS = "c41d7e5b2f08"
BEFORE_TEXT_ORDER = "e92b4f0a6d13"


@pytest.mark.reliability(26)
def test_indexes_are_dropped_last(database_url: str) -> None:
    """From then on nobody can read claims on PostgreSQL until the migration ends."""
    migrations.downgrade(database_url, BEFORE_TEXT_ORDER)
    sent: list[str] = []
    with migrations.connect(database_url) as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: sent.append(given[2].lstrip()))
        command.upgrade(migrations.make_config(connection), "head")
    slow = [number for number, each in enumerate(sent) if each.startswith(("CREATE INDEX", "SELECT claims."))]
    drops = [number for number, each in enumerate(sent) if each.startswith("DROP INDEX")]
    assert (len(slow), len(drops)) == (6, 5)
    assert max(slow) < min(drops)


def claim_cells(url: str, columns: str) -> list[tuple[Any, ...]]:
    engine = create_database_engine(url)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text(f"SELECT {columns} FROM claims ORDER BY job_id, ordinal"))
            return [tuple(row) for row in rows]
    finally:
        engine.dispose()


@pytest.mark.reliability(26)
def test_claims_get_back_the_columns_that_they_lost(
    database_url: str, engine: Engine, sessions: Sessions, publish: Any, claim_object: Any
) -> None:
    full = claim_object(
        text="£5",
        value="5",
        low="5",
        high="6.50",
        shape="range",
        start=3,
        end=5,
        subject="Wages",
        measure="rate",
        of="all",
        sentence='They said "£5".',
        per={"unit": "hour", "text": "an hour"},
    )
    bare = {name: claim_object()[name] for name in ("kind", "text", "start", "end", "shape", "modality")}
    publish("a text", [full, claim_object(value=None), bare])
    without_job = publish("another", [claim_object()]).job.id
    with sessions.begin() as session:
        session.execute(delete(Job).where(Job.id == without_job))
    engine.dispose()
    migrations.downgrade(database_url, WIDE_CLAIMS)
    columns = "text, start_offset, end_offset, shape, value, low, high, per_unit, subject, measure, of_text, sentence"
    sentence = "Prices rose 5 per cent."
    assert claim_cells(database_url, columns) == [
        ("£5", 3, 5, "range", "5", "5", "6.50", "hour", "Wages", "rate", "all", 'They said "£5".'),
        ("5 per cent", 12, 22, "exact", None, None, None, None, None, None, None, sentence),
        ("5 per cent", 12, 22, "exact", None, None, None, None, None, None, None, ""),
    ]
    older = create_database_engine(database_url)
    keys = {tuple(key["constrained_columns"]): key["options"] for key in inspect(older).get_foreign_keys("claims")}
    needed = {column["name"] for column in inspect(older).get_columns("claims") if not column["nullable"]}
    indexes = {tuple(index["column_names"]) for index in inspect(older).get_indexes("claims")}
    older.dispose()
    assert keys[("job_id",)] == keys[("article_id",)] == {"ondelete": "CASCADE"}
    assert {"text", "sentence", "start_offset", "end_offset", "shape"} < needed
    assert ("job_id",) in indexes


@pytest.mark.reliability(26)
def test_claims_lose_no_more_than_their_columns(
    database_url: str, engine: Engine, sessions: Sessions, publish: Any, claim_object: Any
) -> None:
    """Down and up again with claims in the table: all that stays is as it was, also what keeps the search in step."""
    first = publish("a text", [claim_object(subject="Okapis"), claim_object(currency={"code": "NZD"}, of="okapis")])
    second = publish("another", [claim_object(sentence="A giraffe ate 6.", speaker={"text": "She"})], publisher="Wire")
    kept = ", ".join(column.name for column in Claim.__table__.columns)
    written = claim_cells(database_url, kept)
    assert len(written) == 3
    engine.dispose()
    migrations.downgrade(database_url, WIDE_CLAIMS)
    assert claim_cells(database_url, kept) == written
    migrations.upgrade(database_url)
    assert claim_cells(database_url, kept) == written

    def found(words: str) -> int:
        with sessions() as session:
            return len(search_claims(session, ClaimFilter(q=words)).items)

    with sessions() as session:
        assert len(search_claims(session, ClaimFilter(article_id=first.job.article_id, q="okapi")).items) == 2
    publish("a third", [claim_object(sentence="A zebra ate 7.")])
    assert (found("giraffe"), found("zebra")) == (1, 1)
    with sessions.begin() as session:
        session.execute(update(Claim).where(Claim.job_id == second.job.id).values(search_text="a lion"))
    assert (found("giraffe"), found("lion")) == (0, 1)
    with sessions.begin() as session:
        assert delete_article(session, first.article_id)
    assert (found("okapi"), found("zebra"), found("lion")) == (0, 1, 1)
    if engine.dialect.name == "sqlite":
        with engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO claims_search(claims_search, rank) VALUES ('integrity-check', 1)")
    engine.dispose()
    with migrations.connect(database_url) as connection:
        command.check(migrations.make_config(connection))
