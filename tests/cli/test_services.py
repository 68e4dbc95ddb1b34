"""The single processes that containers run: what keeps one from starting is said in one line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.servers import free_port

REDIS = "redis://127.0.0.1:1/0"
NO_URL = "this is no URL of a database: use postgresql://... or sqlite:///path"


@pytest.mark.parametrize("command", ["api", "worker", "webhooks", "migrate"])
@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("secret", NO_URL),
        ("postgresql://user:secret@host:secret/tally", NO_URL),
        ("sqlite:///:memory:", "an SQLite database must be a file, because several processes share it"),
    ],
)
def test_a_database_url_that_cannot_be_used(tally: Run, command: str, url: str, message: str) -> None:
    done = tally(command, TALLY_DATABASE_URL=url, TALLY_REDIS_URL=REDIS)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("tally: ")
    assert line.endswith(message)
    assert "secret" not in line


def test_a_database_that_cannot_be_reached_is_not_migrated(tally: Run) -> None:
    done = tally("migrate", TALLY_DATABASE_URL=f"postgresql://user:secret@127.0.0.1:{free_port()}/tally")
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("tally: the database is not available: ")
    assert "secret" not in line
