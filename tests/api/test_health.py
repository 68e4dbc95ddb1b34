"""Liveness and readiness, with the servers behind really gone."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

import migrations
from tests.support.databases import database_of
from tests.support.servers import PostgresServer, RedisServer

HEALTHY = {"database": True, "migrations": True, "redis": True}


def test_ready(client: httpx.Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}
    before = client.get("/health/ready").json()
    assert (before["status"], before["checks"]) == ("ready", HEALTHY)
    client.post("/v1/articles", json={"text": f"5% {time.time()}"})
    queue = client.get("/health/ready").json()["queue"]
    assert queue["queued"] == before["queue"]["queued"] + 1
    assert 0 <= queue["oldest_seconds"] < 600


def test_database_that_is_not_migrated(tmp_path: Path, redis_server: RedisServer, start_api: Any) -> None:
    with start_api(f"sqlite:///{tmp_path}/empty.db", redis_server.url) as running, running.client() as client:
        response = client.get("/health/ready")
        assert response.status_code == 503
        body = response.json()
        # Others on the same Redis may have been seen.
        assert body.pop("workers") >= 0
        assert body == {
            "status": "unavailable",
            "checks": {**HEALTHY, "migrations": False},
            "queue": {"queued": None, "oldest_seconds": None},
        }
        assert client.get("/health/live").status_code == 200
        claims = client.get("/v1/claims")
        assert (claims.status_code, claims.headers["retry-after"]) == (503, "30")
        assert claims.json()["type"] == "/problems/database-unavailable"
        assert "migrate" in claims.json()["detail"]


def test_redis_gone_and_frozen(sqlite_url: str, start_api: Any) -> None:
    with RedisServer() as redis, start_api(sqlite_url, redis.url) as running, running.client() as client:
        redis.stop()
        degraded = client.get("/health/ready").json()
        assert (degraded["status"], degraded["workers"]) == ("degraded", None)
        metrics = client.get("/metrics").text
        assert "tally_redis_up 0.0" in metrics
        assert "tally_workers" not in metrics
        began = time.monotonic()
        unpublished = client.post("/v1/articles", json={"text": "Up 5%."})
        assert unpublished.status_code == 202
        # What goes wrong meanwhile is logged under the id of the request.
        warnings = [json.loads(line) for line in running.log.splitlines() if "jobs not published" in line]
        assert [line["request_id"] for line in warnings] == [unpublished.headers["x-request-id"]]
        redis.start()
        assert client.get("/health/ready").json()["status"] == "ready"
        redis.pause()
        assert client.get("/health/ready").json()["checks"] == {**HEALTHY, "redis": False}
        took = []
        time.sleep(max(0.0, 5.2 - (time.monotonic() - began)))
        for number in range(20):
            began = time.monotonic()
            assert client.post("/v1/articles", json={"text": f"Up {number}%!"}).status_code == 202
            took.append(time.monotonic() - began)
        redis.resume()
        assert max(took) < 3
        assert sorted(took)[-2] < 0.5


def test_postgresql_gone_and_frozen(redis_server: RedisServer, start_api: Any) -> None:
    with (
        PostgresServer() as postgres,
        database_of(postgres) as url,
        start_api(url, redis_server.url, request_timeout="3") as running,
        running.client() as client,
    ):
        assert client.get("/health/ready").status_code == 503
        migrations.upgrade(url)
        assert client.post("/v1/articles", json={"text": "Up 5%."}).status_code == 202
        with frozen(postgres):
            began = time.monotonic()
            stuck = client.post("/v1/articles", json={"text": "Up 6%."})
            assert (stuck.status_code, stuck.json()["type"]) == (503, "/problems/overloaded")
            assert client.get("/health/live").status_code == 200
            assert client.get("/health/ready").json()["status"] == "unavailable"
            assert time.monotonic() - began < 8
        postgres.stop(crash=True)
        gone = client.get("/v1/jobs")
        assert (gone.status_code, gone.headers["retry-after"]) == (503, "5")
        assert gone.json()["type"] == "/problems/database-unavailable"
        postgres.start()
        assert client.get("/v1/jobs").status_code == 200
        assert client.get("/health/ready").status_code == 200


@contextlib.contextmanager
def frozen(postgres: PostgresServer) -> Iterator[None]:
    """The server and all its connections do nothing, but are still there."""
    pids = [postgres.pid, *(row[0] for row in postgres.execute("SELECT pid FROM pg_stat_activity"))]
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
