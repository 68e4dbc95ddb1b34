"""What the endpoints share: settings, the database, the publisher, and limits that count over requests."""

import threading
import time
from dataclasses import dataclass
from typing import Annotated

import anyio
from fastapi import Depends, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.article_input import ArticleReader
from api.job_events import EventWatcher
from api.key_check import KeyCheck
from api.problems import QUEUE_FULL, ProblemError
from api.publisher import Publisher
from api.request_metrics import RequestMetrics
from api.settings import Settings
from models.queries import queue_depth
from models.session import Sessions, create_database_engine, create_sessions


class QueueGauge:
    """Refuses submissions while too many jobs wait. The depth is counted at most once a second."""

    SECONDS = 1.0

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._depth = 0
        self._until = 0.0

    def check(self, session: Session, adding: int) -> None:
        """Raises a 503 problem when the queue has no room for ``adding`` more jobs; else counts them in."""
        with self._lock:
            if time.monotonic() >= self._until:
                # The new rows stand in this session's transaction already.
                self._depth = queue_depth(session) - adding
                self._until = time.monotonic() + self.SECONDS
            if self._depth + adding > self._limit:
                detail = f"{self._depth:,} jobs are queued; the limit is {self._limit:,}. Try again later."
                raise ProblemError(QUEUE_FULL, detail, headers={"Retry-After": "30"})
            self._depth += adding


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
        waiters=Waiters(settings.max_waiting),
        events=EventWatcher(sessions, settings.max_streams),
        health_threads=anyio.CapacityLimiter(8),
        metrics=RequestMetrics(),
    )


async def services(request: Request) -> Services:
    """The services of the application that answers this request."""
    found = request.app.state.services
    assert isinstance(found, Services)
    return found


ServicesDep = Annotated[Services, Depends(services)]
