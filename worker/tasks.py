"""The one task: claim a job, extract its article's claims, store them and end the job."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded

import models
import tracing
from extraction import Extractor
from worker import persistence, problems
from worker.persistence import Assignment
from worker.settings import WorkerSettings

_log = logging.getLogger(__name__)

# The shortest time between two renewals of a lease, each of which writes the progress that clients see.
_RENEWAL_SECONDS = 0.5


class JobTaken(Exception):
    """The job was cancelled, or its lease ran out and another process holds it; the work is pointless."""


def run_job(
    job_id: UUID,
    *,
    token: UUID,
    settings: WorkerSettings,
    sessions: models.Sessions,
    extractor: Extractor,
    publish: Callable[[UUID], object],
) -> None:
    """Take the job through one attempt. Every outcome is a state of its row; nothing is raised for the caller.

    ``token`` is of this delivery alone: it fences the attempt, and whoever sees this process die moves the job by it.
    ``publish`` is called with the id of a job that must run again. Where the database is away for too long the job
    stays ``running`` until its lease ends and a sweeper puts it back.
    """
    tracing.describe({"tally.job_id": job_id})
    held: Assignment | None = None
    try:
        with tracing.span("claim"):
            held = persistence.take(
                sessions,
                job_id,
                token=token,
                lease=timedelta(seconds=settings.lease_seconds),
                max_attempts=settings.max_attempts,
                pipeline=models.pipeline_id(),
            )
        if held is None:
            # A second delivery, a cancelled job or a deleted article: the row says so and needs nothing.
            _log.info("Nothing to do for the job", extra={"job_id": str(job_id)})
            return
        tracing.describe({"tally.article_id": held.article_id, "tally.attempt": held.attempt})
        _attempt(held, settings=settings, sessions=sessions, extractor=extractor, publish=publish)
    except SoftTimeLimitExceeded as error:
        # Before anything broad: it is an ordinary Exception and may be raised at any line above.
        tracing.describe({}, error=type(error).__name__)
        _end_overdue(held, settings, sessions)
    except models.DatabaseUnavailable as error:
        tracing.describe({}, error=type(error).__name__)
        _log.error("The database is away, the job is left to its lease: %s", error, extra={"job_id": str(job_id)})


def _attempt(
    held: Assignment,
    *,
    settings: WorkerSettings,
    sessions: models.Sessions,
    extractor: Extractor,
    publish: Callable[[UUID], object],
) -> None:
    started = time.monotonic()
    try:
        renewal = Renewal(sessions, held, timedelta(seconds=settings.lease_seconds))
        with tracing.span("extract"):
            claims = extractor.extract(held.source, on_progress=renewal)
        seconds = time.monotonic() - started
        with tracing.span("store"):
            stored = persistence.finish(sessions, held, claims, seconds=seconds, sentences=renewal.total)
    except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
        raise
    except JobTaken:
        _log.info("The job was cancelled or taken over; its work is dropped", extra=_context(held))
    except Exception as error:  # noqa: BLE001 (whatever an article makes the extractor raise ends in the job's row)
        _log.exception("The extraction failed", extra=_context(held))
        tracing.describe({}, error=type(error).__name__)
        problem = problems.extraction_failed(error)
        if persistence.put_back(sessions, held, problem, max_attempts=settings.max_attempts):
            publish(held.job_id)
    else:
        message = "The job succeeded" if stored else "The job had ended or moved on; its work is dropped"
        seconds = round(time.monotonic() - started, 3)
        tracing.describe({"tally.claims": len(claims) if stored else None})
        _log.info(message, extra={**_context(held), "claims": len(claims), "seconds": seconds})


class Renewal:
    """Called with the progress of an extraction: renews the job's lease, at most twice a second."""

    def __init__(self, sessions: models.Sessions, held: Assignment, lease: timedelta) -> None:
        self._sessions = sessions
        self._held = held
        self._lease = lease
        self._last = time.monotonic()
        self.total: int | None = None

    def __call__(self, done: int, total: int) -> None:
        """Record that ``done`` of ``total`` sentences are read; raises ``JobTaken`` when the job is not ours now."""
        self.total = total
        if time.monotonic() - self._last < _RENEWAL_SECONDS:
            return
        try:
            kept = persistence.renew(self._sessions, self._held, lease=self._lease, done=done, total=total)
        except models.DatabaseUnavailable:
            kept = True  # The lease outlives the hard time limit anyway; finishing waits for the database.
        self._last = time.monotonic()
        if not kept:
            raise JobTaken


def _end_overdue(held: Assignment | None, settings: WorkerSettings, sessions: models.Sessions) -> None:
    if held is None:
        return  # Not claimed, or claimed by a commit whose answer never came: the lease settles it.
    _log.error("The job exceeded its time limit", extra=_context(held))
    try:
        persistence.fail(sessions, held, problems.time_limit(settings.soft_time_limit))
    except models.DatabaseUnavailable as error:
        _log.error("The database is away, the job is left to its lease: %s", error, extra=_context(held))


def _context(held: Assignment) -> dict[str, object]:
    return {"job_id": str(held.job_id), "article_id": str(held.article_id), "attempt": held.attempt}
