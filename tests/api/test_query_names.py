"""Query parameters that a route does not know, or that are given twice: refused on every route under /v1."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.main import create_app
from api.settings import Settings
from models.api_key import create_key
from tests.support.servers import RedisServer

Problem = Callable[[httpx.Response], dict[str, Any]]


def operations() -> Iterator[tuple[str, str, list[str]]]:
    """Method, path and query parameters of every operation under /v1."""
    settings = Settings(database_url="sqlite:////nowhere/tally.db", redis_url="redis://127.0.0.1:1/0")
    for path, methods in create_app(settings).openapi()["paths"].items():
        for method, operation in methods.items():
            if path.startswith("/v1/"):
                names = [each["name"] for each in operation.get("parameters", []) if each["in"] == "query"]
                yield method.upper(), path, names


OPERATIONS = list(operations())


@pytest.mark.parametrize(("method", "path", "names"), OPERATIONS, ids=lambda value: value or "none")
def test_every_route_refuses_what_it_does_not_know(
    client: httpx.Client, problem: Problem, method: str, path: str, names: list[str]
) -> None:
    url = "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))
    body: Any = {"content": "Profit fell.", "headers": {"Content-Type": "text/plain"}} if method == "POST" else {}
    twice = [(name, "1") for name in names for _ in range(2)]
    response = client.request(method, url, params=[("colour", "NZ"), ("a/b", "1"), ("empty", ""), *twice], **body)
    assert response.status_code == 422
    found = problem(response)
    assert found["type"] == "/problems/validation-failed"
    assert found["errors"] == [
        {"in": "query", "pointer": "/colour", "message": "is not a known parameter"},
        {"in": "query", "pointer": "/a~1b", "message": "is not a known parameter"},
        *({"in": "query", "pointer": f"/{name}", "message": "is given twice"} for name in names),
    ]


def test_nothing_of_a_refused_submission_is_stored(client: httpx.Client) -> None:
    text = f"Profit of {uuid4()} fell to $3."
    refused = client.post("/v1/articles?country=NZ", content=text, headers={"Content-Type": "text/plain"})
    assert refused.status_code == 422
    stored = client.post("/v1/articles", content=text, headers={"Content-Type": "text/plain"})
    assert (stored.status_code, stored.json()["duplicate"]) == (202, False)


def test_a_value_and_none_are_twice_too(client: httpx.Client, problem: Problem) -> None:
    """The last would be taken, and the condition lost."""
    response = client.get("/v1/claims?kind=money&kind=")
    assert [error["message"] for error in problem(response)["errors"]] == ["is given twice"]


def test_other_routes_take_what_comes(client: httpx.Client) -> None:
    assert client.get("/metrics?colour=1").status_code == 200
    assert client.get("/health/live?colour=1").status_code == 200


def test_the_key_is_asked_for_first(
    start_api: Any, one_database_url: str, redis_server: RedisServer, open_store: Any, problem: Problem
) -> None:
    with open_store(one_database_url) as sessions, sessions.begin() as session:
        create_key(session, "a reader", ["read"])
    with start_api(one_database_url, redis_server.url) as server, server.client() as anonymous:
        assert problem(anonymous.get("/v1/webhooks?colour=1"))["type"] == "/problems/unauthorized"
