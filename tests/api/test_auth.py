"""API keys: who may do what, and that no route is open by accident."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from api.main import create_app
from api.settings import Settings
from models.api_key import create_key, revoke_key
from models.session import Sessions
from tests.support.servers import RedisServer, wait_until

Problem = Callable[[httpx.Response], dict[str, Any]]
PUBLIC = {"/", "/web/{name}", "/docs", "/docs/{name}", "/openapi.json", "/health/live", "/health/ready"}


@pytest.fixture(scope="module")
def server(one_database_url: str, redis_server: RedisServer, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A server that asks for a key."""
    with request.getfixturevalue("start_api")(one_database_url, redis_server.url, auth="required") as running:
        yield running


def key(store: Sessions, *scopes: str) -> dict[str, str]:
    with store.begin() as session:
        return {"Authorization": f"Bearer {create_key(session, 'test', scopes)[1]}"}


def routes() -> list[tuple[str, str]]:
    settings = Settings(database_url="sqlite:////tmp/unused.db", redis_url="redis://127.0.0.1:1/0")
    document = create_app(settings).openapi()
    return [(method.upper(), path) for path, methods in document["paths"].items() for method in methods]


@pytest.mark.reliability(20)
def test_every_route_is_in_the_document_or_public() -> None:
    settings = Settings(database_url="sqlite:////tmp/unused.db", redis_url="redis://127.0.0.1:1/0")
    app = create_app(settings)
    documented = {path for _, path in routes()}
    served = {path for route in app.router.routes if (path := getattr(route, "path", None))}
    assert served - documented <= PUBLIC


@pytest.mark.reliability(20)
@pytest.mark.parametrize(("method", "path"), routes())
def test_anonymous(client: httpx.Client, problem: Problem, method: str, path: str) -> None:
    response = client.request(method, path.replace("{", "").replace("}", ""))
    if path in PUBLIC:
        assert response.status_code == 200
        return
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == 'Bearer realm="tally"'
    assert problem(response) == {
        "type": "/problems/unauthorized",
        "title": "A valid API key is needed",
        "status": 401,
        "detail": "Send an API key: Authorization: Bearer KEY.",
    }


@pytest.mark.reliability(20)
@pytest.mark.parametrize(("method", "path"), [route for route in routes() if route[1] not in PUBLIC])
def test_every_route_asks_for_its_scope(client: httpx.Client, store: Sessions, method: str, path: str) -> None:
    """Neither a wrong key nor one of the other scope gets any further; one of the right scope does."""
    needed, other = ("read", "write") if method == "GET" else ("write", "read")
    answers = [
        client.request(method, path.replace("{", "").replace("}", ""), headers=headers).status_code
        for headers in ({"Authorization": "Bearer tally_wrong"}, key(store, other), key(store, needed))
    ]
    assert answers[:2] == [401, 403]
    assert answers[2] not in (401, 403)
    assert answers[2] < 500


@pytest.mark.reliability(20)
@pytest.mark.parametrize("header", ["Bearer tally_wrong", "Bearer \u00e9", "Bearer x y"])
def test_unknown_key(client: httpx.Client, problem: Problem, header: str) -> None:
    response = client.get("/v1/jobs", headers=[(b"Authorization", header.encode())])
    assert response.status_code == 401
    assert problem(response)["type"] == "/problems/unauthorized"


@pytest.mark.reliability(20)
def test_scopes(client: httpx.Client, store: Sessions, problem: Problem) -> None:
    reader, writer = key(store, "read"), key(store, "write")
    assert client.get("/v1/jobs", headers=reader).status_code == 200
    refused = client.post("/v1/articles", json={"text": "5%"}, headers=reader)
    assert refused.status_code == 403
    assert problem(refused) == {
        "type": "/problems/forbidden",
        "title": "The API key may not do this",
        "status": 403,
        "detail": "The API key lacks the scope 'write'.",
    }
    assert client.post("/v1/articles", json={"text": f"5% {uuid4()}"}, headers=writer).status_code == 202
    assert client.get("/v1/jobs", headers=writer).status_code == 403


@pytest.mark.reliability(20)
def test_revoked_key(client: httpx.Client, store: Sessions, problem: Problem) -> None:
    with store.begin() as session:
        made, secret = create_key(session, "test", ["read"])
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/v1/jobs", headers=headers).status_code == 200
    with store.begin() as session:
        assert revoke_key(session, made.id)
    assert problem(client.get("/v1/jobs", headers=headers))["detail"] == "The API key is unknown or revoked."


@pytest.mark.reliability(20)
def test_without_a_key_that_is_not_revoked_nobody_gets_in(
    sqlite_url: str, redis_server: RedisServer, start_api: Any, open_store: Any
) -> None:
    with (
        start_api(sqlite_url, redis_server.url) as running,
        open_store(sqlite_url) as store,
        running.client() as client,
    ):
        assert client.get("/v1/jobs").status_code == 200
        with store.begin() as session:
            made, _ = create_key(session, "test", ["read"])
            assert revoke_key(session, made.id)
        wait_until(lambda: client.get("/v1/jobs").status_code == 401, seconds=3, what="the question for a key")


def test_idempotency_keys_belong_to_their_api_key(client: httpx.Client, store: Sessions) -> None:
    one, other = key(store, "write"), key(store, "write")
    mark = {"Idempotency-Key": str(uuid4())}
    first = client.post("/v1/articles", json={"text": f"5% {uuid4()}"}, headers={**one, **mark})
    second = client.post("/v1/articles", json={"text": f"6% {uuid4()}"}, headers={**other, **mark})
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.reliability(20)
def test_log_never_holds_a_key_or_a_text(server: Any, client: httpx.Client, store: Sessions) -> None:
    headers = key(store, "read", "write")
    client.post("/v1/articles", json={"text": f"a secret sentence {uuid4()}"}, headers=headers)
    client.get("/v1/claims?q=a+secret+word", headers=headers)
    wait_until(lambda: '"/v1/claims"' in server.log, seconds=5, what="the log line")
    assert headers["Authorization"].split()[1] not in server.log
    assert "secret" not in server.log


def test_auto_asks_for_a_key_once_there_is_one(
    sqlite_url: str, redis_server: RedisServer, start_api: Any, open_store: Any
) -> None:
    with (
        start_api(sqlite_url, redis_server.url) as running,
        running.client() as client,
        open_store(sqlite_url) as store,
    ):
        assert client.get("/v1/jobs").status_code == 200
        assert client.get("/v1/jobs", headers={"Authorization": "Bearer tally_wrong"}).status_code == 401
        headers = key(store, "read")
        wait_until(lambda: client.get("/v1/jobs").status_code == 401, seconds=3, what="the first key")
        assert client.get("/v1/jobs", headers=headers).status_code == 200
