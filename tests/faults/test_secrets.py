"""Nothing that a process logs holds a password, whatever goes wrong."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.api_server import ApiServer
from tests.servers import PostgresServer, RedisServer, wait_until
from tests.worker_processes import worker_starter

SECRETS = ("pass-of-the-database", "pass-of-redis")


@pytest.mark.reliability(20)
def test_no_log_holds_a_password(own_server: PostgresServer, own_url: str, tmp_path: Path) -> None:
    """Both servers are asked for with a password, are killed, and refuse it; everything is logged."""
    database = own_url.replace("tally@", f"tally:{SECRETS[0]}@")
    with RedisServer() as redis:
        allow(redis, SECRETS[1])
        broker = redis.url.replace("redis://", f"redis://tally:{SECRETS[1]}@")
        environment = {"TALLY_DATABASE_URL": database, "TALLY_REDIS_URL": broker, "TALLY_LOG_LEVEL": "debug"}
        environment |= {"TALLY_SWEEP_SECONDS": "1", "TALLY_WORKER_CONCURRENCY": "1"}
        with (
            ApiServer(database, broker, log_level="debug") as api,
            worker_starter(environment, tmp_path) as start,
        ):
            worker = start()
            wanted = {"Prefer": "wait=20"}
            article = {"text": "The town has 7 schools."}
            assert httpx.post(f"{api.url}/v1/articles", json=article, headers=wanted, timeout=40).status_code == 200
            redis.kill()
            own_server.stop(crash=True)
            assert httpx.post(f"{api.url}/v1/articles", json={"text": "5%"}, timeout=40).status_code == 503
            wait_until(lambda: "The database is away" in worker.log.read_text(), what="the loss of the database")
            wait_until(lambda: "Cannot connect" in worker.log.read_text(), what="the loss of Redis")
            own_server.start()
            redis.start()
            # Redis knows the user no more.
            assert httpx.post(f"{api.url}/v1/articles", json={"text": "6%"}, timeout=40).status_code == 202
            wait_until(lambda: "invalid username-password pair" in worker.log.read_text(), what="the refusal")
            assert httpx.get(f"{api.url}/health/ready", timeout=40).status_code in (200, 503)
            logged = api.log + worker.log.read_text()
    assert '"request"' in logged
    for secret in SECRETS:
        assert secret not in logged


def allow(redis: RedisServer, password: str) -> None:
    redis.command("ACL", "SETUSER", "tally", "on", f">{password}", "~*", "&*", "+@all")
