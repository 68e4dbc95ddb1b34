"""POST /v1/batches as a stream of lines and as JSON, and following a batch."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from models.messages import pipeline_id
from models.submission import NewArticle, submit_batch
from tests.support.servers import RedisServer, wait_until

Problem = Callable[[httpx.Response], dict[str, Any]]
JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}


def line(text: str | None = None, **fields: Any) -> str:
    return json.dumps({"text": text or f"5% {uuid4()}", **fields})


@pytest.mark.parametrize("body", ["", "\n \r\n\n"])
def test_empty_batch(client: httpx.Client, problem: Problem, body: str) -> None:
    response = client.post("/v1/batches", content=body, headers=NDJSON)
    assert response.status_code == 422
    assert problem(response) == {
        "type": "/problems/validation-failed",
        "title": "The request is not valid",
        "status": 422,
        "detail": "1 field is not valid in the request.",
        "errors": [{"in": "body", "pointer": "", "message": "must hold at least one article"}],
    }


@pytest.mark.parametrize(
    ("body", "pointers"),
    [([], [""]), ({"articles": 5}, ["/articles"]), ({"article": []}, ["/article", "/articles"]),
     ({"articles": [], "x": 1}, ["/x"]), ({"articles": []}, [""])],
)  # fmt: skip
def test_json_that_is_no_batch(client: httpx.Client, problem: Problem, body: Any, pointers: list[str]) -> None:
    response = client.post("/v1/batches", json=body)
    assert response.status_code == 422
    assert [error["pointer"] for error in problem(response)["errors"]] == pointers


def test_wrong_type_and_malformed_json(client: httpx.Client, problem: Problem) -> None:
    assert problem(client.post("/v1/batches", content="x", headers={"Content-Type": "text/plain"}))["status"] == 415
    broken = client.post("/v1/batches", content=b'{"articles": [', headers={"Content-Type": "application/json"})
    assert problem(broken)["detail"] == "Expecting value at line 1, column 15."


def test_too_many_articles(client: httpx.Client, problem: Problem) -> None:
    for response in (
        client.post("/v1/batches", content="{}\n" * 10_001, headers=NDJSON),
        client.post("/v1/batches", json={"articles": [1] * 10_001}),
    ):
        assert response.status_code == 413
        assert problem(response)["detail"] == "A batch may hold at most 10,000 articles."


def test_unknown_batch(client: httpx.Client, problem: Problem) -> None:
    assert problem(client.get("/v1/batches/nothing"))["detail"] == "There is no batch 'nothing'."


def test_good_lines_go_on_and_bad_lines_are_reported(client: httpx.Client) -> None:
    text = f"5% {uuid4()}"
    lines = [line(text), "", "{nonsense", line(titel="x"), line(text), line(" "), "\ufeff" + line()]

    def parts() -> Iterator[bytes]:
        body = "\r\n".join(lines).encode()
        yield from (body[at : at + 7] for at in range(0, len(body), 7))

    response = client.post("/v1/batches", content=parts(), headers=NDJSON)
    assert response.status_code == 202
    batch = response.json()
    assert response.headers["location"] == f"/v1/batches/{batch['id']}"
    assert {each["line"]: each["problem"]["type"] for each in batch["rejected"]} == {
        3: "/problems/malformed-json",
        4: "/problems/validation-failed",
        6: "/problems/empty-text",
    }
    assert batch["rejected"][1]["problem"]["errors"] == [
        {"in": "body", "pointer": "/titel", "message": "is not a known field"}
    ]
    assert (batch["accepted"], batch["duplicates"], batch["done"], batch["claims_count"]) == (3, 1, False, 0)
    assert batch["counts"] == {"queued": 3, "running": 0, "succeeded": 0, "failed": 0, "cancelled": 0}
    assert batch["progress"] == {"jobs_done": 0, "jobs_total": 3}
    assert client.get(response.headers["location"]).json() == batch
    jobs = client.get(batch["links"]["jobs"]).json()["items"]
    assert len(jobs) == 2
    assert client.get(batch["links"]["claims"]).json() == {"items": [], "next": None}
    for job in jobs:
        client.post(job["links"]["self"] + "/cancel")
    ended = client.get(response.headers["location"]).json()
    assert (ended["done"], ended["progress"]) == (True, {"jobs_done": 3, "jobs_total": 3})
    client.delete(f"/v1/articles/{jobs[0]['article_id']}")
    assert client.get(response.headers["location"]).json()["erased"] in (1, 2)


def test_batch_as_json(client: httpx.Client) -> None:
    response = client.post("/v1/batches", json={"articles": [{"text": f"5% {uuid4()}"}, 5]})
    assert response.status_code == 202
    assert response.json()["accepted"] == 1
    assert response.json()["rejected"][0]["line"] == 2


def test_a_line_that_is_too_long_does_not_stop_the_others(client: httpx.Client) -> None:
    body = line() + "\n" + "x" * (2 * 1024 * 1024 + 1) + "\n" + line()
    batch = client.post("/v1/batches", content=body, headers=NDJSON).json()
    assert batch["accepted"] == 2
    assert [(each["line"], each["problem"]["detail"]) for each in batch["rejected"]] == [
        (2, "A line may hold at most 2,097,152 bytes.")
    ]


def test_idempotency_key_of_a_batch(client: httpx.Client, problem: Problem) -> None:
    body, headers = line(), {**NDJSON, "Idempotency-Key": str(uuid4())}
    first = client.post("/v1/batches", content=body, headers=headers)
    again = client.post("/v1/batches", content=body, headers=headers)
    assert again.content == first.content
    assert again.headers["idempotency-replayed"] == "true"
    other = client.post("/v1/batches", content=line(), headers=headers)
    assert problem(other)["type"] == "/problems/idempotency-mismatch"


def test_ten_thousand_articles_at_once(client: httpx.Client) -> None:
    lines = [line() for _ in range(10_000)]
    bad = {7: "{", 5_000: line(" "), 9_999: line(country="Atlantis")}
    for number, content in bad.items():
        lines[number - 1] = content
    response = client.post("/v1/batches", content="\n".join(lines), headers=NDJSON, timeout=120)
    assert response.status_code == 202
    batch = response.json()
    assert (batch["accepted"], batch["progress"]) == (9_997, {"jobs_done": 0, "jobs_total": 9_997})
    assert {each["line"]: each["problem"]["type"] for each in batch["rejected"]} == {
        7: "/problems/malformed-json",
        5_000: "/problems/empty-text",
        9_999: "/problems/validation-failed",
    }
    cancelled = client.post(f"/v1/batches/{batch['id']}/cancel", timeout=120).json()
    assert (cancelled["done"], cancelled["counts"]["cancelled"]) == (True, 9_997)
    assert cancelled["progress"] == {"jobs_done": 9_997, "jobs_total": 9_997}


def test_batches_that_fill_the_memory_wait_for_each_other(
    one_database_url: str, redis_server: RedisServer, start_api: Any, problem: Problem
) -> None:
    """Together they may hold the largest batch and 8 MiB; here the first keeps all of that while it is sent."""
    size = 9_000_000
    with (
        start_api(one_database_url, redis_server.url, max_batch_bytes="9000000") as running,
        running.client() as client,
        socket.create_connection(("127.0.0.1", running.port), timeout=10) as slow,
    ):
        head = "POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        slow.sendall(f"{head}Content-Length: {size}\r\n\r\n".encode() + b" " * (size - 100))
        refused = wait_for_refusal(client, b" " * size)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert problem(refused)["type"] == "/problems/overloaded"
        small = {"articles": [{"text": f"5% {uuid4()}"}]}
        assert client.post("/v1/batches", json=small).status_code == 202
        slow.close()
        wait_until(lambda: client.post("/v1/batches", content=b" " * size, headers=JSON).status_code == 400)


def wait_for_refusal(client: httpx.Client, body: bytes) -> httpx.Response:
    """The first answer that is no 400: what was sent before may not have been read."""
    for _ in range(20):
        response = client.post("/v1/batches", content=body, headers=JSON)
        if response.status_code != 400:
            return response
    return response


@pytest.mark.reliability(7)
def test_the_same_articles_are_being_stored(
    postgresql_url: str, redis_server: RedisServer, start_api: Any, open_store: Any, problem: Problem
) -> None:
    text = f"5% {uuid4()}"
    with (
        start_api(postgresql_url, redis_server.url) as running,
        running.client() as client,
        open_store(postgresql_url) as store,
    ):
        with store() as session:
            submit_batch(session, [(1, NewArticle(text))], pipeline=pipeline_id())
            began = time.monotonic()
            refused = client.post("/v1/batches", content=line(text), headers=NDJSON)
            assert 1 < time.monotonic() - began < 8
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert problem(refused)["type"] == "/problems/articles-in-flight"
        assert client.post("/v1/batches", content=line(text), headers=NDJSON).json()["duplicates"] == 0


def test_cancel(client: httpx.Client) -> None:
    marks = [uuid4().hex for _ in range(3)]
    earlier = client.post("/v1/articles", json={"text": f"5% {marks[0]}"}).json()["id"]
    batch = client.post("/v1/batches", json={"articles": [{"text": f"5% {mark}"} for mark in marks]}).json()
    cancelled = client.post(f"/v1/batches/{batch['id']}/cancel")
    assert cancelled.status_code == 200
    assert (cancelled.json()["counts"]["cancelled"], cancelled.json()["counts"]["queued"]) == (2, 1)
    assert client.get(f"/v1/jobs/{earlier}").json()["state"] == "queued"
    assert client.post(f"/v1/batches/{batch['id']}/cancel").json() == cancelled.json()
    assert client.post(f"/v1/batches/{uuid4()}/cancel").status_code == 404
