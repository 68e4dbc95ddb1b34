"""The full text index: used by both databases, in step with whatever is written, and whole after a backup."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select, text, update

import migrations
from models.article import Article
from models.claim import Claim
from models.claim_search import ClaimFilter, conditions, search_claims
from models.session import Sessions, create_database_engine, create_sessions

BEFORE = "a3e8b71c90d4"
WITH_TITLES = "e92b4f0a6d13"


def found(sessions: Sessions, words: str) -> list[str]:
    with sessions() as session:
        return sorted(claim.data["text"] for claim in search_claims(session, ClaimFilter(q=words)).items)


@pytest.fixture
def stored(publish: Any, claim_object: Any) -> Any:
    rare = [claim_object(text="rare", sentence="An okapi ate 5 per cent.")]
    common = [claim_object(text=f"{number}", sentence=f"Prices of {number} goods rose.") for number in range(400)]
    return publish("a text", rare + common, title="Markets")


def test_the_index_is_used(engine: Engine, sessions: Sessions, stored: Any) -> None:
    wanted = conditions(ClaimFilter(q="okapi ate"))
    statement = select(Claim.data).where(*wanted).order_by(Claim.created_at.desc(), Claim.id.desc()).limit(50)
    compiled = statement.compile(engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if engine.dialect.name == "sqlite" else "EXPLAIN"
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE claims"))
            # Some hundred rows are read faster one by one.
            connection.execute(text("SET enable_seqscan = off"))
        plan = "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {compiled}"))
    if engine.dialect.name == "sqlite":
        assert "SCAN claims_search VIRTUAL TABLE INDEX" in plan
        assert "SEARCH claims USING INTEGER PRIMARY KEY" in plan
    else:
        assert "Bitmap Index Scan on claims_search" in plan


def test_it_follows_every_change(sessions: Sessions, stored: Any) -> None:
    assert found(sessions, "okapi") == ["rare"]
    with sessions.begin() as session:
        session.execute(update(Claim).where(Claim.data["text"].as_string() == "rare").values(search_text="a zebra"))
    assert (found(sessions, "okapi"), found(sessions, "zebra")) == ([], ["rare"])
    with sessions.begin() as session:
        session.execute(delete(Article))
    assert (found(sessions, "zebra"), found(sessions, "price")) == ([], [])


def test_claims_of_before_the_index_are_found(
    engine: Engine, sessions: Sessions, stored: Any, database_url: str
) -> None:
    with sessions() as session:
        written = dict(session.execute(select(Claim.id, Claim.search_text)).all())
    engine.dispose()
    migrations.downgrade(database_url, BEFORE)
    with sessions() as session:
        first = session.scalar(select(Claim.search_text).where(Claim.data["text"].as_string() == "rare"))
        assert first == "an okapi ate 5 per cent. markets"
        assert session.scalar(select(func.count()).select_from(Claim)) == 401
    engine.dispose()
    migrations.upgrade(database_url)
    assert (found(sessions, "okapi"), found(sessions, "markets")) == (["rare"], [])
    with sessions() as session:
        assert dict(session.execute(select(Claim.id, Claim.search_text)).all()) == written


def test_claims_of_before_are_no_longer_found_by_the_title(
    engine: Engine, sessions: Sessions, stored: Any, publish: Any, claim_object: Any, database_url: str
) -> None:
    told = claim_object(text="told", subject="She", subject_resolved="Ada Moss", of="all zebras", sentence="It is 5.")
    publish("another text", [told, claim_object(text="bare", subject=None)], title="Elephants")
    publish("a third", [claim_object(text="untitled")])
    with sessions() as session:
        written = dict(session.execute(select(Claim.id, Claim.search_text)).all())
    engine.dispose()
    migrations.downgrade(database_url, WITH_TITLES)
    assert found(sessions, "elephant") == ["bare", "told"]
    assert found(sessions, '"ada moss" elephant') == ["told"]
    engine.dispose()
    migrations.upgrade(database_url)
    assert (found(sessions, "elephant"), found(sessions, '"ada moss" "all zebra"')) == ([], ["told"])
    with sessions() as session:
        assert dict(session.execute(select(Claim.id, Claim.search_text)).all()) == written


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_it_survives_vacuum_and_backups(
    engine: Engine, sessions: Sessions, stored: Any, publish: Any, claim_object: Any, tmp_path: Path
) -> None:
    """The index refers to row ids, which SQLite does not promise to keep when it writes a file anew."""
    with sessions.begin() as session:
        session.execute(delete(Claim).where(Claim.ordinal.between(10, 300)))
    publish("another text", [claim_object(text="later", sentence="A giraffe ate 6 per cent.")])
    path = str(engine.url.database)
    engine.dispose()
    copy = tmp_path / "copy.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("VACUUM INTO ?", (str(copy),))
    connection.execute("VACUUM")
    connection.close()
    for file in (path, copy):
        other = create_database_engine(f"sqlite:///{file}")
        with other.begin() as checked:
            checked.exec_driver_sql("INSERT INTO claims_search(claims_search, rank) VALUES ('integrity-check', 1)")
        restored = create_sessions(other)
        assert (found(restored, "okapi"), found(restored, "giraffe")) == (["rare"], ["later"])
        other.dispose()
