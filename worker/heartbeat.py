"""Being seen: each worker notes in Redis that it lives, for health checks and metrics.

Redis and not the database: a note that is lost is made again at the next sweep, and none needs to outlive its worker.
"""

import logging
import os
import socket

from celery import Celery

from models.messages import WORKERS
from worker.publishing import NO_REDIS, connected

_log = logging.getLogger(__name__)
# A worker is seen for so many sweeps after its last note, and so many seconds: one note may fail or be late.
_SWEEPS = 2
_SPARE_SECONDS = 15


def tell_alive(app: Celery, sweep_seconds: float) -> None:
    """This worker is seen from now until shortly after its next note is due."""
    _note(app, _SWEEPS * sweep_seconds + _SPARE_SECONDS)


def tell_gone(app: Celery) -> None:
    """This worker is not seen any more."""
    _note(app, None)


def _note(app: Celery, seconds: float | None) -> None:
    name = f"{socket.gethostname()}:{os.getpid()}"
    try:
        with connected(app) as connection:
            client = connection.default_channel.client
            # By the clock of Redis: those of its clients may differ.
            now = client.time()[0]
            if seconds is None:
                client.zrem(WORKERS, name)
            else:
                client.zadd(WORKERS, {name: now + seconds})
            client.zremrangebyscore(WORKERS, "-inf", now)
    except NO_REDIS as error:
        _log.warning("Redis does not take note of this worker: %s", error)
