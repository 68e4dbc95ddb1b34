"""`tally keys` and keys on the way to a server: where one is stored, and that none is ever printed by an error."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

import migrations
from tests.cli.conftest import Run
from tests.support.servers import free_port


def test_it_is_said_where_a_key_is_stored(tally: Run, tmp_path: Path) -> None:
    first = tally("keys", "create", "desk")
    assert (first.returncode, first.stderr) == (0, "The key is stored in data/tally.db (new database)\n")
    assert first.stdout.startswith("tally_")
    assert len(first.stdout.splitlines()) == 1
    second = tally("keys", "create", "desk")
    assert (second.returncode, second.stderr) == (0, "The key is stored in data/tally.db\n")
    url = f"sqlite:///{tmp_path / 'data' / 'tally.db'}"
    third = tally("keys", "create", "desk", TALLY_DATABASE_URL=url)
    assert (third.returncode, third.stderr) == (0, f"The key is stored in {tmp_path / 'data' / 'tally.db'}\n")


def test_the_password_of_the_database_is_not_printed(tally: Run, postgresql_url: str) -> None:
    created = tally("keys", "create", "desk", TALLY_DATABASE_URL=postgresql_url)
    assert created.returncode == 0
    assert created.stderr.startswith("The key is stored in ")
    assert "@" not in created.stderr


@pytest.mark.parametrize("command", [("keys", "list"), ("keys", "create", "desk"), ("up",), ("migrate",)])
def test_a_database_of_a_newer_tally_is_said_to_be_one(tally: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    place = tmp_path / "data" / "tally.db"
    place.parent.mkdir()
    migrations.upgrade(f"sqlite:///{place}")
    with sqlite3.connect(place) as database:
        database.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    database.close()
    settings = {"TALLY_DATABASE_URL": f"sqlite:///{place}"} if command == ("migrate",) else {}
    port = ("--port", str(free_port())) if command == ("up",) else ()
    done = tally(*command, *port, **settings)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("tally: ")
    assert line.endswith(
        "this database is of a newer Tally: upgrade this one, or restore the backup from before the upgrade"
    )
    assert line.count("tally:") == 1


@pytest.mark.parametrize("key", ["tally_SECRET\rSECRET", "tally_SECRET SECRET", "tally_SECRÉT", "\x1bSECRET"])
def test_a_malformed_key_is_named_and_not_printed(tally: Run, key: str) -> None:
    done = tally("claims", "--server", "http://127.0.0.1:1", TALLY_API_KEY=key)
    assert done.returncode == 1
    assert done.stderr.startswith("tally: TALLY_API_KEY holds a character")
    assert "SECR" not in done.stderr


@pytest.mark.parametrize("key", ["tally_SECRET\r", " tally_SECRET\n", " "])
def test_space_around_a_key_is_no_part_of_it(tally: Run, key: str) -> None:
    done = tally("claims", "--server", f"http://127.0.0.1:{free_port()}", TALLY_API_KEY=key)
    assert done.returncode == 1
    assert "no server answers" in done.stderr
    assert os.fsencode("SECRET") not in done.stderr.encode()


@pytest.mark.parametrize("command", ["up", "api"])
def test_a_host_that_cannot_be_one_is_named(tally: Run, command: str, tmp_path: Path) -> None:
    settings = {"TALLY_DATABASE_URL": f"sqlite:///{tmp_path / 'tally.db'}", "TALLY_REDIS_URL": "redis://127.0.0.1:1/0"}
    done = tally(command, "--host", "nonsense..x", "--port", str(free_port()), **settings)
    assert done.returncode == 1
    assert done.stderr == "tally: nonsense..x is no address of this machine; choose another one with --host\n"
