"""`python -m bench.storage`: what storing claims takes, as CPU time and as bytes on PostgreSQL.

What a worker does between the extraction and the end of its jobs: rows are made of the claims and written, the jobs
end. The articles are stored twice, each time in an empty database; the second time is measured.
"""

from __future__ import annotations

import argparse
import os
from datetime import timedelta
from uuid import uuid4

import migrations
import models
from bench.articles import numbered
from bench.processes import Ledger
from extraction import Claim, SourceArticle, load
from models.job_groups import Share
from tests.support.servers import PostgresServer
from worker import persistence
from worker.persistence import Assignment, Extracted

# The most that a worker takes in hand together, unless it is told otherwise.
GROUP = 64
LEASE = timedelta(minutes=10)
PIPELINE = "bench"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=200, help="articles that are stored (200)")
    count = parser.parse_args().articles
    extractor = load()
    found = {body["text"]: list(extractor.extract(SourceArticle(body["text"]))) for body in numbered(count)}
    with PostgresServer() as postgres:
        measure(postgres, found)
        measured, sizes = measure(postgres, found)
    claims = sum(map(len, found.values()))
    print(f"claims per article: {claims / count:.1f}")
    for name, seconds in measured.items():
        print(f"{name:<18} {1e3 * seconds / count:>8.2f} ms of CPU per article")
    for table, size in sizes.items():
        print(f"{table:<18} {size / count / 1e3:>8.1f} kB per article {size / claims:>6.0f} bytes per claim")


def measure(postgres: PostgresServer, found: dict[str, list[Claim]]) -> tuple[dict[str, float], dict[str, int]]:
    """CPU seconds of this process and of PostgreSQL, and by how many bytes each table grew with its indexes."""
    name = postgres.create_database()
    migrations.upgrade(postgres.url(name))
    empty = table_sizes(postgres, name)
    engine = models.create_database_engine(postgres.url(name))
    sessions = models.create_sessions(engine)
    with sessions.begin() as session:
        for text in found:
            models.submit_article(session, models.NewArticle(text), pipeline=PIPELINE)
    groups = [
        [Extracted(held, found[held.article.text], sentences=20, seconds=0.02) for held in group]
        for group in iter(lambda: take(sessions), [])
    ]
    ledger = Ledger({"worker": os.getpid(), "PostgreSQL": postgres.pid})
    for group in groups:
        persistence.finish(sessions, group)
    spent = ledger.spent()
    engine.dispose()
    full = table_sizes(postgres, name)
    return spent, {table: size - empty[table] for table, size in full.items()}


def take(sessions: models.Sessions) -> list[Assignment]:
    """Some of the articles that wait, as a worker takes them in hand; none when all are taken."""
    share = Share(jobs=GROUP, characters=10**9)
    return persistence.take(
        # No job has this id: it is a message that there is work.
        sessions,
        uuid4(),
        token=uuid4(),
        lease=LEASE,
        max_attempts=3,
        pipeline=PIPELINE,
        share=share,
    )


def table_sizes(postgres: PostgresServer, name: str) -> dict[str, int]:
    """Bytes of the tables that an article takes room in, each with its indexes; and of the indexes of claims alone."""
    tables = ("articles", "claims", "jobs", "job_events")
    sizes = {table: f"pg_total_relation_size('{table}')" for table in tables}
    sizes["of claims: indexes"] = "pg_indexes_size('claims')"
    return {size: int(postgres.execute(f"SELECT {function}", name)[0][0]) for size, function in sizes.items()}


if __name__ == "__main__":
    main()
