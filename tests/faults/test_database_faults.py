"""The database killed, restarted, away, or refusing a commit; and SQLite with many writers."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from models import JobState
from models.messages import QUEUE
from tests.support.fault_service import PATIENT, POISONABLE, Service, short_text
from tests.support.guarded_processes import DIES_WITH_US
from tests.support.servers import PostgresServer, wait_until

Measured = Callable[..., None]


def texts(count: int, *, first: int = 0) -> list[str]:
    return [short_text(number) for number in range(first, first + count)]


@pytest.mark.reliability(15)
@pytest.mark.long
def test_postgresql_crashes_under_load(
    start_service: Callable[..., Service], own_server: PostgresServer, own_url: str, measured: Measured
) -> None:
    """Five times `pg_ctl restart -m immediate` (SIGQUIT, then recovery) while 1,000 articles come in."""
    service = start_service(own_url)
    service.start_worker()
    recoveries = []
    with service.clients.load(texts(1000), pause=0.04):
        for number in range(5):
            service.await_ended(100 * (number + 1))
            own_server.stop(crash=True)
            time.sleep(0.5)
            own_server.start()
            began = time.monotonic()
            service.await_ended(service.ended() + 1)
            recoveries.append(time.monotonic() - began)
    statuses = service.clients.promises.statuses
    assert set(statuses) <= {200, 202, 409, 503}
    figures = service.keep_the_promise()
    measured(**figures, crashes=5, answers_503=statuses[503], slowest_recovery_s=max(recoveries))


def stop_under_a_job(service: Service, server: PostgresServer, directory: Path, **settings: Any) -> list[UUID]:
    """Stop PostgreSQL while a worker has a job in hand, which then comes to its end; returns the job's id, alone."""
    gate = directory / "gate"
    service.start_worker(program=POISONABLE, **settings)
    service.clients.insist(f"FAULT await {gate} The town has 7 schools.")
    ids = list(service.clients.promises.accepted)
    service.await_jobs(ids, lambda job: job.state is JobState.RUNNING)
    server.stop()
    gate.touch()
    return ids


@pytest.mark.reliability(15)
@pytest.mark.long
def test_postgresql_away_longer_than_a_worker_waits(
    start_service: Callable[..., Service],
    own_server: PostgresServer,
    own_url: str,
    measured: Measured,
    tmp_path: Path,
) -> None:
    """Down for 30 seconds: clients get 503 with Retry-After; jobs at work are left to their lease and rescued."""
    service = start_service(own_url)
    stop_under_a_job(service, own_server, tmp_path)
    stopped_at = time.monotonic()
    while time.monotonic() - stopped_at < 30:
        response = service.clients.post(short_text(1))
        assert response is not None
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert httpx.get(f"{service.url}/health/live").status_code == 200
        time.sleep(0.5)
    own_server.start()
    began = time.monotonic()
    service.clients.insist_on_all(texts(50))
    figures = service.keep_the_promise(unserved=32)
    measured(**figures, answered_503=service.clients.promises.statuses[503], all_done_after_s=time.monotonic() - began)


@pytest.mark.reliability(15)
@pytest.mark.long
def test_a_finished_extraction_waits_for_postgresql(
    start_service: Callable[..., Service],
    own_server: PostgresServer,
    own_url: str,
    measured: Measured,
    tmp_path: Path,
) -> None:
    """Down for 8 seconds when a job wants to store its claims: they are stored then, and no attempt is lost."""
    service = start_service(own_url)
    ids = stop_under_a_job(service, own_server, tmp_path, **PATIENT)
    time.sleep(8)
    own_server.start()
    began = time.monotonic()
    service.await_jobs(ids, seconds=30)
    stored = time.monotonic() - began
    figures = service.keep_the_promise()
    assert figures["most attempts"] == 1
    measured(**figures, outage_s=8, stored_after_s=stored)


@pytest.mark.reliability(1, 2)
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_commit_that_fails_is_no_202(service: Service, postgres_server: PostgresServer, measured: Measured) -> None:
    """A deferred constraint makes COMMIT itself fail: the client hears it, nothing is stored and no message is sent."""
    failures = {
        "RAISE EXCEPTION 'no'": 500,
        "RAISE EXCEPTION 'the disk is full' USING ERRCODE = '53100'": 503,
        "PERFORM pg_terminate_backend(pg_backend_pid())": 503,
    }
    database = service.database_url.rpartition("/")[2]
    article = {"text": short_text(1)}
    bodies = {"/v1/articles": article, "/v1/batches": {"articles": [article]}}
    for failure, status in failures.items():
        postgres_server.execute(
            "CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {failure}; RETURN NULL; END $$",
            database,
        )
        postgres_server.execute(
            "CREATE CONSTRAINT TRIGGER failing AFTER INSERT ON jobs DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION fail_at_commit()",
            database,
        )
        try:
            for path, body in bodies.items():
                response = httpx.post(f"{service.url}{path}", json=body, timeout=30)
                assert response.status_code == status, failure
                assert response.headers["content-type"] == "application/problem+json"
            assert service.jobs() == []
            assert service.redis.command("LLEN", QUEUE) == ":0"
        finally:
            postgres_server.execute("DROP FUNCTION fail_at_commit CASCADE", database)
    service.start_worker(worker_concurrency=1)
    service.clients.insist(short_text(1))
    measured(**service.keep_the_promise(), answers=", ".join(str(status) for status in failures.values()))


WRITER = """
import sys
from models.session import create_database_engine, create_sessions, run_transaction
from models.submission import NewArticle, submit_article

sessions = create_sessions(create_database_engine(sys.argv[1], pool_size=1))
for number in range(int(sys.argv[3])):
    new = NewArticle(f"writer {sys.argv[2]} text {number}")
    run_transaction(sessions, lambda session: submit_article(session, new, pipeline="test"), attempts=1)
    print(number, flush=True)
"""


def start_writer(url: str, name: str, writes: int) -> subprocess.Popen[str]:
    command = [*DIES_WITH_US, sys.executable, "-P", "-c", WRITER, url, name, str(writes)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.reliability(16)
@pytest.mark.long
def test_eight_processes_write_five_hundred_times_each(sqlite_url: str, measured: Measured) -> None:
    """Not one write fails or has to be repeated because the database is locked."""
    writers = [start_writer(sqlite_url, str(number), 500) for number in range(8)]
    began = time.monotonic()
    for writer in writers:
        _, errors = writer.communicate(timeout=300)
        assert writer.returncode == 0, errors
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        stored = connection.execute("SELECT count(*) FROM jobs").fetchone()[0]
        check = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    assert (stored, check) == (4000, "ok")
    measured(writes=stored, failed=0, integrity_check=check, writes_per_s=int(stored / (time.monotonic() - began)))


@pytest.mark.reliability(16)
@pytest.mark.parametrize(
    "writers", [pytest.param(2, id="two writers"), pytest.param(8, id="eight writers", marks=pytest.mark.long)]
)
def test_writers_killed_in_their_transactions(sqlite_url: str, measured: Measured, writers: int) -> None:
    """kill -9 of processes that write without a pause: what they reported as committed is there, the file is sound."""
    running = [start_writer(sqlite_url, str(number), 100_000) for number in range(writers)]
    reported: dict[int, list[str]] = {number: [] for number in range(writers)}

    def read(number: int) -> None:
        stream = running[number].stdout
        assert stream is not None
        reported[number].extend(line.strip() for line in stream)

    readers = [threading.Thread(target=read, args=[number]) for number in range(writers)]
    for reader in readers:
        reader.start()
    wait_until(lambda: all(len(found) >= 5 for found in reported.values()), seconds=60, what="writes of all")
    for writer in running:
        time.sleep(random.uniform(0, 0.1))
        writer.send_signal(signal.SIGKILL)
    for writer, reader in zip(running, readers, strict=True):
        writer.wait()
        reader.join()
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        writer.stderr.close()
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        check = connection.execute("PRAGMA integrity_check").fetchone()[0]
        stored = {text for (text,) in connection.execute("SELECT text FROM articles")}
        jobs = connection.execute("SELECT count(*) FROM jobs").fetchone()[0]
    connection.close()
    committed = {f"writer {name} text {number}" for name, numbers in reported.items() for number in numbers}
    assert check == "ok"
    assert jobs == len(stored)
    assert committed <= stored
    measured(commits=len(committed), lost=len(committed - stored), integrity_check=check)
