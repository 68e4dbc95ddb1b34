"""Messages of jobs that were taken along with another."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from celery import Celery

import models
from models import JobState
from tests.support.worker_processes import WorkerProcess
from worker.messages import Memory, to_answer
from worker.publishing import waiting_messages

Submit = Callable[..., list[UUID]]
Await = Callable[..., list[models.Job]]


def test_the_memory_keeps_what_came_last() -> None:
    memory = Memory(size=3)
    memory.add("abc")
    memory.add("d")
    assert [letter in memory for letter in "abcd"] == [False, True, True, True]


def test_an_answer_names_the_jobs() -> None:
    job_ids = [uuid4(), uuid4()]
    assert to_answer(job_ids).split() == [str(job_id) for job_id in job_ids]
    assert to_answer([]) == ""


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_messages_of_jobs_that_were_taken_along_never_reach_a_child(
    start_worker: Callable[..., WorkerProcess], submit: Submit, await_jobs: Await, app: Celery
) -> None:
    job_ids = submit(*(f"The town has {number} schools." for number in range(100, 160)))
    worker = start_worker(worker_concurrency=1, group_articles=20)
    jobs = await_jobs(job_ids)
    assert {(job.state, job.attempts) for job in jobs} == {(JobState.SUCCEEDED, 1)}
    deadline = time.monotonic() + 20
    while waiting_messages(app):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert worker.stop() == 0
    told = Counter(json.loads(line)["message"] for line in worker.log.read_text().splitlines() if line.startswith("{"))
    assert told["The job succeeded"] == 60
    assert told["Nothing to do for the job"] == 0
