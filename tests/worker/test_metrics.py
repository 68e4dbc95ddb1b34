"""What workers count: several processes at once, each in its own transactions."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import models
from models.metrics import read_counters
from tests.support.worker_processes import WorkerProcess

Submit = Callable[..., list[UUID]]


def test_counts_of_several_processes_add_up(
    submit: Submit,
    sessions: models.Sessions,
    start_worker: Callable[..., WorkerProcess],
    await_jobs: Callable[..., object],
) -> None:
    start_worker()
    start_worker()
    jobs = submit(*(f"Sales rose by {number} per cent to ${number} million." for number in range(2, 42)))
    await_jobs(jobs)
    counters = models.run_query(sessions, read_counters)
    assert counters["jobs_ended"] == {"succeeded": 40}
    assert counters["claims"] == {"percent": 40, "money": 40}
    assert sum(counters["extraction_bucket"].values()) == 40
    assert counters["extraction_seconds"][""] > 0
