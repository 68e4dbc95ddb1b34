"""The API killed between its commit and its message and under load; clients that ask again, at once or too late."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import httpx
import pytest

from models import JobState
from tests.support.fault_service import Service, short_text
from tests.support.servers import wait_until

Measured = Callable[..., None]


@pytest.mark.reliability(1, 6)
@pytest.mark.parametrize("database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
def test_killed_between_commit_and_message(service: Service, measured: Measured) -> None:
    """Redis is frozen, so the API stands between the two when it is killed. The client asks again and gets that job."""
    api = service.api
    assert api is not None
    key = {"Idempotency-Key": str(uuid4())}
    service.redis.pause()
    unanswered: list[httpx.Response | None] = []
    client = threading.Thread(target=lambda: unanswered.append(service.clients.post(short_text(1), **key)))
    client.start()
    wait_until(lambda: len(service.jobs()) == 1, what="the commit")
    api.kill()
    client.join()
    assert unanswered == [None]
    service.redis.stop()
    service.redis.start()
    api.start()
    service.start_worker(worker_concurrency=1)
    (committed,) = service.jobs()
    again = service.clients.post(short_text(1), **key)
    assert again is not None
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (202, "true")
    assert UUID(again.json()["id"]) == committed.id
    seconds = service.await_ended(1)
    assert len(service.jobs()) == 1
    measured(**service.keep_the_promise(), done_after_s=seconds)


@pytest.mark.reliability(1)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_api_killed_under_load(service: Service, measured: Measured) -> None:
    """kill -9 of the API five times while 1,000 articles come in."""
    api = service.api
    assert api is not None
    service.start_worker()
    with service.clients.load([short_text(number) for number in range(1000)], pause=0.02):
        for number in range(5):
            service.await_ended(100 * (number + 1))
            api.kill()
            api.start()
    broken = service.clients.promises.statuses[0]
    figures = service.keep_the_promise()
    assert len(service.jobs()) == 1000
    measured(**figures, kills=5, requests_without_answer=broken)


@pytest.mark.reliability(6)
@pytest.mark.parametrize("database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.long)], indirect=True)
def test_fifty_equal_requests_at_once(service: Service, measured: Measured) -> None:
    """One Idempotency-Key: one job; each answer is the first one again, or says that it is still in flight."""
    key = {"Idempotency-Key": str(uuid4())}
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: service.clients.post(short_text(1), **key), range(50)))
    statuses = Counter(answer.status_code for answer in answers if answer is not None)
    assert set(statuses) <= {202, 409}
    assert statuses[202] >= 1
    assert len({answer.content for answer in answers if answer is not None and answer.status_code == 202}) == 1
    other = service.clients.post(short_text(2), **key)
    assert other is not None
    assert other.status_code == 422
    service.start_worker(worker_concurrency=1)
    figures = service.keep_the_promise()
    assert len(service.jobs()) == 1
    measured(**figures, answers_202=statuses[202], answers_409=statuses[409])


@pytest.mark.reliability(7)
@pytest.mark.long
def test_the_same_texts_from_all_sides(service: Service, measured: Measured) -> None:
    """100 texts, each submitted 20 times under 20 keys by 16 clients while a worker works: extracted once each."""
    service.start_worker()
    texts = [short_text(number) for number in range(100)] * 20
    random.shuffle(texts)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda text: service.clients.post(text, **{"Idempotency-Key": str(uuid4())}), texts))
    statuses = Counter(answer.status_code for answer in answers if answer is not None)
    assert set(statuses) == {200, 202}
    assert statuses[202] == 100
    figures = service.keep_the_promise()
    assert len(service.jobs()) == 100
    assert figures["most attempts"] == 1
    measured(**figures, submissions=len(texts))


@pytest.mark.reliability(25)
@pytest.mark.long
def test_cancelling_races_finishing(service: Service, measured: Measured) -> None:
    """1,000 jobs are cancelled about when they end: who was told that it is cancelled finds it so for ever."""
    service.start_worker()
    texts = [short_text(number) for number in range(1000)]
    told: Counter[int] = Counter()
    cancelled: list[UUID] = []

    def submit_and_cancel(text: str) -> None:
        job = service.clients.insist(text).json()
        time.sleep(random.uniform(0, 0.02))
        answer = client.post(f"{service.url}/v1/jobs/{job['id']}/cancel")
        told[answer.status_code] += 1
        if answer.status_code == 200:
            cancelled.append(UUID(job["id"]))

    # One client for all: to make one takes longer than a job.
    with httpx.Client(timeout=30) as client, ThreadPoolExecutor(4) as pool:
        list(pool.map(submit_and_cancel, texts))
    figures = service.keep_the_promise(states=(JobState.SUCCEEDED, JobState.CANCELLED))
    assert set(told) <= {200, 409}
    assert {job.state for job in service.jobs(cancelled)} <= {JobState.CANCELLED}
    succeeded = sum(job.state is JobState.SUCCEEDED for job in service.jobs())
    assert succeeded == told[409] == 1000 - len(cancelled)
    measured(**figures, cancelled=len(cancelled), had_ended=told[409])


@pytest.mark.reliability(18)
@pytest.mark.long
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_full_queue_under_load(start_service: Callable[..., Service], database_url: str, measured: Measured) -> None:
    """A queue of 50: who comes too late hears 503 with Retry-After, insists, and is served in the end."""
    service = start_service(database_url, max_queue="50")
    service.clients.insist_on_all([short_text(number) for number in range(50)])
    refused = service.clients.post(short_text(50))
    assert refused is not None
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
    with service.clients.load([short_text(number) for number in range(50, 100)]):
        service.start_worker(worker_concurrency=1)
    measured(**service.keep_the_promise(), answers_503=service.clients.promises.statuses[503])
