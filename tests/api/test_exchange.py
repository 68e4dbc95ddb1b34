"""What holds for every request: ids, problems for whatever the framework refuses, limits on bodies and queue."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from starlette.requests import Request

from api.bodies import stream_body
from api.problems import ProblemError
from tests.support.servers import RedisServer, wait_until

Problem = Callable[[httpx.Response], dict[str, Any]]
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def small(one_database_url: str, redis_server: RedisServer, start_api: Any) -> Iterator[Any]:
    """A server with narrow limits."""
    settings = {
        "max_body_bytes": "1000",
        "max_batch_bytes": "3000",
        "max_article_characters": "100",
        "max_batch_articles": "5",
        "max_queue": "3",
        "body_timeout": "1",
    }
    with start_api(one_database_url, redis_server.url, **settings) as running:
        yield running


@pytest.fixture
def narrow(small: Any) -> Iterator[httpx.Client]:
    with small.client() as client:
        yield client


def test_unknown_route(client: httpx.Client, problem: Problem) -> None:
    for path in ("/nothing", "/v1/articles/", "/v1", "/v1/jobs/x/y/z", "/v1/%2e%2e/x"):
        response = client.get(path)
        assert response.status_code == 404
        assert problem(response)["type"] == "/problems/not-found"
    assert problem(client.get("/nothing")) == {
        "type": "/problems/not-found",
        "title": "There is nothing here",
        "status": 404,
        "detail": "There is no resource at '/nothing'.",
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/articles", "GET, HEAD, POST"),
        ("POST", f"/v1/articles/{'0' * 8}", "GET, HEAD, DELETE"),
        ("GET", "/v1/jobs/x/cancel", "POST"),
        ("DELETE", "/v1/claims", "GET, HEAD"),
        ("OPTIONS", "/v1/batches", "POST"),
        ("POST", "/health/live", "GET, HEAD"),
    ],
)
def test_method_not_allowed(client: httpx.Client, problem: Problem, method: str, path: str, allowed: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 405
    assert response.headers["allow"] == allowed
    assert problem(response) == {
        "type": "/problems/method-not-allowed",
        "title": "The method is not allowed here",
        "status": 405,
        "detail": f"{method!r} is not allowed here; allowed are {allowed}.",
    }


def test_request_ids(client: httpx.Client) -> None:
    ids = {client.get("/health/live").headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert client.get("/x", headers={"X-Request-Id": "abc.1-2_3"}).json()["request_id"] == "abc.1-2_3"
    bad = client.get("/x", headers={"X-Request-Id": 'a"b'}).json()["request_id"]
    assert re.fullmatch("[0-9a-f]{16}", bad)


def test_head(client: httpx.Client) -> None:
    job = client.post("/v1/articles", json={"text": f"5% {uuid4()}"}).json()
    for path in (job["links"]["self"], job["links"]["article"], "/v1/claims", "/health/live"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (get.status_code, b"") == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]


def test_log_line(small: Any, narrow: httpx.Client) -> None:
    response = narrow.get("/v1/jobs?state=queued")
    request_id = response.headers["x-request-id"]
    wait_until(lambda: request_id in small.log, seconds=5, what="the log line")
    line = next(json.loads(line) for line in small.log.splitlines() if request_id in line)
    assert line["milliseconds"] > 0
    assert {name: line[name] for name in ("level", "method", "path", "status", "client", "key_id")} == {
        "level": "INFO",
        "method": "GET",
        "path": "/v1/jobs",
        "status": 200,
        "client": "127.0.0.1",
        "key_id": None,
    }


def logged(api: Any, response: httpx.Response) -> dict[str, Any]:
    """The one log line of the request."""
    request_id = response.headers["x-request-id"]
    wait_until(lambda: request_id in api.log, seconds=5, what="the log line")
    (line,) = [json.loads(line) for line in api.log.splitlines() if request_id in line]
    return dict(line)


def test_log_names_what_the_request_is_about(small: Any, narrow: httpx.Client) -> None:
    submitted = narrow.post("/v1/articles", json={"text": "Sales rose 5%."})
    line = logged(small, submitted)
    job = submitted.json()
    assert (line["job_id"], line["article_id"]) == (job["id"], job["article_id"])
    assert logged(small, narrow.get(job["links"]["self"]))["job_id"] == job["id"]
    batch = narrow.post("/v1/batches", json={"articles": [{"text": "6%"}]})
    assert logged(small, batch)["batch_id"] == batch.json()["id"]
    # The queue of this server is short.
    assert narrow.post(f"{job['links']['self']}/cancel").status_code == 200
    assert narrow.post(f"{batch.json()['links']['self']}/cancel").status_code == 200


@pytest.mark.reliability(17)
def test_log_lines_cannot_be_forged(small: Any, narrow: httpx.Client) -> None:
    """Line ends of a path are escaped, and what is no id is not taken for one."""
    forged = narrow.get("/v1/jobs/x%0A%7B%22level%22%3A%22ERROR%22%7D%E2%80%A8")
    assert forged.status_code == 404
    line = logged(small, forged)
    assert line["path"] == '/v1/jobs/x\n{"level":"ERROR"}\u2028'
    assert line["level"] == "INFO"
    assert "job_id" not in line


@pytest.mark.reliability(18)
@pytest.mark.parametrize(("path", "limit"), [("/v1/articles", 1000), ("/v1/batches", 3000)])
@pytest.mark.parametrize("chunked", [False, True])
def test_body_too_large(narrow: httpx.Client, problem: Problem, path: str, limit: int, chunked: bool) -> None:
    body = b"x" * (limit + 1)
    parts = (body[at : at + 100] for at in range(0, len(body), 100))
    response = narrow.post(path, content=parts if chunked else body, headers=JSON)
    assert response.status_code == 413
    assert problem(response) == {
        "type": "/problems/body-too-large",
        "title": "The body is too large",
        "status": 413,
        "detail": f"The body may hold at most {limit:,} bytes.",
    }


@pytest.mark.reliability(18)
def test_endless_body_ends(narrow: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 65536

    began = time.monotonic()
    response = narrow.post("/v1/articles", content=endless(), headers=JSON)
    assert response.status_code == 413
    assert time.monotonic() - began < 10


def test_body_that_does_not_come(small: Any) -> None:
    address = ("127.0.0.1", int(small.url.rpartition(":")[2]))
    head = b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\nabc"
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(head)
        answer = connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"/problems/request-timeout" in answer


@pytest.mark.reliability(18)
def test_body_that_comes_too_slowly(small: Any) -> None:
    """A byte now and then keeps nobody waiting."""
    address = ("127.0.0.1", int(small.url.rpartition(":")[2]))
    head = b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 500\r\n\r\n"
    with socket.create_connection(address, timeout=0.3) as connection:
        connection.sendall(head)
        answer = b""
        for _ in range(30):
            connection.sendall(b"x")
            with contextlib.suppress(TimeoutError):
                answer = connection.recv(4096)
                break
        connection.settimeout(10)
        answer += connection.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"The body comes too slowly" in answer


@pytest.mark.reliability(18)
@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize(
    ("size", "rate", "accepted"),
    [
        (1_000_000, 11_000, True),
        (1_000_000, 7_000, False),
        (1_200_000, 11_000, False),
        (64_000_000, 90_000, False),
        (64_000_000, 110_000, True),
    ],
)
def test_least_rate_of_a_body(
    monkeypatch: pytest.MonkeyPatch, size: int, rate: int, accepted: bool, announced: bool
) -> None:
    """A large body must come faster: others are kept out while it comes."""
    now = 0.0
    monkeypatch.setattr("api.bodies.time", SimpleNamespace(monotonic=lambda: now))
    parts = iter([100_000] * (size // 100_000))

    async def receive() -> dict[str, Any]:
        nonlocal now
        part = next(parts, 0)
        now += part / rate
        return {"type": "http.request", "body": bytes(part), "more_body": part > 0}

    headers = [(b"content-length", str(size).encode())] if announced else []
    request = Request({"type": "http", "method": "POST", "headers": headers}, receive)

    async def read() -> int:
        return sum([len(part) async for part in stream_body(request, limit=size, idle=30)])

    if accepted:
        assert asyncio.run(read()) == size
        return
    with pytest.raises(ProblemError, match="too slowly"):
        asyncio.run(read())
    # Not a byte more than the allowance of the kind of body that it is known to be.
    assert now < 700 if size > 10_000_000 else now < 150


def test_expectation_of_a_body_that_is_too_large(small: Any) -> None:
    address = ("127.0.0.1", int(small.url.rpartition(":")[2]))
    head = b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n"
    with socket.create_connection(address, timeout=10) as connection:
        connection.sendall(head + b"Expect: 100-continue\r\n\r\n")
        answer = connection.recv(4096)
    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.reliability(18)
def test_long_texts_and_large_batches(narrow: httpx.Client, problem: Problem) -> None:
    long = narrow.post("/v1/articles", json={"text": "x" * 101})
    assert (long.status_code, problem(long)["type"]) == (413, "/problems/article-too-long")
    page = narrow.post("/v1/articles", json={"html": "<p>" + "x" * 101})
    assert (page.status_code, problem(page)["type"]) == (413, "/problems/article-too-long")
    batch = narrow.post("/v1/batches", json={"articles": [{"text": "x" * 101}] * 6})
    assert (batch.status_code, problem(batch)["type"]) == (413, "/problems/batch-too-large")
    line = narrow.post("/v1/batches", json={"articles": [{"text": "x" * 101}]}).json()
    assert line["rejected"][0]["problem"]["type"] == "/problems/article-too-long"


@pytest.mark.reliability(18)
def test_full_queue(narrow: httpx.Client, problem: Problem) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    first = narrow.post("/v1/articles", json={"text": "5% one"}, headers=key)
    assert first.status_code == 202
    many = narrow.post("/v1/batches", json={"articles": [{"text": f"{n}%"} for n in range(3)]})
    assert (many.status_code, problem(many)["type"]) == (503, "/problems/queue-full")
    assert problem(many)["detail"].startswith("1 job is queued; ")
    never = narrow.post("/v1/batches", json={"articles": [{"text": f"{n}%"} for n in range(4)]})
    assert (never.status_code, problem(never)["type"]) == (413, "/problems/batch-too-large")
    assert problem(never)["detail"] == "The batch begins 4 jobs, and the queue takes at most 3. Split it."
    assert narrow.post("/v1/batches", json={"articles": [{"text": f"{n}%"} for n in range(2)]}).status_code == 202
    # Told before the body, of which nothing has been sent.
    with socket.create_connection((narrow.base_url.host, narrow.base_url.port), timeout=10) as connection:
        head = b"POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
        connection.sendall(head + b"Content-Length: 2000\r\n\r\n")
        assert b"/problems/queue-full" in connection.makefile("rb").read()
    full = narrow.post("/v1/articles", json={"text": "5% two"})
    assert full.status_code == 503
    assert full.headers["retry-after"] == "30"
    assert problem(full) == {
        "type": "/problems/queue-full",
        "title": "Too many articles are waiting",
        "status": 503,
        "detail": "3 jobs are queued; the limit is 3. Try again later.",
    }
    assert narrow.post("/v1/articles", json={"text": "5% one"}, headers=key).content == first.content
    assert narrow.post("/v1/articles", json={"text": "5% one"}).status_code == 200
    narrow.post(first.json()["links"]["self"] + "/cancel")
    wait_until(
        lambda: narrow.post("/v1/articles", json={"text": "5% three"}).status_code != 503,
        seconds=3,
        what="room in the queue",
    )


def test_unexpected_error_is_a_problem_without_its_cause(small: Any, problem: Problem) -> None:
    from models.session import create_database_engine

    engine = create_database_engine(small.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER broken BEFORE INSERT ON articles BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    with small.client() as client:
        response = client.post("/v1/articles", json={"text": "A sentence of a client about 5%."})
        assert response.status_code == 500
        assert problem(response) == {
            "type": "/problems/internal-error",
            "title": "Something went wrong here",
            "status": 500,
            "detail": "The error has been logged.",
        }
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER broken")
    engine.dispose()
    line = next(json.loads(line) for line in small.log.splitlines() if "unexpected error" in line)
    assert line["request_id"] == response.headers["x-request-id"]
    assert any("submission.py" in frame for frame in line["exception"])
    # The error of the database quotes what was to be stored.
    assert "A sentence of a client" not in small.log
