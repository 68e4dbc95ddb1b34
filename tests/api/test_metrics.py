"""The metrics: what Prometheus' own parser reads from them, with the worker played through `models`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
from prometheus_client.parser import text_string_to_metric_families

import migrations
from models.job_state import cancel_job, claim_job, requeue_job
from models.metrics import count, extraction_counts
from models.session import Sessions
from tests.support.servers import PostgresServer, RedisServer
from tests.support.single_jobs import finish_job

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]
LEASE = timedelta(seconds=150)


def read(client: httpx.Client) -> Samples:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def grown(before: Samples, after: Samples) -> Callable[..., float]:
    """How much a sample has grown."""

    def difference(name: str, **labels: str) -> float:
        key = (name, tuple(sorted(labels.items())))
        return after[key] - before.get(key, 0.0)

    return difference


def submit(client: httpx.Client) -> UUID:
    return UUID(client.post("/v1/articles", json={"text": f"5% {uuid4()}"}).json()["id"])


def test_requests_by_the_template_of_their_route(client: httpx.Client) -> None:
    before = read(client)
    client.get(f"/v1/jobs/{submit(client)}")
    for _ in range(3):
        client.get(f"/v1/jobs/{uuid4()}")
        client.get(f"/nowhere/{uuid4()}")
    client.head(f"/v1/jobs/{uuid4()}")
    client.request("BREW", "/nowhere")
    after = read(client)
    more = grown(before, after)
    route = "/v1/jobs/{job_id}"
    assert more("tally_http_requests_total", method="GET", route=route, status="200") == 1
    assert more("tally_http_requests_total", method="GET", route=route, status="404") == 3
    assert more("tally_http_requests_total", method="HEAD", route=route, status="404") == 1
    assert more("tally_http_requests_total", method="GET", route="none", status="404") == 3
    assert more("tally_http_request_seconds_count", method="GET", route=route) == 4
    assert {dict(labels)["method"] for name, labels in after if name == "tally_http_requests_total"} <= {
        *("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS", "other")
    }
    routes = {dict(labels)["route"] for name, labels in after if name == "tally_http_requests_total"}
    assert not any("nowhere" in each for each in routes)


def test_jobs_and_claims(client: httpx.Client, store: Sessions) -> None:
    before = read(client)
    done, again, cancelled = (submit(client) for _ in range(3))
    with store.begin() as session:
        claimed = claim_job(session, done, lease=LEASE, max_attempts=3)
        assert claimed is not None
        assert finish_job(session, done, claimed.token, claims_count=3)
        count(session, extraction_counts(["money", "money", "percent"], 0.2))
        claimed = claim_job(session, again, lease=LEASE, max_attempts=3)
        assert claimed is not None
        assert requeue_job(session, again, claimed.token, {"type": "x", "title": "x"}, max_attempts=3)
        assert cancel_job(session, cancelled)
    after = read(client)
    more = grown(before, after)
    assert more("tally_jobs_ended_total", state="succeeded") == 1
    assert more("tally_jobs_ended_total", state="cancelled") == 1
    assert more("tally_claims_total", kind="money") == 2
    assert more("tally_claims_total", kind="percent") == 1
    assert more("tally_job_retries_total") == 1
    assert more("tally_extraction_seconds_count") == 1
    assert more("tally_extraction_seconds_bucket", le="0.1") == 0
    assert more("tally_extraction_seconds_bucket", le="0.3") == 1
    assert abs(more("tally_extraction_seconds_sum") - 0.2) < 1e-6
    assert more("tally_queue_jobs") == 1
    assert after["tally_queue_oldest_seconds", ()] > 0
    assert after["tally_database_up", ()] == 1


def test_series_stand_there_before_their_first_event(
    sqlite_url: str, redis_server: RedisServer, start_api: Any
) -> None:
    """Else `increase()` would miss it, and so would the alerts of the documentation."""
    with start_api(sqlite_url, redis_server.url) as running, running.client() as client:
        found = read(client)
    expected = {
        "tally_jobs_ended_total": {"state": ("succeeded", "failed", "cancelled")},
        "tally_sweeper_actions_total": {"action": ("requeued", "failed", "republished")},
        "tally_webhook_attempts_total": {"outcome": ("delivered", "retried", "dead")},
        "tally_claims_total": {"kind": ("money", "percent", "other")},
    }
    for name, labels in expected.items():
        for label, values in labels.items():
            assert [found[name, ((label, value),)] for value in values] == [0.0] * len(values)
    assert found["tally_redis_up", ()] == 1


def test_what_is_rolled_back_is_not_counted(client: httpx.Client, store: Sessions) -> None:
    before = read(client)
    with store() as session:
        assert cancel_job(session, submit(client))
        session.rollback()
    assert grown(before, read(client))("tally_queue_jobs") == 1
    key = ("tally_jobs_ended_total", (("state", "cancelled"),))
    assert read(client).get(key, 0) == before.get(key, 0)


def test_without_the_database(start_api: Callable[..., Any], redis_url: str) -> None:
    with PostgresServer() as postgres:
        url = postgres.url(postgres.create_database())
        migrations.upgrade(url)
        with start_api(url, redis_url, auth="off") as api, api.client(checked=False) as client:
            assert read(client)["tally_database_up", ()] == 1
            postgres.stop(crash=True)
            samples = read(client)
            assert samples["tally_database_up", ()] == 0
            assert ("tally_queue_jobs", ()) not in samples
            assert samples["tally_http_requests_total", (("method", "GET"), ("route", "/metrics"), ("status", "200"))]


def test_an_empty_key_is_none(client: httpx.Client) -> None:
    """Prometheus sends the header also where its file of the key is empty."""
    assert client.get("/metrics", headers={"Authorization": "Bearer"}).status_code == 200
