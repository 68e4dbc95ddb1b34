"""Workers are seen by the API while they live."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from tests.api_server import ApiServer
from tests.servers import RedisServer, wait_until
from tests.worker_processes import WorkerProcess


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


def seen(client: httpx.Client) -> int | None:
    workers: int | None = client.get("/health/ready").json()["workers"]
    return workers
