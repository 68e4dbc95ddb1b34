"""Webhooks over HTTP. Deliveries are tested with the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from models.session import Sessions
from models.webhook import MAX_WEBHOOKS, DeliveryState
from models.webhook_outbox import Room, end_delivery, lease_deliveries

Problem = Callable[[httpx.Response], dict[str, Any]]


@pytest.fixture(autouse=True)
def _no_webhooks(client: httpx.Client) -> Iterator[None]:
    yield
    for webhook in client.get("/v1/webhooks").json()["items"]:
        client.delete(f"/v1/webhooks/{webhook['id']}")


def add(client: httpx.Client, url: str = "https://example.com/hook") -> dict[str, Any]:
    response = client.post("/v1/webhooks", json={"url": url})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_the_secret_is_shown_once(client: httpx.Client) -> None:
    response = client.post("/v1/webhooks", json={"url": "https://example.com/hook", "description": "the data desk"})
    created = response.json()
    path = f"/v1/webhooks/{created['id']}"
    assert (response.status_code, response.headers["location"]) == (201, path)
    assert response.headers["cache-control"] == "no-store"
    assert created["secret"].startswith("whsec_")
    secret = created.pop("secret")
    assert created["links"] == {"self": path, "deliveries": f"{path}/deliveries"}
    assert client.get(path).json() == created
    assert client.get("/v1/webhooks").json() == {"items": [created], "next": None}
    assert add(client)["secret"] != secret


@pytest.mark.parametrize(
    ("body", "pointer", "message"),
    [
        ([], "", "must be an object"),
        ({}, "/url", "must be a string"),
        ({"url": 5}, "/url", "must be a string"),
        ({"url": "http://example.com/"}, "/url", "must begin with https://"),
        ({"url": "https://u:p@example.com/"}, "/url", "must not hold a user name or a password"),
        ({"url": "https://127.0.0.1/"}, "/url", "must be a public address"),
        ({"url": "https://[::ffff:10.0.0.1]/"}, "/url", "must be a public address"),
        ({"url": "https://example.com:25/"}, "/url", "may name port 443 or one from 1024 on"),
        ({"url": "https://example.com/", "secret": "x"}, "/secret", "is not a known field"),
        ({"url": "https://example.com/", "description": "a\nb"}, "/description", "must be one line of at most 200 ch"),
    ],
)
def test_what_is_refused(client: httpx.Client, problem: Problem, body: Any, pointer: str, message: str) -> None:
    response = client.post("/v1/webhooks", json=body)
    assert response.status_code == 422
    (error,) = problem(response)["errors"]
    assert error["pointer"] == pointer
    assert error["message"].startswith(message)


def test_other_bodies(client: httpx.Client) -> None:
    assert client.post("/v1/webhooks", content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert client.post("/v1/webhooks", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415
    assert client.post("/v1/webhooks", json={"url": "https://example.com/" + "a" * 20_000}).status_code == 413


def test_there_is_a_limit(client: httpx.Client, problem: Problem) -> None:
    for _ in range(MAX_WEBHOOKS):
        add(client)
    response = client.post("/v1/webhooks", json={"url": "https://example.com/"})
    assert response.status_code == 409
    assert problem(response)["type"] == "/problems/too-many-webhooks"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("webhook_id", ["7f537112-1f88-43a0-9c8d-ca23d674149f", "x"])
def test_unknown(client: httpx.Client, problem: Problem, method: str, webhook_id: str) -> None:
    response = client.request(method, f"/v1/webhooks/{webhook_id}")
    assert response.status_code == 404
    assert problem(response)["detail"] == f"There is no webhook '{webhook_id}'."
    assert client.get(f"/v1/webhooks/{webhook_id}/deliveries").status_code == 404


def test_log(client: httpx.Client, store: Sessions) -> None:
    webhook = add(client)
    path = f"/v1/webhooks/{webhook['id']}/deliveries"
    assert client.get(path).json() == {"items": [], "next": None}
    jobs = []
    for _ in range(3):
        jobs.append(client.post("/v1/articles", json={"text": f"5% {uuid4()}"}).json()["id"])
        assert client.post(f"/v1/jobs/{jobs[-1]}/cancel").status_code == 200
    with store.begin() as session:
        (leased,) = lease_deliveries(session, room=Room(1, 1), lease=timedelta(seconds=60))
        assert leased.job_id == UUID(jobs[0])
        assert end_delivery(session, leased, DeliveryState.DEAD, 410, "answered 410")
    page = client.get(path, params={"limit": 2}).json()
    rest = client.get(path, params={"limit": 2, "cursor": page["next"]}).json()
    assert [item["job_id"] for item in page["items"] + rest["items"]] == jobs[::-1]
    assert rest["next"] is None
    (dead,) = client.get(path, params={"state": "dead"}).json()["items"]
    assert dead == rest["items"][0]
    assert (dead["attempts"], dead["status"], dead["error"]) == (1, 410, "answered 410")
    assert dead["next_at"] is None
    assert dead["ended_at"] is not None
    assert dead["message_id"] == f"msg_{UUID(jobs[0]).hex}"
    assert page["items"][0]["next_at"] is not None
    assert client.get(path, params={"state": "lost"}).status_code == 422
    assert client.delete(f"/v1/webhooks/{webhook['id']}").status_code == 204
    assert client.get(path).status_code == 404


def test_this_machine_where_the_operator_says_so(
    one_database_url: str, redis_url: str, start_api: Callable[..., Any]
) -> None:
    with start_api(one_database_url, redis_url, webhooks_local="true") as api, api.client() as client:
        add(client, "http://127.0.0.1:8080/hook")
        assert client.post("/v1/webhooks", json={"url": "http://10.0.0.1/"}).status_code == 422
