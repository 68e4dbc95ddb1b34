"""Waking the workers up: one small message a job, sent after its row has been committed.

A message is a hint. Nothing here raises or waits for long: what is not sent now is sent by the sweeper, which finds
queued rows that nobody was told about.
"""

import threading
import time
from collections.abc import Sequence
from uuid import UUID

import redis
from celery import Celery
from redis.backoff import NoBackoff
from redis.retry import Retry

from api.logs import logger
from models.messages import WORKERS
from runtime.publishing import send

SOCKET_SECONDS = 1.0
OPEN_SECONDS = 5.0


class CircuitBreaker:
    """Spares the callers a broker that does not answer: after a failure nobody tries for ``seconds``.

    After that one caller tries; the others go on without until it has succeeded.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._retry_at: float | None = None

    def allows(self) -> bool:
        with self._lock:
            if self._retry_at is None:
                return True
            now = time.monotonic()
            if now < self._retry_at:
                return False
            self._retry_at = now + self._seconds
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._retry_at = None

    def failed(self) -> None:
        with self._lock:
            self._retry_at = time.monotonic() + self._seconds


class Publisher:
    """Sends job ids to the workers' queue. Safe to share between threads."""

    def __init__(self, redis_url: str) -> None:
        self._breaker = CircuitBreaker(OPEN_SECONDS)
        self._celery = _celery(redis_url)
        self._redis = redis.Redis.from_url(
            redis_url,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )

    def publish(self, job_id: UUID) -> bool:
        """Whether the message was sent. Takes at most about two socket timeouts, and no time while Redis is down."""
        return self.publish_all([job_id])

    def publish_all(self, job_ids: Sequence[UUID]) -> bool:
        """As :meth:`publish`, for many jobs in pipelined writes. False when some of them were not sent."""
        if not job_ids:
            return True
        if not self._breaker.allows():
            return False
        try:
            with self._celery.producer_pool.acquire(block=True, timeout=SOCKET_SECONDS) as producer:
                send(self._celery, producer, job_ids)
        except Exception as error:  # noqa: BLE001 (the rows are committed: no broker error may reach the client)
            self._breaker.failed()
            name = type(error).__name__
            logger.warning("jobs not published", extra={"fields": {"error": name, "jobs": len(job_ids)}})
            return False
        self._breaker.succeeded()
        return True

    def workers(self) -> int | None:
        """How many workers have been seen lately; None when Redis does not answer."""
        try:
            # Each worker stands there with the time of Redis until which it is seen.
            return int(self._redis.zcount(WORKERS, f"({self._redis.time()[0]}", "+inf"))
        except redis.RedisError:
            return None

    def close(self) -> None:
        self._celery.close()
        self._redis.close()


def _celery(redis_url: str) -> Celery:
    app = Celery("tally-api", broker=redis_url, set_as_current=False)
    app.conf.update(
        task_ignore_result=True,
        task_serializer="json",
        accept_content=["json"],
        broker_pool_limit=10,
        broker_connection_retry=False,
        broker_transport_options={
            "socket_timeout": SOCKET_SECONDS,
            "socket_connect_timeout": SOCKET_SECONDS,
            "socket_keepalive": True,
            "max_retries": 0,
        },
    )
    return app
