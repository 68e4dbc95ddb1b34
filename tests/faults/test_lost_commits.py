"""The answer to a COMMIT is lost, the transaction is tried again: what was asked for is done once, and told so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import DeclarativeBase

import models
from models.batch import Batch
from models.job import Job
from models.session import Sessions
from models.webhook import Webhook
from tests.support.api_server import ApiServer
from tests.support.losing_proxy import LosingProxy
from tests.support.servers import PostgresServer, RedisServer

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture(scope="module")
def proxy(postgres_server: PostgresServer) -> Iterator[LosingProxy]:
    with LosingProxy(postgres_server.port) as proxy:
        yield proxy


@pytest.fixture
def url(database_url: str, proxy: LosingProxy) -> str:
    """The database behind the proxy."""
    return make_url(database_url).set(port=proxy.port).render_as_string(hide_password=False)


@pytest.fixture
def client(url: str, redis_url: str) -> Iterator[httpx.Client]:
    with ApiServer(url, redis_url, webhooks_local="true") as api, api.client() as client:
        yield client


def rows(sessions: Sessions, table: type[DeclarativeBase]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.reliability(15)
def test_what_is_made_is_made_once(
    client: httpx.Client, sessions: Sessions, proxy: LosingProxy, redis_server: RedisServer
) -> None:
    def losing(method: str, path: str, **options: Any) -> httpx.Response:
        before = proxy.lost
        proxy.lose()
        answer = client.request(method, path, **options)
        assert proxy.lost == before + 1, answer.text
        return answer

    webhook = losing("POST", "/v1/webhooks", json={"url": "http://127.0.0.1:8080/hook"})
    assert webhook.status_code == 201
    assert rows(sessions, Webhook) == 1
    with sessions() as session:
        assert session.scalar(select(Webhook.secret)) == webhook.json()["secret"]

    lines = "\n".join(json.dumps({"text": f"5% {uuid4()}"}) for _ in range(3))
    batch = losing("POST", "/v1/batches", content=lines, headers={"Content-Type": "application/x-ndjson"})
    assert batch.status_code == 202
    assert (batch.json()["accepted"], batch.json()["duplicates"]) == (3, 0)
    assert (rows(sessions, Batch), rows(sessions, Job)) == (1, 3)
    # The workers are woken up as well.
    assert redis_server.command("LLEN", models.QUEUE) == ":3"

    article = losing("POST", "/v1/articles", json={"text": f"6% {uuid4()}"})
    assert (article.status_code, article.json()["duplicate"]) == (202, False)
    key = {"Idempotency-Key": str(uuid4())}
    kept = losing("POST", "/v1/articles", json={"text": f"7% {uuid4()}"}, headers=key)
    assert (kept.status_code, kept.json()["duplicate"]) == (202, False)
    assert "Idempotency-Replayed" not in kept.headers
    assert rows(sessions, Job) == 5
    assert redis_server.command("LLEN", models.QUEUE) == ":5"

    cancelled = losing("POST", f"/v1/jobs/{article.json()['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "cancelled")
    assert client.post(f"/v1/jobs/{article.json()['id']}/cancel").status_code == 409
    for path in (f"/v1/articles/{article.json()['article_id']}", f"/v1/webhooks/{webhook.json()['id']}"):
        assert losing("DELETE", path).status_code == 204
        assert client.delete(path).status_code == 404
    assert rows(sessions, Webhook) == 0


@pytest.mark.reliability(15)
def test_a_key_is_made_and_revoked_once(
    url: str,
    sessions: Sessions,
    proxy: LosingProxy,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from cli.main import main

    monkeypatch.setenv("TALLY_DATABASE_URL", url)
    proxy.lose()
    assert main(["keys", "create", "desk"]) == 0
    secret = capsys.readouterr().out.strip()
    with sessions() as session:
        (key,) = models.api_key.list_keys(session)
        found = models.api_key.find_key(session, secret)
    assert found is not None
    assert found.id == key.id
    proxy.lose()
    before = proxy.lost
    assert main(["keys", "revoke", str(key.id)]) == 0
    assert proxy.lost == before + 1
    assert capsys.readouterr().out == "revoked: desk\n"
    assert isinstance(key.id, UUID)
