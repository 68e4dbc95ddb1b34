"""The deliverer: tells webhooks of the ends of jobs. A process of its own, of which any number may run.

It is apart from the workers because it waits for strangers: a worker's children are for extracting, and its parent
must not fork while a thread of it looks up names or holds connections.
"""

import base64
import hashlib
import hmac
import json
import logging
import signal
import threading
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from uuid import UUID

import models
from models.webhook import MAX_WEBHOOKS, DeliveryState, signing_key
from models.webhook_outbox import (
    Delivery,
    Room,
    any_due,
    end_delivery,
    forget_deliveries,
    lease_deliveries,
    retry_delivery,
)
from worker import logs
from worker.outgoing import NoAnswer, Refused, post
from worker.settings import WorkerSettings
from worker.signs_of_life import show_sign_of_life

_log = logging.getLogger(__name__)

_AT_ONCE_EACH = 2
# Each webhook has places of its own, so however many never answer, no other waits for them. A place that is not used
# costs nothing.
_AT_ONCE = _AT_ONCE_EACH * MAX_WEBHOOKS
# An attempt needs a connection to the database only for the moment in which it is settled.
_CONNECTIONS = 9
_LOOK_EVERY_SECONDS = 1.0
# A deliverer that died is replaced by the next attempt after this time beyond the time-out of a request.
_LEASE_MARGIN = timedelta(seconds=60)
_LONGEST_PAUSE_SECONDS = 6 * 3600.0
_KEEP_LOG = timedelta(days=30)
_FORGET_EVERY_SECONDS = 3600.0
_GONE = 410


def run(settings: WorkerSettings) -> int:
    """Deliver until SIGTERM or SIGINT; attempts that have begun are finished."""
    logs.configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    engine = models.create_database_engine(settings.database_url, pool_size=_CONNECTIONS)
    try:
        deliver_until(stop, settings, models.create_sessions(engine))
    finally:
        engine.dispose()
    return 0


def deliver_until(stop: threading.Event, settings: WorkerSettings, sessions: models.Sessions) -> None:
    """Make the attempts that are due, several at once, until told to stop."""
    running: dict[Future[None], UUID] = {}
    forget_at = 0.0
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="delivery") as pool:
        while not stop.is_set():
            show_sign_of_life(settings.alive_file)
            running = {future: webhook_id for future, webhook_id in running.items() if not future.done()}
            leased: list[Delivery] = []
            try:
                if len(running) < _AT_ONCE:
                    room = Room(_AT_ONCE - len(running), _AT_ONCE_EACH, Counter(running.values()))
                    leased = _lease(settings, sessions, room)
                if time.monotonic() >= forget_at:
                    models.run_transaction(sessions, lambda session: forget_deliveries(session, _KEEP_LOG))
                    forget_at = time.monotonic() + _FORGET_EVERY_SECONDS
            except models.DatabaseUnavailable as error:
                _log.warning("The database is away; deliveries wait: %s", error)
            except Exception:  # noqa: BLE001 (the loop must live; it logs what happened)
                _log.exception("Deliveries could not be taken")
            running |= {pool.submit(deliver, settings, sessions, each): each.webhook_id for each in leased}
            if leased:
                continue
            if running:
                wait(running, timeout=_LOOK_EVERY_SECONDS, return_when=FIRST_COMPLETED)
            else:
                stop.wait(_LOOK_EVERY_SECONDS)


def _lease(settings: WorkerSettings, sessions: models.Sessions, room: Room) -> list[Delivery]:
    # Asking first spares SQLite's one writer a transaction every second.
    if not models.run_query(sessions, lambda session: any_due(session, room)):
        return []
    lease = timedelta(seconds=settings.webhook_timeout) + _LEASE_MARGIN
    return models.run_transaction(sessions, lambda session: lease_deliveries(session, room=room, lease=lease))


def deliver(settings: WorkerSettings, sessions: models.Sessions, leased: Delivery) -> None:
    """Make one attempt and settle the delivery by what comes of it."""
    fields = {"job_id": str(leased.job_id), "webhook_id": str(leased.webhook_id), "attempt": leased.attempt}
    body = json.dumps(leased.message, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        headers = signed_headers(leased, body, int(time.time()))
        status = post(leased.url, body, headers, timeout=settings.webhook_timeout, local=settings.webhooks_local)
    except Refused as refused:
        outcome = _settle(settings, sessions, leased, None, str(refused), final=True)
    except NoAnswer as failure:
        outcome = _settle(settings, sessions, leased, None, str(failure))
    except Exception as error:  # noqa: BLE001 (whatever a stranger's URL brings about ends in the row)
        _log.exception("A delivery failed unexpectedly", extra={"fields": fields})
        outcome = _settle(settings, sessions, leased, None, f"unexpected {type(error).__name__}")
    else:
        wrong = None if 200 <= status < 300 else f"answered {status}"
        outcome = _settle(settings, sessions, leased, status, wrong, final=status == _GONE)
    _log.info("Webhook %s", outcome, extra={"fields": fields})


def signed_headers(leased: Delivery, body: bytes, timestamp: int) -> dict[str, str]:
    """The headers of a message, signed as Standard Webhooks 1.0 says: HMAC-SHA256 over id, time and body."""
    signed = f"{leased.message_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.digest(signing_key(leased.secret), signed, hashlib.sha256)).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Tally-Webhooks",
        "webhook-id": leased.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }


def pause_before_next(attempt: int, first: float) -> timedelta:
    """How long to wait after an attempt that failed: twice as long each time, six hours at most."""
    return timedelta(seconds=min(first * 2 ** (attempt - 1), _LONGEST_PAUSE_SECONDS))


def _settle(
    settings: WorkerSettings,
    sessions: models.Sessions,
    leased: Delivery,
    status: int | None,
    wrong: str | None,
    *,
    final: bool = False,
) -> str:
    dead = final or leased.attempt >= settings.webhook_max_attempts
    pause = pause_before_next(leased.attempt, settings.webhook_retry_seconds)
    try:
        if wrong is None or dead:
            state = DeliveryState.DELIVERED if wrong is None else DeliveryState.DEAD
            models.run_transaction(sessions, lambda session: end_delivery(session, leased, state, status, wrong))
            return state.value
        models.run_transaction(sessions, lambda session: retry_delivery(session, leased, pause, status, wrong))
    except models.DatabaseUnavailable:
        # The lease ends by itself; the receiver then gets the message once more, with the same id.
        return "not recorded, the database is away"
    return "failed, to be tried again"
