"""Telling the workers that jobs wait: one small message per job, never the job itself."""

import logging
from collections.abc import Iterable
from uuid import UUID

from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

import tracing
from models import QUEUE, TASK_EXTRACT

_log = logging.getLogger(__name__)

# Celery passes some refusals of Redis on as they are, such as that of a write when its memory is used up.
NO_REDIS = (OperationalError, OSError, RedisError)


def publish(app: Celery, job_ids: Iterable[UUID]) -> int:
    """Publish each job's id; returns how many went out.

    Stops at the first failure, so that a dead, frozen or full Redis costs one bounded attempt. Nothing is lost by that:
    the database holds the jobs and the sweeper publishes them again.
    """
    published = 0
    headers = tracing.headers()
    # Its own connection, closed at the end: none may stay open in a parent that forks.
    with app.connection_for_write() as connection, app.amqp.Producer(connection) as producer:
        for job_id in job_ids:
            try:
                app.send_task(TASK_EXTRACT, args=[str(job_id)], queue=QUEUE, producer=producer, headers=headers)
            except NO_REDIS as error:
                _log.warning("Redis took no message: %s", error, extra={"fields": {"job_id": str(job_id)}})
                break
            published += 1
    return published


def waiting_messages(app: Celery) -> int | None:
    """The number of messages in the queue, or None when Redis does not tell."""
    try:
        with app.connection_for_write() as connection:
            # A connection retries for ever unless told otherwise.
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0.2, timeout=5)
            with connection.channel() as channel:
                return int(channel._size(QUEUE))
    except NO_REDIS as error:
        _log.warning("Redis does not answer: %s", error)
        return None
