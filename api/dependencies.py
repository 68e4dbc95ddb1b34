"""What the endpoints share: settings, the database, the publisher, and limits that count over requests."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated

import anyio
from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.article_input import ArticleReader
from api.job_events import EventWatcher
from api.key_check import KeyCheck
from api.problems import BATCH_TOO_LARGE, OVERLOADED, QUEUE_FULL, ProblemError
from api.publisher import Publisher
from api.request_metrics import RequestMetrics
from api.settings import Settings
from models.queries import queue_depth
from models.session import Sessions, create_database_engine, create_sessions

# The largest batch leaves so much room for small ones.
_SPARE_BATCH_BYTES = 8 * 1024 * 1024


class QueueGauge:
    """Refuses submissions while too many jobs wait. The depth is counted at most once a second."""

    SECONDS = 1.0

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._depth = 0
        self._until = 0.0

    def check(self, session: Session, adding: int) -> None:
        """Counts in ``adding`` new jobs, whose rows stand in the session's transaction already.

        Raises a 503 problem when the queue has no room for them, and 413 when it never can have.
        """
        if adding > self._limit:
            detail = f"The batch begins {adding:,} jobs, and the queue takes at most {self._limit:,}. Split it."
            raise ProblemError(BATCH_TOO_LARGE, detail)
        with self._lock:
            self._refresh(session, adding)
            self._refuse(self._depth + adding > self._limit)
            self._depth += adding

    def check_open(self, session: Session) -> None:
        """Raises the 503 problem when there is no room for a single job, before anything is read or stored."""
        with self._lock:
            self._refresh(session, 0)
            self._refuse(self._depth >= self._limit)

    def _refresh(self, session: Session, stored: int) -> None:
        if time.monotonic() >= self._until:
            self._depth = queue_depth(session) - stored
            self._until = time.monotonic() + self.SECONDS

    def _refuse(self, full: bool) -> None:
        if full:
            queued = "1 job is queued" if self._depth == 1 else f"{self._depth:,} jobs are queued"
            detail = f"{queued}; the limit is {self._limit:,}. Try again later."
            raise ProblemError(QUEUE_FULL, detail, headers={"Retry-After": "30"})


class BatchRoom:
    """Bounds the bytes of all batches that are read or stored at the same time; used on the event loop only.

    A batch takes several times its size in memory, and the largest takes half a minute to be stored.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0

    @contextmanager
    def holding(self) -> Iterator[Callable[[int], None]]:
        """Within it, the function that it gives takes so many bytes more; it raises a 503 problem beyond the limit."""
        mine = 0

        def take(size: int) -> None:
            nonlocal mine
            if self._held + size > self._limit:
                detail = "Other batches are being stored, and there is no room for this one. Try again later."
                raise ProblemError(OVERLOADED, detail, headers={"Retry-After": "10"})
            self._held += size
            mine += size

        try:
            yield take
        finally:
            self._held -= mine


class Waiters:
    """Counts the requests that wait for a job; used on the event loop only."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.count = 0
        self.stopping = False


@dataclass(frozen=True, slots=True)
class Services:
    """What one API process holds from its start to its end."""

    settings: Settings
    engine: Engine
    sessions: Sessions
    publisher: Publisher
    key_check: KeyCheck
    articles: ArticleReader
    queue: QueueGauge
    batch_room: BatchRoom
    waiters: Waiters
    events: EventWatcher
    health_threads: anyio.CapacityLimiter
    metrics: RequestMetrics

    def stop_waiting(self) -> None:
        """Let go of everything that waits for jobs: the process is about to end."""
        self.waiters.stopping = True
        self.events.close()

    def close(self) -> None:
        self.publisher.close()
        self.engine.dispose()


def create_services(settings: Settings) -> Services:
    """The services of a process; nothing is connected before it is used."""
    engine = create_database_engine(settings.database_url, pool_size=settings.database_pool_size)
    sessions = create_sessions(engine)
    return Services(
        settings=settings,
        engine=engine,
        sessions=sessions,
        publisher=Publisher(settings.redis_url),
        key_check=KeyCheck(sessions),
        articles=ArticleReader(settings.max_article_characters),
        queue=QueueGauge(settings.max_queue),
        batch_room=BatchRoom(settings.max_batch_bytes + _SPARE_BATCH_BYTES),
        waiters=Waiters(settings.max_waiting),
        events=EventWatcher(sessions, settings.max_streams),
        health_threads=anyio.CapacityLimiter(8),
        metrics=RequestMetrics(),
    )


async def current_services(request: Request) -> Services:
    """The services of the application that answers this request."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


ServicesDep = Annotated[Services, Depends(current_services)]
