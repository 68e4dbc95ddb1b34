"""Workers are seen by the API while they live."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.support.api_server import ApiServer
from tests.support.servers import RedisServer, wait_until
from tests.support.worker_processes import WorkerProcess


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_workers_are_counted_while_they_live(
    start_worker: Callable[..., WorkerProcess], database_url: str, redis_url: str, redis_server: RedisServer
) -> None:
    with ApiServer(database_url, redis_url) as api, api.client() as client:
        assert seen(client) == 0
        workers = [start_worker(worker_concurrency=1) for _ in range(2)]
        wait_until(lambda: seen(client) == 2, what="both workers")
        assert "tally_workers 2.0" in client.get("/metrics").text
        # What is lost is noted again at the next sweep.
        redis_server.command("FLUSHALL")
        wait_until(lambda: seen(client) == 2, seconds=5, what="both workers")
        workers[0].stop()
        assert seen(client) == 1
        workers[1].kill()
        assert client.get("/health/ready").json()["status"] == "ready"
        # Two sweeps of one second and fifteen seconds.
        wait_until(lambda: seen(client) == 0, seconds=20, what="nobody")
        assert "tally_workers 0.0" in client.get("/metrics").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_worker_touches_its_file_for_as_long_as_its_sweeper_goes_round(
    start_worker: Callable[..., WorkerProcess], tmp_path: Path
) -> None:
    alive = tmp_path / "alive"
    worker = start_worker(alive_file=str(alive), worker_concurrency=1)
    wait_until(alive.exists, what="the first sign")
    alive.unlink()
    wait_until(alive.exists, seconds=5, what="the sign of the next round")
    worker.signal_all(signal.SIGSTOP)
    time.sleep(0.2)
    alive.unlink()
    time.sleep(2.5)  # two sweeps
    assert not alive.exists()
    worker.signal_all(signal.SIGCONT)
    wait_until(alive.exists, seconds=5, what="a sign after the pause")


def seen(client: httpx.Client) -> int | None:
    workers: int | None = client.get("/health/ready").json()["workers"]
    return workers
