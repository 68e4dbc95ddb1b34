"""Following the stored events of many jobs at once: one query for all streams, none while nobody listens."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from api.logs import logger
from models.job import JobEvent
from models.queries import existing_jobs, job_events_since
from models.session import Sessions, run_query

HEARTBEAT_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 0.25
# After a query that failed; streams stay open meanwhile.
_LOOK_AGAIN_SECONDS = 2.0
# Erasing an article takes its jobs and their events away without a last event.
_MISS_EVERY_SECONDS = 5.0


@dataclass(eq=False, slots=True)
class _Stream:
    job_id: UUID
    last_id: int
    arrived: list[JobEvent] = field(default_factory=list)
    ended: bool = False
    changed: asyncio.Event = field(default_factory=asyncio.Event)


class EventWatcher:
    """Tells the open streams of this process what happens to their jobs. Used on the event loop only.

    A stream holds no thread and no database connection while it waits.
    """

    def __init__(self, sessions: Sessions, limit: int) -> None:
        self.limit = limit
        # Streams that are open or about to be.
        self.count = 0
        self._sessions = sessions
        self._streams: set[_Stream] = set()
        self._watching: asyncio.Task[None] | None = None
        self._closed = False

    async def follow(self, job_id: UUID, after_id: int) -> AsyncIterator[list[JobEvent]]:
        """The events of a job after the one with this id, as they come; an empty list where a heartbeat is due.

        Ends when the job is erased or the process stops; the caller ends it after the last event.
        """
        stream = _Stream(job_id, after_id, ended=self._closed)
        self._streams.add(stream)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        try:
            while not stream.ended:
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await stream.changed.wait()
                except TimeoutError:
                    yield []
                    continue
                stream.changed.clear()
                events, stream.arrived = stream.arrived, []
                if events:
                    yield events
        finally:
            self._streams.discard(stream)

    def close(self) -> None:
        """End all streams, and those that are about to open."""
        self._closed = True
        for stream in self._streams:
            _end(stream)

    async def _watch(self) -> None:
        miss_at = time.monotonic() + _MISS_EVERY_SECONDS
        while self._streams:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            missing = time.monotonic() >= miss_at
            try:
                await self._look(missing=missing)
            except Exception as error:  # noqa: BLE001 (streams outlive a database that is away for a while)
                logger.warning("events not read", extra={"fields": {"error": type(error).__name__}})
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            else:
                miss_at = time.monotonic() + _MISS_EVERY_SECONDS if missing else miss_at

    async def _look(self, *, missing: bool) -> None:
        seen: dict[UUID, int] = {}
        for stream in self._streams:
            seen[stream.job_id] = min(stream.last_id, seen.get(stream.job_id, stream.last_id))

        def query(session: Session) -> tuple[list[JobEvent], set[UUID]]:
            return job_events_since(session, seen), existing_jobs(session, seen) if missing else set(seen)

        events, known = await run_in_threadpool(run_query, self._sessions, query, attempts=1)
        for stream in self._streams:
            for event in events:
                if event.job_id == stream.job_id and event.id > stream.last_id:
                    stream.arrived.append(event)
                    stream.last_id = event.id
                    stream.changed.set()
            if stream.job_id in seen and stream.job_id not in known:
                _end(stream)


def _end(stream: _Stream) -> None:
    stream.ended = True
    stream.changed.set()
