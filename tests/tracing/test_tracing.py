"""Spans as a collector gets them: real processes send them over HTTP, and they are read as OTLP says."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import httpx
import pytest
import redis
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

import models
from tests.support.api_server import ApiServer
from tests.support.servers import RedisServer, free_port, wait_until
from tests.support.worker_processes import WorkerProcess, worker_starter

Start = Callable[..., WorkerProcess]

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = "00f067aa0ba902b7"
FROM_CALLER = {"traceparent": f"00-{TRACE}-{CALLER}-01"}
TEXT = "Zanzibar said that profit rose 12 per cent to $4 million."


class Collector:
    """A receiver of OTLP over HTTP on a loopback port."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/v1/traces":
                    bodies.append(body)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def spans(self, service: str) -> list[Span]:
        """All spans that a service has sent."""
        found = []
        for body in list(self.bodies):
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                if attributes(resource.resource)["service.name"] == service:
                    found += [span for scope in resource.scope_spans for span in scope.spans]
        return found


def attributes(holder: Any) -> dict[str, object]:
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in holder.attributes}


def one(spans: list[Span], **wanted: object) -> Span:
    """The only span whose name or attribute is the wanted one; `__` stands for a dot."""
    asked = {name.replace("__", "."): value for name, value in wanted.items()}
    (found,) = [span for span in spans if asked.items() <= {"name": span.name, **attributes(span)}.items()]
    return found


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector that all processes started by the test send to, soon."""
    with Collector() as running:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.url)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        yield running


@pytest.fixture
def environment(sqlite_url: str, redis_url: str) -> dict[str, str]:
    return {
        "TALLY_DATABASE_URL": sqlite_url,
        "TALLY_REDIS_URL": redis_url,
        "TALLY_SWEEP_SECONDS": "1",
        "TALLY_STALE_SECONDS": "0",
        "TALLY_WORKER_CONCURRENCY": "1",
    }


@pytest.fixture
def start_worker(environment: dict[str, str], tmp_path: Path) -> Iterator[Start]:
    """Starts a worker that is ready; it is killed at the end."""
    with worker_starter(environment, tmp_path) as start:
        yield start


@pytest.fixture
def api(sqlite_url: str, redis_url: str) -> Iterator[ApiServer]:
    """An API that is not started yet."""
    server = ApiServer(sqlite_url, redis_url)
    yield server
    server.close()


def about_spans(log: str) -> list[str]:
    """What a log says about sending spans."""
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    senders = ("opentelemetry", "tally.tracing", "urllib3")
    return [line["message"] for line in lines if line["logger"].startswith(senders)]


def submit(client: httpx.Client, text: str = TEXT, **headers: str) -> httpx.Response:
    return client.post("/v1/articles", json={"text": text}, headers=headers)


def await_end(client: httpx.Client, job_id: str) -> None:
    def ended() -> bool:
        return bool(client.get(f"/v1/jobs/{job_id}?wait=5").json()["state"] == "succeeded")

    wait_until(ended, seconds=60, what="the end of the job")


def test_a_request_and_its_job_are_one_trace(collector: Collector, api: ApiServer, start_worker: Start) -> None:
    # On a slow machine a sweeper that waits for nothing brings the job before the API does, in a trace of its own.
    worker = start_worker(stale_seconds=60)
    with api.start().client() as client:
        assert submit(client, Authorization="Bearer Madagascar").status_code == 401
        answer = submit(client, **FROM_CALLER, **{"X-Request-Id": "the-request"})
        assert answer.status_code == 202
        job = answer.json()
        await_end(client, job["id"])
        assert worker.stop() == 0  # It sends what it has at the latest now.
        # The last request of all that are made here.
        wait_until(lambda: any(span.name == "GET /v1/jobs/{job_id}" for span in collector.spans("tally-api")))

    refused = one(collector.spans("tally-api"), name="POST /v1/articles", http__response__status_code=401)
    assert refused.trace_id.hex() != TRACE
    request = one(collector.spans("tally-api"), name="POST /v1/articles", http__response__status_code=202)
    assert (request.trace_id.hex(), request.parent_span_id.hex()) == (TRACE, CALLER)
    assert request.kind == Span.SPAN_KIND_SERVER
    assert attributes(request) == {
        "http.request.method": "POST",
        "http.route": "/v1/articles",
        "http.response.status_code": 202,
        "tally.request_id": "the-request",
        "tally.job_id": job["id"],
        "tally.article_id": job["article_id"],
    }
    spans = collector.spans("tally-worker")
    run = one(spans, name=models.TASK_EXTRACT)
    assert (run.trace_id, run.parent_span_id) == (request.trace_id, request.span_id)
    assert run.kind == Span.SPAN_KIND_CONSUMER
    assert run.status.code == Status.STATUS_CODE_UNSET
    assert attributes(run) == {
        "tally.job_id": job["id"],
        "tally.article_id": job["article_id"],
        "tally.attempt": 1,
        "tally.claims": 2,
    }
    steps = sorted((span for span in spans if span != run), key=lambda span: span.start_time_unix_nano)
    assert [span.name for span in steps] == ["claim", "extract", "store"]
    assert {(span.trace_id, span.parent_span_id) for span in steps} == {(run.trace_id, run.span_id)}
    sent = b"".join(collector.bodies)
    assert b"Zanzibar" not in sent
    assert b"Madagascar" not in sent
    assert about_spans(api.log + worker.log.read_text()) == []


def test_spans_of_requests_hold_neither_query_nor_path(collector: Collector, api: ApiServer) -> None:
    with api.start().client() as client:
        assert client.get("/v1/claims?q=Zanzibar").status_code == 200
        assert client.get("/v1/Zanzibar").status_code == 404
        missing = "00000000-0000-4000-8000-000000000000"
        assert client.get(f"/v1/jobs/{missing}").status_code == 404
        assert client.head("/v1/articles").status_code == 200
        assert client.request("ZANZIBAR", "/v1/articles").status_code == 405
        wait_until(lambda: any(span.name.startswith("_OTHER") for span in collector.spans("tally-api")))
    spans = collector.spans("tally-api")
    one(spans, name="GET /v1/claims", http__response__status_code=200)
    one(spans, name="GET", http__response__status_code=404)
    one(spans, name="GET /v1/jobs/{job_id}", tally__job_id=missing)
    one(spans, name="HEAD /v1/articles")
    assert len({attributes(span)["tally.request_id"] for span in spans}) == len(spans)
    sent = b"".join(collector.bodies).lower()
    assert b"zanzibar" not in sent


def test_a_job_whose_message_was_lost_runs_in_a_trace_of_its_own(
    collector: Collector, api: ApiServer, start_worker: Start, redis_server: RedisServer
) -> None:
    with api.start().client() as client:
        job = submit(client, **FROM_CALLER).json()
        redis_server.command("FLUSHALL")
        start_worker()
        await_end(client, job["id"])
        wait_until(lambda: any(span.name == models.TASK_EXTRACT for span in collector.spans("tally-worker")))
    run = one(collector.spans("tally-worker"), name=models.TASK_EXTRACT, tally__job_id=job["id"])
    assert run.trace_id.hex() != TRACE
    assert run.parent_span_id == b""


def test_messages_with_a_wrong_traceparent_are_worked_on(
    collector: Collector, api: ApiServer, start_worker: Start, redis_url: str
) -> None:
    wrong: list[object] = ["nonsense", 7, ["a"], {"a": 1}, None, "00-" + "0" * 32 + "-" + "0" * 16 + "-01"]
    with api.start().client() as client, redis.Redis.from_url(redis_url) as queue:
        for number, value in enumerate(wrong):
            submit(client, f"The town has {number + 20} schools.")
            message = json.loads(queue.lpop(models.QUEUE) or b"")
            assert message["headers"]["traceparent"]
            message["headers"]["traceparent"] = value
            queue.rpush(models.QUEUE, json.dumps(message))
        worker = start_worker(group_articles=1)
        for job in client.get("/v1/jobs").json()["items"]:
            await_end(client, job["id"])
        assert worker.stop() == 0
    runs = [span for span in collector.spans("tally-worker") if span.name == models.TASK_EXTRACT]
    assert len({run.trace_id for run in runs}) == len(runs) >= len(wrong)
    assert {run.parent_span_id for run in runs} == {b""}


def test_a_dead_collector_holds_nothing_up(
    api: ApiServer, start_worker: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
    worker = start_worker()
    with api.start().client() as client:
        await_end(client, submit(client).json()["id"])
        began = time.monotonic()
        assert worker.stop() == 0
        # The SDK alone would go on trying for ten seconds.
        assert time.monotonic() - began < 9
    log = api.log + worker.log.read_text()
    assert "Traceback" not in log
    # One line for what was given up, none for each try.
    assert all(message.startswith("Failed to export spans batch") for message in about_spans(log)), about_spans(log)
    print(about_spans(log))


def test_without_a_collector_messages_carry_no_trace(api: ApiServer, redis_url: str) -> None:
    with api.start().client() as client, redis.Redis.from_url(redis_url) as queue:
        assert submit(client, **FROM_CALLER).status_code == 202
        assert b"traceparent" not in (queue.lpop(models.QUEUE) or b"traceparent")


PROGRAM = """
import sys
{before}
from api.main import app_from_environment
app_from_environment()
import tracing
import worker.app
tracing.start("tally-worker")
with tracing.span("nothing"):
    assert tracing.headers() == {{}}
unwanted = ("opentelemetry.sdk.trace", "opentelemetry.exporter", "google.protobuf")
print([name for name in sys.modules if name.startswith(unwanted)])
"""


def run(environment: dict[str, str], before: str = "", **variables: str) -> tuple[str, list[dict[str, str]]]:
    """Sets both processes up; returns what was printed and the lines of the log."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM.format(before=before)],
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip(), [json.loads(line) for line in done.stderr.splitlines()]


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": ""},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"},
        {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_TRACES_EXPORTER": "none"},
        {"FASTAPI_OTEL_AUTO_CONFIGURE": "true"},
    ],
)
def test_nothing_is_imported_when_it_is_off(environment: dict[str, str], variables: dict[str, str]) -> None:
    assert run(environment, **variables) == ("[]", [])


@pytest.mark.parametrize(
    ("before", "variables", "said"),
    [
        (
            "sys.modules['opentelemetry.sdk'] = None",
            {},
            "No spans are sent: OpenTelemetry is not installed (pip install 'tally[otel]')",
        ),
        (
            "",
            {"OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318"},
            "No spans are sent: OTEL_EXPORTER_OTLP_ENDPOINT must begin with http:// or https:// and name a host",
        ),
        (
            "",
            {"OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "No spans are sent: OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf",
        ),
    ],
)
def test_what_stands_in_the_way_is_one_warning(
    before: str, variables: dict[str, str], said: str, environment: dict[str, str]
) -> None:
    _, log = run(environment, before, **{"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", **variables})
    assert [(line["level"], line["message"]) for line in log] == [("WARNING", said)]
