"""Exports of very many claims take no more memory than those of a few."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from extraction import SourceArticle, load
from models.job_state import claim_job
from models.session import Sessions
from models.submission import NewArticle, submit_article
from tests.support.servers import RedisServer
from tests.support.single_jobs import finish_job, store_claims

CLAIMS = int(os.environ.get("TALLY_TEST_EXPORTED_CLAIMS", "40000"))
TEXT = "Sales at the harbour rose about 25 per cent to $120 million last year, Ann Lee said on Tuesday."
# A chunk is 1,000 claims, some megabytes; all of them would be some 100 megabytes.
_GROWTH_MEGABYTES = 16


def rss_megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def fill(sessions: Sessions) -> None:
    """The claims of one text, copied until there are enough; each copy has an id and a place of its own."""
    with sessions.begin() as session:
        submission = submit_article(session, NewArticle(TEXT), pipeline="test")
        taken = claim_job(session, submission.job.id, lease=timedelta(seconds=60), max_attempts=3)
        assert taken is not None
        claims = [claim.to_json() for claim in load().extract(SourceArticle(TEXT))]
        assert finish_job(session, submission.job.id, taken.token, claims_count=len(claims))
        store_claims(session, submission.job.id, "test", claims)
        columns = [row[1] for row in session.execute(text("PRAGMA table_info(claims)"))]
        fresh = {"id": "lower(hex(randomblob(16)))", "ordinal": "ordinal + (SELECT max(ordinal) + 1 FROM claims)"}
        copied = ", ".join(fresh.get(name, name) for name in columns)
        while (number := session.scalar(text("SELECT count(*) FROM claims")) or 0) < CLAIMS:
            session.execute(
                text(f"INSERT INTO claims ({', '.join(columns)}) SELECT {copied} FROM claims LIMIT {CLAIMS - number}")
            )


@pytest.fixture(scope="module")
def running(
    one_database_url: str, redis_server: RedisServer, start_api: Any, open_store: Callable[[str], Any]
) -> Iterator[Any]:
    with open_store(one_database_url) as sessions:
        fill(sessions)
    with start_api(one_database_url, redis_server.url) as running:
        yield running


@pytest.mark.parametrize("name", ["ndjson", "csv", "jsonld"])
def test_memory_stays_flat(running: Any, name: str) -> None:
    # The check of answers against their description would read the whole body.
    with running.client(checked=False) as client:
        client.get("/v1/claims?limit=500")
        first, most, lines = None, 0.0, 0
        with client.stream("GET", f"/v1/claims?format={name}", timeout=httpx.Timeout(60)) as response:
            for number, part in enumerate(response.iter_bytes(1_000_000)):
                lines += part.count(b"\n")
                most = max(most, rss_megabytes(running.pid))
                if number == 2:
                    first = most
    assert lines == {"ndjson": CLAIMS, "csv": CLAIMS + 1, "jsonld": CLAIMS}[name]
    assert first is not None
    # For `pytest -s`: the figures themselves.
    print(f"{name}: {lines:,} lines, {first:.0f} MB after the first 3 MB, {most:.0f} MB at most")
    assert most - first < _GROWTH_MEGABYTES
