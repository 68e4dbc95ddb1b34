"""Waking other workers up, and asking how many messages wait."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from celery import Celery
from kombu.exceptions import BatchPublishError, OperationalError
from redis.exceptions import RedisError

from models.messages import QUEUE
from runtime.publishing import send

_log = logging.getLogger(__name__)

# Celery passes some refusals of Redis on as they are, such as that of a write when its memory is used up.
NO_REDIS = (BatchPublishError, OperationalError, OSError, RedisError)


def publish(app: Celery, job_ids: Sequence[UUID]) -> int:
    """Publish each job's id; returns how many are known to have gone out: all or none.

    A dead, frozen or full Redis costs one bounded attempt. Nothing is lost by that: the database holds the jobs and the
    sweeper publishes them again.
    """
    try:
        with connected(app) as connection, app.amqp.Producer(connection) as producer:
            send(app, producer, job_ids)
    except NO_REDIS as error:
        fields = {"job_id": str(job_ids[0]), "jobs": len(job_ids)}
        _log.warning("Redis took no message: %s", error.__cause__ or error, extra={"fields": fields})
        return 0
    return len(job_ids)


def waiting_messages(app: Celery) -> int | None:
    """The number of messages in the queue, or None when Redis does not tell."""
    try:
        with connected(app) as connection:
            # Messages have no priority, so they all stand in this list.
            return int(connection.default_channel.client.llen(QUEUE))
    except NO_REDIS as error:
        _log.warning("Redis does not answer: %s", error)
        return None


@contextmanager
def connected(app: Celery) -> Iterator[Any]:
    """A connection of its own, closed at the end: none may stay open in a parent that forks.

    Raises one of ``NO_REDIS`` after two tries: by itself a connection retries for ever.
    """
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0.2, timeout=5)
        yield connection
