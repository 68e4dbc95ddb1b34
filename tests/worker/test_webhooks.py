"""Deliveries: queued with the end of a job, made by real deliverer processes to a real receiver."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

import models
from models.job_state import cancel_batch, cancel_job, claim_job, fail_job, sweep
from models.queries import delete_article, get_job
from models.submission import NewArticle, submit_batch
from models.webhook import MAX_WEBHOOKS, DeliveryState, Webhook, WebhookDelivery, create_webhook
from models.webhook_outbox import (
    Delivery,
    Room,
    any_due,
    delete_webhook,
    end_delivery,
    forget_deliveries,
    lease_deliveries,
    retry_delivery,
)
from tests.support.guarded_processes import DIES_WITH_US
from tests.support.servers import wait_until
from tests.support.single_jobs import finish_job
from tests.support.worker_processes import WorkerProcess
from worker.settings import WorkerSettings
from worker.webhooks import pause_before_next, signed_headers

LEASE = timedelta(seconds=60)
Submit = Callable[..., list[UUID]]


class Message:
    """What the receiver got."""

    def __init__(self, headers: dict[str, str], body: bytes) -> None:
        self.headers, self.body = headers, body
        self.id = headers["webhook-id"]
        self.at = time.monotonic()
        self.content = json.loads(body)

    def is_signed_with(self, secret: str) -> bool:
        """As a receiver checks it, by the words of Standard Webhooks."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return hmac.compare_digest(self.headers["webhook-signature"], f"v1,{wanted}")


class Receiver(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[Message] = []
        # The statuses of the next answers; afterwards 204.
        self.answers: list[int] = []
        self.hold = threading.Event()
        self.hold.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.got.append(Message(headers, self.rfile.read(int(headers["content-length"]))))
        self.server.hold.wait(30)
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.hold.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(sessions: models.Sessions, receiver: Receiver) -> Webhook:
    return models.run_transaction(sessions, lambda session: create_webhook(session, receiver.url))


@contextmanager
def delivering(environment: dict[str, str], log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """`tally webhooks` as a process."""
    changed = {"TALLY_WEBHOOKS_LOCAL": "true", "TALLY_WEBHOOK_RETRY_SECONDS": "0.2"}
    changed |= {f"TALLY_{name.upper()}": value for name, value in settings.items()}
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*DIES_WITH_US, sys.executable, "-P", "-m", "cli.main", "webhooks"],
            env={**os.environ, **environment, **changed},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def deliveries(sessions: models.Sessions) -> list[WebhookDelivery]:
    with sessions() as session:
        return list(session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.created_at)))


def states(sessions: models.Sessions) -> list[DeliveryState]:
    return [delivery.state for delivery in deliveries(sessions)]


def end(sessions: models.Sessions, job_id: UUID) -> None:
    with sessions.begin() as session:
        assert cancel_job(session, job_id)


def lease(sessions: models.Sessions, *, limit: int = 10, time: timedelta = LEASE) -> list[Delivery]:
    return models.run_transaction(
        sessions, lambda session: lease_deliveries(session, room=Room(limit, limit), lease=time)
    )


def test_message_of_a_job_that_a_worker_ran(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    start_worker: Callable[..., WorkerProcess],
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    start_worker()
    with delivering(environment, tmp_path / "webhooks.log") as process:
        (job_id,) = submit("Sales rose 5% to $8 million.")
        wait_until(lambda: DeliveryState.DELIVERED in states(sessions), seconds=60, what="a delivery")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    (message,) = receiver.got
    assert message.is_signed_with(hook.secret)
    assert not message.is_signed_with("whsec_" + base64.b64encode(b"x" * 32).decode())
    assert abs(int(message.headers["webhook-timestamp"]) - time.time()) < 120
    assert message.headers["content-type"] == "application/json"
    assert message.id == f"msg_{job_id.hex}"
    with sessions() as session:
        job = get_job(session, job_id)
    assert job is not None
    assert message.content["type"] == "job.succeeded"
    assert message.content["timestamp"] == message.content["data"]["finished_at"]
    data = message.content["data"]
    assert data["job_id"] == str(job_id)
    assert data["article_id"] == str(job.article_id)
    assert data["claims_count"] == job.claims_count == 2
    assert data["error"] is None
    (delivery,) = deliveries(sessions)
    assert (delivery.attempts, delivery.status, delivery.error) == (1, 204, None)
    assert hook.secret not in (tmp_path / "webhooks.log").read_text()


def test_a_webhook_has_some_of_the_places(sessions: models.Sessions, submit: Submit) -> None:
    with sessions.begin() as session:
        first, second = (create_webhook(session, f"http://127.0.0.1:1/{number}").id for number in range(2))
    for job_id in submit(*(f"{number}%" for number in range(4)), published=False):
        end(sessions, job_id)

    def take(room: Room) -> list[UUID]:
        return models.run_transaction(
            sessions, lambda session: [each.webhook_id for each in lease_deliveries(session, room=room, lease=LEASE)]
        )

    # All of the first are due for longer.
    with sessions.begin() as session:
        earlier = update(WebhookDelivery).where(WebhookDelivery.webhook_id == first)
        session.execute(earlier.values(next_at=datetime.now(UTC) - timedelta(hours=1)))
    assert take(Room(3, 2)) == [first, first, second]
    assert take(Room(8, 2, {first: 2, second: 1})) == [second]
    with sessions() as session:
        assert not any_due(session, Room(8, 2, {first: 2, second: 2}))
        assert any_due(session, Room(8, 2, {first: 1, second: 2}))
    assert sorted(take(Room(8, 8))) == sorted([first, first, second, second])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_webhooks_that_never_answer_do_not_hold_up_another(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """All but one of as many as there may be."""
    with ExitStack() as stack:
        silent = [stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=100)) for _ in range(6)]
        with sessions.begin() as session:
            for number in range(MAX_WEBHOOKS - 1):
                port = silent[number % len(silent)].getsockname()[1]
                create_webhook(session, f"http://127.0.0.1:{port}/{number}")
        for job_id in submit(*(f"{number}%" for number in range(20)), published=False):
            end(sessions, job_id)
        # Their deliveries are due for longer, for each more of them than there are places.
        with sessions.begin() as session:
            of_silent = update(WebhookDelivery).where(WebhookDelivery.webhook_id != hook.id)
            session.execute(of_silent.values(next_at=datetime.now(UTC) - timedelta(hours=1)))
        with delivering(environment, tmp_path / "webhooks.log", webhook_timeout="30"):
            wait_until(lambda: len(receiver.got) == 20, seconds=15, what="the messages of the healthy one")
    # They have their turn as well.
    assert len({each.webhook_id for each in deliveries(sessions) if each.attempts}) == MAX_WEBHOOKS
    assert all(each.attempts <= 1 for each in deliveries(sessions))


def test_every_end_is_told_and_only_once(sessions: models.Sessions, hook: Webhook, submit: Submit) -> None:
    error = {"type": "urn:tally:problem:extraction-failed", "title": "x"}
    texts = [f"{number}% {uuid4()}" for number in range(4)]
    done, failed, cancelled, exhausted = submit(*texts, published=False)
    with sessions.begin() as session:
        for job_id in (done, failed, exhausted):
            claimed = claim_job(session, job_id, lease=timedelta(0) if job_id == exhausted else LEASE, max_attempts=3)
            assert claimed is not None
            if job_id == done:
                assert finish_job(session, job_id, claimed.token, claims_count=0)
                assert not finish_job(session, job_id, claimed.token, claims_count=0)
            if job_id == failed:
                assert fail_job(session, job_id, claimed.token, error)
        assert cancel_job(session, cancelled)
        assert not cancel_job(session, cancelled)
    models.run_transaction(sessions, lambda session: sweep(session, stale=timedelta(days=1), max_attempts=1))
    leased = lease(sessions)
    assert {each.job_id: each.message["type"] for each in leased} == {
        done: "job.succeeded",
        failed: "job.failed",
        cancelled: "job.cancelled",
        exhausted: "job.failed",
    }
    assert {each.job_id: each.message["data"]["error"] for each in leased}[failed] == error


def test_nothing_is_queued_where_the_end_is_rolled_back(
    sessions: models.Sessions, hook: Webhook, submit: Submit
) -> None:
    (job_id,) = submit(f"5% {uuid4()}", published=False)
    with sessions() as session:
        assert cancel_job(session, job_id)
        assert session.scalar(select(WebhookDelivery.job_id)) == job_id
        session.rollback()
    assert deliveries(sessions) == []


def test_batch_that_is_cancelled(sessions: models.Sessions, hook: Webhook, submit: Submit) -> None:
    """Its own jobs end and are told of; the one that was there before goes on."""
    text = f"5% {uuid4()}"
    (earlier,) = submit(text, published=False)
    articles = [NewArticle(text), *(NewArticle(f"{number}% {uuid4()}") for number in range(1200))]
    with sessions.begin() as session:
        batch, _ = submit_batch(session, list(enumerate(articles, 1)), pipeline=models.pipeline_id())
        batch_id = batch.id
    cancelled = models.run_transaction(sessions, lambda session: cancel_batch(session, batch_id))
    assert len(cancelled) == len(set(cancelled)) == 1200
    assert earlier not in cancelled
    assert sorted(delivery.job_id for delivery in deliveries(sessions)) == sorted(cancelled)
    assert models.run_transaction(sessions, lambda session: cancel_batch(session, batch_id)) == []


def test_failures_are_tried_again_with_the_same_message(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    receiver.answers = [500, 302, 429]
    (job_id,) = submit(f"5% {uuid4()}", published=False)
    end(sessions, job_id)
    with delivering(environment, tmp_path / "webhooks.log"):
        wait_until(lambda: states(sessions) == [DeliveryState.DELIVERED], seconds=60, what="the delivery")
    assert len(receiver.got) == 4
    assert len({(message.id, message.body) for message in receiver.got}) == 1
    assert all(message.is_signed_with(hook.secret) for message in receiver.got)
    (delivery,) = deliveries(sessions)
    assert (delivery.attempts, delivery.status, delivery.error) == (4, 204, None)


@pytest.mark.parametrize(("answers", "attempts"), [([500] * 9, 3), ([410], 1)], ids=["too often", "gone"])
def test_dead(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
    answers: list[int],
    attempts: int,
) -> None:
    receiver.answers = list(answers)
    end(sessions, submit(f"5% {uuid4()}", published=False)[0])
    with delivering(environment, tmp_path / "webhooks.log", webhook_max_attempts="3"):
        wait_until(lambda: states(sessions) == [DeliveryState.DEAD], seconds=60, what="the end of the delivery")
    (delivery,) = deliveries(sessions)
    assert (delivery.attempts, delivery.status) == (attempts, answers[0])
    assert delivery.error == f"answered {answers[0]}"
    assert len(receiver.got) == attempts


def test_this_machine_is_not_reached_without_the_setting(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """Also where the address stands in the table already."""
    with sessions.begin() as session:
        session.get_one(Webhook, hook.id).url = f"https://localhost:{receiver.server_port}/"
    end(sessions, submit(f"5% {uuid4()}", published=False)[0])
    with delivering(environment, tmp_path / "webhooks.log", webhooks_local="false"):
        wait_until(lambda: states(sessions) == [DeliveryState.DEAD], seconds=60, what="the refusal")
    assert deliveries(sessions)[0].error == "the host is not at a public address"
    assert receiver.got == []


def test_several_deliverers_send_each_message_once(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    for job_id in submit(*(f"{number}% {uuid4()}" for number in range(60)), published=False):
        end(sessions, job_id)
    log = tmp_path / "webhooks.log"
    with delivering(environment, log), delivering(environment, log), delivering(environment, log):
        wait_until(lambda: set(states(sessions)) == {DeliveryState.DELIVERED}, seconds=90, what="all deliveries")
    assert len(receiver.got) == len({message.id for message in receiver.got}) == 60


def test_deliverer_that_is_killed_is_replaced(
    hook: Webhook,
    receiver: Receiver,
    submit: Submit,
    sessions: models.Sessions,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    end(sessions, submit(f"5% {uuid4()}", published=False)[0])
    receiver.hold.clear()
    with delivering(environment, tmp_path / "first.log"):
        wait_until(lambda: bool(receiver.got), seconds=60, what="the first attempt")
    receiver.hold.set()
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.attempts) == (DeliveryState.PENDING, 1)
    with sessions.begin() as session:  # Its lease ends.
        session.get_one(WebhookDelivery, (delivery.webhook_id, delivery.job_id)).next_at = delivery.created_at
    with delivering(environment, tmp_path / "second.log"):
        wait_until(lambda: states(sessions) == [DeliveryState.DELIVERED], seconds=60, what="the second attempt")
    assert [message.id for message in receiver.got] == [f"msg_{delivery.job_id.hex}"] * 2


def test_deliverer_shows_that_it_lives(environment: dict[str, str], tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    with delivering({**environment, "TALLY_ALIVE_FILE": str(alive)}, tmp_path / "webhooks.log"):
        wait_until(alive.exists, seconds=60, what="the file")
        first = alive.stat().st_mtime_ns
        wait_until(lambda: alive.stat().st_mtime_ns > first, seconds=60, what="the next look")


def test_lease_is_held_by_its_token(sessions: models.Sessions, hook: Webhook, submit: Submit) -> None:
    end(sessions, submit(f"5% {uuid4()}", published=False)[0])
    (first,) = lease(sessions, time=timedelta(0))
    (second,) = lease(sessions)
    assert (first.attempt, second.attempt) == (1, 2)
    assert lease(sessions) == []
    with sessions.begin() as session:
        assert not end_delivery(session, first, DeliveryState.DEAD, None, "late")
        assert not retry_delivery(session, first, timedelta(0), None, "late")
        assert end_delivery(session, second, DeliveryState.DELIVERED, 200, None)
        assert not retry_delivery(session, second, timedelta(0), None, "again")
    assert states(sessions) == [DeliveryState.DELIVERED]


def test_deliveries_go_with_their_webhook_and_their_article(
    sessions: models.Sessions, receiver: Receiver, hook: Webhook, submit: Submit
) -> None:
    first, second = submit(f"5% {uuid4()}", f"6% {uuid4()}", published=False)
    end(sessions, first)
    end(sessions, second)
    with sessions.begin() as session:
        job = get_job(session, first)
        assert job is not None
        assert delete_article(session, job.article_id)
    assert [delivery.job_id for delivery in deliveries(sessions)] == [second]
    with sessions.begin() as session:
        assert delete_webhook(session, hook.id)
        assert not delete_webhook(session, hook.id)
    assert deliveries(sessions) == []


def test_old_log_is_forgotten(sessions: models.Sessions, hook: Webhook, submit: Submit) -> None:
    for job_id in submit(f"5% {uuid4()}", f"6% {uuid4()}", published=False):
        end(sessions, job_id)
    (leased,) = lease(sessions, limit=1)
    with sessions.begin() as session:
        assert end_delivery(session, leased, DeliveryState.DELIVERED, 200, None)
    with sessions.begin() as session:
        assert forget_deliveries(session, timedelta(days=1)) == 0
        assert forget_deliveries(session, timedelta(0)) == 1
    assert states(sessions) == [DeliveryState.PENDING]


@pytest.mark.reliability(22)
def test_signature_of_the_specification() -> None:
    """The example that the specification itself gives for the scheme."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    key = base64.b64decode(secret.removeprefix("whsec_"))
    leased = Delivery(UUID(int=0), UUID(int=0), UUID(int=0), 1, "", secret, {})
    headers = signed_headers(leased, body, 1614265330)
    signed = f"msg_{'0' * 32}.1614265330.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"


def test_pauses_double_up_to_six_hours(settings: WorkerSettings) -> None:
    pauses = [pause_before_next(attempt, 30).total_seconds() for attempt in range(1, 13)]
    assert pauses[:4] == [30, 60, 120, 240]
    assert max(pauses) == 21_600
    assert settings.webhook_max_attempts == 12
