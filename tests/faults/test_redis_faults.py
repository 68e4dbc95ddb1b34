"""Redis emptied, killed, restarted, frozen, away, full, and with messages that are none of ours."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from api.publisher import SOCKET_SECONDS
from models import JobState
from models.messages import QUEUE
from tests.support.fault_service import PATIENT, POISONABLE, REQUEST_SECONDS, SWEEP_SECONDS, Service, short_text
from tests.support.servers import RedisServer, wait_until

SUBMISSIONS = 10_000
Measured = Callable[..., None]
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def texts(count: int, *, first: int = 0) -> list[str]:
    return [short_text(number) for number in range(first, first + count)]


@pytest.mark.reliability(3)
@pytest.mark.long
def test_a_thousand_messages_lost(service: Service, measured: Measured) -> None:
    """FLUSHALL with 1,000 jobs queued; two sweepers at once bring them back."""
    service.clients.insist_on_all(texts(1000))
    assert service.redis.command("LLEN", QUEUE) == ":1000"
    service.redis.command("FLUSHALL")
    for worker in [service.launch_worker(worker_concurrency=1) for _ in range(2)]:
        worker.await_ready()
    began = time.monotonic()
    service.await_ended(1, seconds=30)
    recovered = time.monotonic() - began
    figures = service.keep_the_promise()
    assert figures["most attempts"] == 1
    measured(**figures, first_job_done_after_s=recovered)


@pytest.mark.reliability(3, 12)
@pytest.mark.long
@on_postgresql
def test_redis_emptied_again_and_again_under_load(service: Service, measured: Measured) -> None:
    """FLUSHALL takes the queue and what is noted as unacknowledged, at any moment."""
    for worker in [service.launch_worker(worker_concurrency=1) for _ in range(2)]:
        worker.await_ready()
    flushes = 0
    with service.clients.load(texts(1000), pause=0.04):
        while service.ended() < 600:
            service.redis.command("FLUSHALL")
            flushes += 1
            time.sleep(random.uniform(0.2, 0.6))
    figures = service.keep_the_promise()
    measured(**figures, times_emptied=flushes)


@pytest.mark.reliability(23)
@pytest.mark.long
@pytest.mark.parametrize("appendonly", [False, True], ids=["in memory", "append-only file"])
def test_redis_killed_under_load(
    start_service: Callable[..., Service], postgresql_url: str, measured: Measured, appendonly: bool
) -> None:
    """kill -9 of redis-server three times while 1,000 articles come in and are worked on."""
    service = start_service(postgresql_url, appendonly=appendonly)
    service.start_worker()
    with service.clients.load(texts(1000), pause=0.02):
        for done in (100, 300, 500):
            service.await_ended(done)
            service.redis.kill()
            time.sleep(1)
            service.redis.start()
    began = time.monotonic()
    figures = service.keep_the_promise()
    measured(**figures, kills=3, all_done_after_s=time.monotonic() - began)


@pytest.mark.reliability(12)
@pytest.mark.long
@on_postgresql
def test_twenty_restarts_under_load(service: Service, measured: Measured) -> None:
    """The worker really consumes after each restart, not only after the last."""
    service.start_worker()
    consumed = []
    with service.clients.load(texts(1000), threads=2, pause=0.05):
        for number in range(20):
            service.redis.kill()
            service.redis.start()
            began = time.monotonic()
            # Submitted after the restart: it can only end if somebody consumes.
            probe = short_text(10_000 + number)
            service.clients.insist(probe)
            ids = [job for job, text in service.clients.promises.accepted.items() if text == probe]
            service.await_jobs(ids, seconds=60)
            consumed.append(time.monotonic() - began)
    measured(**service.keep_the_promise(), restarts=20, slowest_recovery_s=max(consumed))


@pytest.mark.reliability(12)
@on_sqlite
def test_a_worker_with_a_job_in_hand_outlasts_redis(service: Service, measured: Measured, tmp_path: Path) -> None:
    """Redis dies, and the worker learns it first on the socket of remote control: it consumes again, unrestarted."""
    gate = tmp_path / "gate"
    worker = service.start_worker(program=POISONABLE, **PATIENT)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    (held,) = service.clients.promises.accepted
    service.await_jobs([held], lambda job: job.state is JobState.RUNNING)
    # Stopped, it hears of both losses at once, in the order in which they came.
    worker.signal_all(signal.SIGSTOP)
    assert service.redis.command("CLIENT", "KILL", "TYPE", "pubsub") == ":1"
    service.redis.kill()
    worker.signal_all(signal.SIGCONT)
    wait_until(lambda: "Cannot connect" in worker.log.read_text(), what="the worker's notice")
    service.redis.start()
    began = time.monotonic()
    service.clients.insist(short_text(1))
    service.await_ended(1)
    consumed = time.monotonic() - began
    gate.touch()
    figures = service.keep_the_promise()
    assert figures["most attempts"] == 1
    assert worker.stop() == 0
    measured(**figures, consumes_again_after_s=consumed)


@pytest.mark.reliability(12)
@pytest.mark.long
@on_postgresql
def test_a_long_outage(service: Service, measured: Measured) -> None:
    """Redis is away for 90 seconds: submissions are answered with 202, and the worker comes back by itself."""
    service.start_worker()
    service.clients.insist_on_all(texts(100))
    service.redis.kill()
    away_at = time.monotonic()
    service.clients.insist_on_all(texts(100, first=100))
    statuses = service.clients.promises.statuses
    assert set(statuses) == {202}
    time.sleep(max(0.0, 90 - (time.monotonic() - away_at)))
    service.redis.start()
    began = time.monotonic()
    figures = service.keep_the_promise()
    measured(**figures, outage_s=90, all_done_after_s=time.monotonic() - began)


@pytest.mark.reliability(4)
@on_sqlite
@pytest.mark.parametrize(
    "how",
    [
        "SIGSTOP",
        pytest.param("CLIENT PAUSE", marks=pytest.mark.long),
        pytest.param("stopped", marks=pytest.mark.long),
    ],
)
def test_submissions_while_redis_does_not_answer(service: Service, measured: Measured, how: str) -> None:
    """Every submission is still answered with 202, and soon; most do not wait for Redis at all."""
    service.clients.insist(short_text(9_999))
    promises = service.clients.promises
    promises.answers.clear()
    if how == "SIGSTOP":
        service.redis.pause()
    elif how == "stopped":
        service.redis.stop()
    else:
        # Redis does not even hear the end of it before that time.
        service.redis.command("CLIENT", "PAUSE", "15000")
    service.clients.insist_on_all(texts(100), threads=8)
    assert set(promises.statuses) == {202}
    median, p99 = promises.percentile(50), promises.percentile(99)
    assert p99 < 3
    assert median < SOCKET_SECONDS / 2
    assert promises.longest < REQUEST_SECONDS
    if how == "SIGSTOP":
        service.redis.resume()
    elif how == "stopped":
        service.redis.start()
    service.start_worker()
    measured(**service.keep_the_promise(), median_of_POST_s=median, p99_of_POST_s=p99)


@pytest.mark.reliability(4, 12)
@pytest.mark.long
@on_postgresql
def test_redis_frozen_while_workers_work(service: Service, measured: Measured) -> None:
    """SIGSTOP for 20 seconds, longer than any socket waits, in the middle of the work; jobs go on after SIGCONT."""
    service.start_worker()
    with service.clients.load(texts(600), pause=0.15):
        service.await_ended(50)
        service.redis.pause()
        time.sleep(20)
        service.redis.resume()
        began = time.monotonic()
        done = service.ended()
        service.await_ended(done + 1)
        recovered = time.monotonic() - began
    p99 = service.clients.promises.percentile(99)
    assert p99 < 3
    measured(**service.keep_the_promise(), p99_of_POST_s=p99, work_goes_on_after_s=recovered)


@pytest.mark.reliability(23)
@pytest.mark.long
@on_sqlite
def test_redis_without_memory(service: Service, measured: Measured) -> None:
    """`maxmemory 1mb` with noeviction: Redis refuses every write; what was accepted is done when it has room again."""
    service.start_worker(worker_concurrency=1)
    service.clients.insist_on_all(texts(20))
    service.redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    service.redis.command("CONFIG", "SET", "maxmemory", "1mb")
    assert service.redis.command("SET", "a", "b").startswith("-OOM")
    service.clients.insist_on_all(texts(40, first=20))
    assert set(service.clients.promises.statuses) == {202}
    time.sleep(2 * SWEEP_SECONDS)
    service.redis.command("CONFIG", "SET", "maxmemory", "0")
    began = time.monotonic()
    figures = service.keep_the_promise()
    measured(**figures, all_done_after_s=time.monotonic() - began)


@pytest.mark.reliability(5)
@pytest.mark.long
@on_postgresql
def test_thousands_of_submissions_leave_nothing_behind(service: Service, measured: Measured) -> None:
    """No connection to Redis and no memory of the API grows with the number of submissions."""
    api = service.api
    assert api is not None
    service.start_worker()
    service.clients.insist_on_all(texts(1000), threads=8)
    clients, memory = redis_clients(service.redis), resident_mib(api.pid)
    service.clients.insist_on_all(texts(SUBMISSIONS - 1000, first=1000), threads=8)
    more_clients, more_memory = redis_clients(service.redis), resident_mib(api.pid)
    assert more_clients <= clients + 4
    assert more_memory - memory < 32
    figures = service.keep_the_promise(seconds=600)
    assert service.redis.command("LLEN", QUEUE) == ":0"
    measured(**figures, Redis_clients=f"{clients} → {more_clients}", API_MiB=f"{memory:.0f} → {more_memory:.0f}")


def redis_clients(server: RedisServer) -> int:
    import redis

    with redis.Redis.from_url(server.url) as client:
        return len(client.client_list())


def resident_mib(pid: int) -> float:
    with open(f"/proc/{pid}/status") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


@pytest.mark.reliability(23)
@on_sqlite
def test_messages_that_are_none_of_ours(service: Service, measured: Measured, tmp_path: Path) -> None:
    """A pickle, a message of another shape, one with another's token: none is run, none ends the worker.

    What is no message at all ends the worker, for its supervisor to start it again, without the offender.
    """
    import base64
    import json
    import pickle
    from uuid import uuid4

    trace = tmp_path / "was here"

    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            import os

            return os.system, (f"touch '{trace}'",)

    def message(body: bytes, content_type: str, encoding: str, **headers: object) -> str:
        properties = {
            "correlation_id": str(uuid4()),
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": QUEUE},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": str(uuid4()),
        }
        header = {"lang": "py", "task": "tally.extract", "id": str(uuid4()), **headers}
        return json.dumps(
            {
                "body": base64.b64encode(body).decode(),
                "content-type": content_type,
                "content-encoding": encoding,
                "headers": header,
                "properties": properties,
            }
        )

    worker = service.start_worker(worker_concurrency=1)
    pickled = pickle.dumps(((Evil(),), {}, {}))
    injected = [
        message(pickled, "application/x-python-serialize", "binary"),
        message(pickled, "application/json", "utf-8"),
        message(b"[[], {}, {}]", "application/json", "utf-8", task="os.system"),
        message(b'[["x"], {}, {}]', "application/json", "utf-8"),
        message(json.dumps([[str(uuid4())], {}, {}]).encode(), "application/json", "utf-8", job_token="nonsense"),
        message(b"[[{}], {}, {}]", "application/json", "utf-8"),
        message(b"[" * 100_000, "application/json", "utf-8"),
        "{}",
    ]
    for each in injected:
        service.redis.command("LPUSH", QUEUE, each)
    service.clients.insist_on_all(texts(5))
    service.await_jobs(list(service.clients.promises.accepted))
    service.redis.command("LPUSH", QUEUE, "no envelope at all")
    assert worker.await_end() != 0
    service.start_worker(worker_concurrency=1)
    service.clients.insist_on_all(texts(5, first=5))
    figures = service.keep_the_promise()
    assert not trace.exists()
    wait_until(lambda: service.redis.command("LLEN", QUEUE) == ":0", what="an empty queue")
    assert httpx.get(f"{service.url}/health/ready").json()["checks"]["redis"] is True
    measured(**figures, messages_injected=len(injected) + 1, run=0)
