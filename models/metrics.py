"""The counters table: what happened in all processes together, for whoever watches the service.

Counting is part of the transaction that does what is counted: what is rolled back is not counted, and nothing is lost
with a process. The rows are spread over shards, so that transactions seldom wait for each other's counts.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import cast

from sqlalchemy import Double, String, Table, func, select
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


def _adding(insert: postgresql.Insert | sqlite.Insert) -> postgresql.Insert | sqlite.Insert:
    total = StoredCounter.value + insert.excluded.value
    return insert.on_conflict_do_update(index_elements=["name", "label", "shard"], set_={"value": total})


# Made once: what never changes needs compiling once only.
_TABLE = cast(Table, StoredCounter.__table__)
_ADD = {"postgresql": _adding(postgresql.insert(_TABLE)), "sqlite": _adding(sqlite.insert(_TABLE))}


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
    session.execute(_ADD[session.get_bind().dialect.name], rows)


def extraction_counts(kinds: Iterable[str], seconds: float) -> Counter[tuple[str, str]]:
    """What an extraction that succeeded adds to the counters: its time, and its claims by kind."""
    bucket = EXTRACTION_BOUNDS[bisect_left(_LIMITS, seconds)]
    counts: Counter[tuple[str, str]] = Counter((CLAIMS, kind) for kind in kinds)
    counts.update({(EXTRACTION_BUCKET, bucket): 1, (EXTRACTION_SECONDS, ""): seconds})
    return counts


def read_counters(session: Session) -> dict[str, dict[str, float]]:
    """The value of every counter by name and label."""
    found: dict[str, dict[str, float]] = {}
    statement = select(StoredCounter.name, StoredCounter.label, func.sum(StoredCounter.value))
    for name, label, value in session.execute(statement.group_by(StoredCounter.name, StoredCounter.label)):
        found.setdefault(name, {})[label] = value
    return found
