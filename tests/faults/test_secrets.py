"""Nothing that a process logs holds a password or a word of an article, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from tests.support.api_server import ApiServer
from tests.support.servers import PostgresServer, RedisServer, wait_until
from tests.support.worker_processes import worker_starter

# What makes the database refuse every claim, and what ends that.
REFUSALS = {
    "postgresql": (
        "ALTER TABLE claims ADD CONSTRAINT refused CHECK (false) NOT VALID",
        "ALTER TABLE claims DROP CONSTRAINT refused",
    ),
    "sqlite": (
        "CREATE TRIGGER refused BEFORE INSERT ON claims BEGIN SELECT RAISE(ABORT, 'refused'); END",
        "DROP TRIGGER refused",
    ),
}
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


@pytest.mark.reliability(20)
def test_an_article_whose_claims_cannot_be_stored_is_not_in_the_log(
    database_url: str, engine: Engine, redis_url: str, tmp_path: Path
) -> None:
    """PostgreSQL and SQLAlchemy both quote what was refused."""
    environment = {"TALLY_DATABASE_URL": database_url, "TALLY_REDIS_URL": redis_url, "TALLY_LOG_LEVEL": "debug"}
    environment |= {"TALLY_MAX_ATTEMPTS": "1", "TALLY_WORKER_CONCURRENCY": "1"}
    with (
        refused_claims(engine),
        ApiServer(database_url, redis_url, log_level="debug") as api,
        worker_starter(environment, tmp_path) as start,
    ):
        worker = start()
        article = {"text": "Elspeth Quigley counted 73 kittiwakes.", "title": "Zanzibar"}
        answer = httpx.post(f"{api.url}/v1/articles", json=article, headers={"Prefer": "wait=20"}, timeout=40)
        assert answer.json()["error"]["title"] == "The claims could not be stored"
        logged = worker.log.read_text()
        assert "The claims cannot be stored" in logged
        assert "IntegrityError" in logged
        logged += api.log
    for word in ("Elspeth", "Quigley", "counted", "kittiwake", "Zanzibar"):
        assert word not in logged


@contextmanager
def refused_claims(engine: Engine) -> Iterator[None]:
    begin, end = REFUSALS[engine.dialect.name]
    with engine.begin() as connection:
        connection.exec_driver_sql(begin)
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.exec_driver_sql(end)


def allow(redis: RedisServer, password: str) -> None:
    redis.command("ACL", "SETUSER", "tally", "on", f">{password}", "~*", "&*", "+@all")
