"""Waiting for a job to end, for clients that ask to (`?wait=N`, `Prefer: wait=N`)."""

import asyncio
import re
import time
from uuid import UUID

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from api.dependencies import Services
from api.exchange import deadline
from models.job import TERMINAL, Job
from models.queries import get_job
from models.session import run_query

MAX_WAIT_SECONDS = 30
# Seconds between two looks at a job. They grow with the wait, which ends a fifth later than the job at most.
_SHORTEST_PAUSE = 0.02
_LONGEST_PAUSE = 0.5
_PART_OF_WAIT = 0.2
_PREFER_WAIT = re.compile(r"""(?:^|,|;)\s*wait\s*=\s*"?(\d{1,6})"?\s*(?=$|,|;)""", re.IGNORECASE)


def preferred_wait(request: Request) -> int | None:
    """The seconds of ``Prefer: wait=N`` (RFC 7240), at most 30; None without one. Nonsense is ignored, as it says."""
    found = _PREFER_WAIT.search(",".join(request.headers.getlist("prefer")))
    return min(int(found.group(1)), MAX_WAIT_SECONDS) if found else None


async def load_job(services: Services, job_id: UUID) -> Job | None:
    """The job as it is now."""
    return await run_in_threadpool(run_query, services.sessions, lambda session: get_job(session, job_id))


async def wait_for_end(request: Request, services: Services, job_id: UUID, seconds: float) -> Job | None:
    """The job when it has ended, or as it is after ``seconds``; None when it does not exist (any more).

    Does not wait while too many others do, nor for a client that has gone, nor when the process is to end.
    """
    job = await load_job(services, job_id)
    if seconds <= 0 or services.waiters.count >= services.waiters.limit:
        return job
    deadline(request.scope).extend(seconds)
    begun = time.monotonic()
    until = begun + seconds
    services.waiters.count += 1
    try:
        while job is not None and job.state not in TERMINAL:
            now = time.monotonic()
            left, pause = until - now, max(_SHORTEST_PAUSE, (now - begun) * _PART_OF_WAIT)
            if left <= 0 or services.waiters.stopping or await request.is_disconnected():
                break
            await asyncio.sleep(min(pause, _LONGEST_PAUSE, left))
            job = await load_job(services, job_id)
    finally:
        services.waiters.count -= 1
    return job
