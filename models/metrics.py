"""The counters table: what happened in all processes together, for whoever watches the service.

Counting is part of the transaction that does what is counted: what is rolled back is not counted, and nothing is lost
with a process. The rows are spread over shards, so that transactions seldom wait for each other's counts.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Double, String, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base

_SHARDS = 8

JOBS_ENDED = "jobs_ended"
RETRIES = "retries"
SWEEPER = "sweeper"
DELIVERIES = "deliveries"
CLAIMS = "claims"
EXTRACTION_SECONDS = "extraction_seconds"
EXTRACTION_BUCKET = "extraction_bucket"

# Upper bounds in seconds; the last bucket has none.
EXTRACTION_BOUNDS = ("0.01", "0.03", "0.1", "0.3", "1", "3", "10", "30", "100", "+Inf")
_LIMITS = [float(bound) for bound in EXTRACTION_BOUNDS]


class StoredCounter(Base):
    """A count since the database was made. The value is the sum over the shards."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(32), primary_key=True)
    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[float] = mapped_column(Double)


def count(session: Session, amounts: Mapping[tuple[str, str], float]) -> None:
    """Add to counters, each named by (name, label). Call it late in a transaction: it locks what it counts."""
    shard = random.randrange(_SHARDS)
    rows = [
        {"name": name, "label": label, "shard": shard, "value": float(amount)}
        # In one order everywhere, so that two transactions wait for each other and never in a ring.
        for (name, label), amount in sorted(amounts.items())
        if amount
    ]
    if not rows:
        return
    if session.get_bind().dialect.name == "postgresql":
        into_postgresql = postgresql.insert(StoredCounter).values(rows)
        total = StoredCounter.value + into_postgresql.excluded.value
        key = ["name", "label", "shard"]
        session.execute(into_postgresql.on_conflict_do_update(index_elements=key, set_={"value": total}))
        return
    into_sqlite = sqlite.insert(StoredCounter).values(rows)
    total = StoredCounter.value + into_sqlite.excluded.value
    session.execute(into_sqlite.on_conflict_do_update(index_elements=["name", "label", "shard"], set_={"value": total}))


def count_extraction(session: Session, kinds: Iterable[str], seconds: float) -> None:
    """Count an extraction that succeeded: its time and its claims by kind."""
    bucket = EXTRACTION_BOUNDS[bisect_left(_LIMITS, seconds)]
    claims = {(CLAIMS, kind): float(number) for kind, number in Counter(kinds).items()}
    count(session, {(EXTRACTION_BUCKET, bucket): 1, (EXTRACTION_SECONDS, ""): seconds, **claims})


def read_counters(session: Session) -> dict[str, dict[str, float]]:
    """The value of every counter by name and label."""
    found: dict[str, dict[str, float]] = {}
    statement = select(StoredCounter.name, StoredCounter.label, func.sum(StoredCounter.value))
    for name, label, value in session.execute(statement.group_by(StoredCounter.name, StoredCounter.label)):
        found.setdefault(name, {})[label] = value
    return found
