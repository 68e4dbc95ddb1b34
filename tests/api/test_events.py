"""The event stream of a job. The worker is played through `models.job_state`."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

import migrations
from models.job_state import cancel_job, claim_job, fail_job, renew_lease, requeue_job
from models.session import Sessions
from tests.support.servers import PostgresServer, wait_until
from tests.support.single_jobs import finish_job

Problem = Callable[[httpx.Response], dict[str, Any]]
LEASE = timedelta(seconds=150)
ERROR = {"type": "urn:tally:problem:extraction-failed", "title": "The extraction failed", "status": 500, "detail": "x"}


@dataclass
class Event:
    id: int
    name: str
    data: dict[str, Any]


def read_events(response: httpx.Response) -> Iterator[Event | str]:
    """The events of a stream; a comment is given as its text, the retry hint is left out."""
    fields: dict[str, str] = {}
    for line in response.iter_lines():
        if line.startswith(":"):
            yield line
        elif line:
            name, _, value = line.partition(": ")
            fields[name] = value
        else:
            if "event" in fields:
                yield Event(int(fields["id"]), fields["event"], json.loads(fields["data"]))
            fields = {}


@pytest.fixture
def plain(server: Any) -> Iterator[httpx.Client]:
    """A client that does not read a stream to its end before it is looked at."""
    with server.client(checked=False) as client:
        yield client


def submit(client: httpx.Client) -> str:
    return str(client.post("/v1/articles", json={"text": f"5% {uuid4()}"}).json()["id"])


def begin(store: Sessions, job_id: str) -> UUID:
    with store.begin() as session:
        claimed = claim_job(session, UUID(job_id), lease=LEASE, max_attempts=3)
        assert claimed is not None
        return claimed.token


def succeed(store: Sessions, job_id: str, token: UUID) -> None:
    with store.begin() as session:
        assert renew_lease(session, UUID(job_id), token, lease=LEASE, sentences_done=7, sentences_total=7)
        assert finish_job(session, UUID(job_id), token, claims_count=3)


@pytest.mark.parametrize("job_id", ["7f537112-1f88-43a0-9c8d-ca23d674149f", "not-an-id"])
def test_unknown_job(client: httpx.Client, problem: Problem, job_id: str) -> None:
    response = client.get(f"/v1/jobs/{job_id}/events")
    assert response.status_code == 404
    assert problem(response)["detail"] == f"There is no job '{job_id}'."


@pytest.mark.parametrize("given", ["x", "-1", "1.5", "9" * 19])
def test_last_event_id_that_is_none(client: httpx.Client, problem: Problem, given: str) -> None:
    response = client.get(f"/v1/jobs/{submit(client)}/events", headers={"Last-Event-ID": given})
    assert response.status_code == 422
    assert problem(response)["errors"] == [
        {"in": "header", "pointer": "/Last-Event-ID", "message": "must be the id of an event"}
    ]


def test_events_come_as_they_happen(client: httpx.Client, plain: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)
    with plain.stream("GET", f"/v1/jobs/{job_id}/events") as response:
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == "text/event-stream"
        assert response.headers["cache-control"] == "no-store"
        stream = read_events(response)
        queued = next(stream)
        assert isinstance(queued, Event)
        assert queued.name == "state"
        at = queued.data.pop("at")
        assert datetime.fromisoformat(at).utcoffset() == timedelta(0)
        assert queued.data == {
            "job_id": job_id,
            "state": "queued",
            "done": False,
            "attempt": None,
            "progress": None,
            "claims_count": None,
            "error": None,
        }

        token = begin(store, job_id)
        running = next(stream)
        assert isinstance(running, Event)
        assert (running.name, running.data["state"], running.data["attempt"]) == ("state", "running", 1)

        succeed(store, job_id, token)
        progress, done = list(stream)
        assert isinstance(progress, Event)
        assert isinstance(done, Event)
        assert (progress.name, progress.data["progress"]) == ("progress", {"sentences_done": 7, "sentences_total": 7})
        assert (done.name, done.data["state"], done.data["done"]) == ("done", "succeeded", True)
        assert done.data["claims_count"] == 3
        assert queued.id < running.id < progress.id < done.id


def test_ended_job_sends_everything_and_ends(client: httpx.Client, store: Sessions) -> None:
    job_id = submit(client)
    succeed(store, job_id, begin(store, job_id))
    response = client.get(f"/v1/jobs/{job_id}/events")
    events = [event for event in read_events(response) if isinstance(event, Event)]
    assert [event.name for event in events] == ["state", "state", "progress", "done"]

    resumed = client.get(f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": str(events[1].id)})
    assert list(read_events(resumed)) == events[2:]

    # A browser that came back after the last event would come back for ever.
    over = client.get(f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": str(events[-1].id)})
    assert (over.status_code, over.content) == (204, b"")


def test_interrupted_stream_goes_on_after_the_last_event(
    client: httpx.Client, plain: httpx.Client, store: Sessions
) -> None:
    job_id = submit(client)
    with plain.stream("GET", f"/v1/jobs/{job_id}/events") as response:
        first = next(read_events(response))
    assert isinstance(first, Event)
    token = begin(store, job_id)
    with plain.stream("GET", f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": str(first.id)}) as response:
        stream = read_events(response)
        missed = next(stream)
        assert isinstance(missed, Event)
        assert missed.data["state"] == "running"
        with store.begin() as session:
            assert requeue_job(session, UUID(job_id), token, ERROR, max_attempts=3)
        again = next(stream)
        assert isinstance(again, Event)
        assert (again.data["state"], again.data["error"]) == ("queued", ERROR)


@pytest.mark.parametrize("end", ["failed", "cancelled"])
def test_other_ends(client: httpx.Client, plain: httpx.Client, store: Sessions, end: str) -> None:
    job_id = submit(client)
    token = begin(store, job_id)
    with plain.stream("GET", f"/v1/jobs/{job_id}/events") as response:
        stream = read_events(response)
        assert [next(stream).data["state"] for _ in range(2)] == ["queued", "running"]  # type: ignore[union-attr]
        with store.begin() as session:
            if end == "failed":
                assert fail_job(session, UUID(job_id), token, ERROR)
            else:
                assert cancel_job(session, UUID(job_id))
        (done,) = list(stream)
    assert isinstance(done, Event)
    assert (done.name, done.data["state"]) == ("done", end)
    assert done.data["error"] == (ERROR if end == "failed" else None)


def test_stream_of_an_erased_job_ends(client: httpx.Client, plain: httpx.Client) -> None:
    job_id = submit(client)
    article_id = client.get(f"/v1/jobs/{job_id}").json()["article_id"]
    with plain.stream("GET", f"/v1/jobs/{job_id}/events") as response:
        stream = read_events(response)
        next(stream)
        assert client.delete(f"/v1/articles/{article_id}").status_code == 204
        assert list(stream) == []


def test_head(client: httpx.Client) -> None:
    response = client.head(f"/v1/jobs/{submit(client)}/events")
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == "text/event-stream"


def test_many_idle_streams_hold_nothing_and_get_heartbeats(
    one_database_url: str, redis_url: str, start_api: Callable[..., Any]
) -> None:
    with (
        start_api(one_database_url, redis_url, database_pool_size="1") as api,
        api.client(checked=False) as client,
        contextlib.ExitStack() as stack,
    ):
        job_id = submit(client)
        responses = [
            stack.enter_context(client.stream("GET", f"/v1/jobs/{job_id}/events", timeout=30)) for _ in range(40)
        ]
        streams = [read_events(response) for response in responses]
        assert all(isinstance(next(stream), Event) for stream in streams)
        # The process has 2 threads and 1 connection (and 5 more under load); 40 streams would have taken them all.
        for _ in range(10):
            assert client.get(f"/v1/jobs/{job_id}").status_code == 200
        assert next(streams[0]) == ": still here"
        client.post(f"/v1/jobs/{job_id}/cancel")
        for stream in streams:
            last = [event for event in stream if isinstance(event, Event)]
            assert [event.name for event in last] == ["done"]


def test_number_of_streams_is_limited(
    one_database_url: str, redis_url: str, start_api: Callable[..., Any], problem: Problem
) -> None:
    with start_api(one_database_url, redis_url, max_streams="2") as api, api.client(checked=False) as client:
        path = f"/v1/jobs/{submit(client)}/events"
        with client.stream("GET", path) as first:
            # A reader that is let go closes its connection, so both are kept.
            first_events = read_events(first)
            next(first_events)
            with client.stream("GET", path) as second:
                second_events = read_events(second)
                next(second_events)
                refused = client.get(path)
                assert refused.status_code == 503
                assert problem(refused)["type"] == "/problems/overloaded"
                assert refused.headers["retry-after"] == "5"

            def accepted() -> bool:
                with client.stream("GET", path) as third:
                    return bool(third.status_code == 200)

            wait_until(accepted, what="a place for another stream")


def test_waiting_clients_do_not_delay_the_end(
    one_database_url: str, redis_url: str, start_api: Callable[..., Any]
) -> None:
    with start_api(one_database_url, redis_url) as api, api.client(checked=False) as client:
        job_id = submit(client)
        with client.stream("GET", f"/v1/jobs/{job_id}/events") as stream:
            events = read_events(stream)
            next(events)
            os.kill(api.pid, signal.SIGTERM)
            assert list(events) == []
        wait_until(lambda: not os.path.exists(f"/proc/{api.pid}"), what="the end of the API")
        assert "graceful shutdown exceeded" not in api.log


def test_streams_outlive_an_absent_database(start_api: Callable[..., Any], redis_url: str, open_store: Any) -> None:
    with PostgresServer() as postgres:
        url = postgres.url(postgres.create_database())
        migrations.upgrade(url)
        with start_api(url, redis_url) as api, api.client(checked=False) as client:
            job_id = submit(client)
            with client.stream("GET", f"/v1/jobs/{job_id}/events", timeout=30) as response:
                events = read_events(response)
                next(events)
                postgres.stop(crash=True)
                wait_until(lambda: "events not read" in api.log, what="a failed look")
                postgres.start()
                with open_store(url) as store, store.begin() as session:
                    assert cancel_job(session, UUID(job_id))
                assert [event.name for event in events if isinstance(event, Event)] == ["done"]
