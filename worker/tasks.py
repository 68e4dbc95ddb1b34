"""The one task: claim a job and some that wait, extract the claims of their articles, store them and end the jobs."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from billiard.exceptions import SoftTimeLimitExceeded

import models
import tracing
from extraction import Extractor
from models.job_groups import Share
from models.job_state import ClaimedJob
from worker import persistence, problems
from worker.persistence import Assignment, Extracted
from worker.settings import WorkerSettings

_log = logging.getLogger(__name__)

# The shortest time between two renewals of a lease, each of which writes the progress that clients see.
_RENEWAL_SECONDS = 0.5


class JobTaken(Exception):
    """The job was cancelled, or its lease ran out and another process holds it; the work is pointless."""


@dataclass(slots=True)
class _Group:
    """The jobs of one delivery: the one that its message names, and those that were taken along."""

    held: list[Assignment] = field(default_factory=list)
    # Those that need nothing more than to be stored, or nothing more at all.
    handled: set[UUID] = field(default_factory=set)
    extracted: list[Extracted] = field(default_factory=list)
    # Those that this process has brought to their end.
    ended: set[UUID] = field(default_factory=set)

    @property
    def unhandled(self) -> list[Assignment]:
        """What is not extracted yet."""
        return [held for held in self.held if held.job_id not in self.handled]

    def claims_of(self, held: Assignment) -> int | None:
        """How many claims are stored for the job; None when it has not succeeded."""
        stored = (each for each in self.extracted if each.held is held and held.job_id in self.ended)
        return next((len(each.claims) for each in stored), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRunner:
    """Takes jobs through an attempt each.

    Every outcome is a state of a job's row; nothing is raised for the caller. Where the database is away for too long
    the jobs stay ``running`` until their leases end and a sweeper puts them back.
    """

    settings: WorkerSettings
    sessions: models.Sessions
    extractor: Extractor
    # Called with the id of a job that must run again.
    publish: Callable[[UUID], object]
    # How many processes share the waiting jobs.
    processes: int = 1

    def run(self, job_id: UUID, *, token: UUID) -> set[UUID]:
        """Take the job through one attempt, and with it some that wait. Returns those of them that have ended.

        ``token`` is of this delivery alone: it fences the attempts, and whoever sees this process die moves the jobs
        by it.
        """
        tracing.describe({"tally.job_id": job_id})
        group = _Group()
        try:
            self._take(job_id, token, group)
            if not group.held:
                # A second delivery, a cancelled job or a deleted article: the row says so. No other job waits for its
                # first run, or those that do are too long to be taken along, or it is this one that cannot be read.
                _log.info("Nothing to do for the job", extra={"fields": {"job_id": str(job_id)}})
                return group.ended
            first = group.held[0]
            tracing.describe({"tally.article_id": first.article_id, "tally.attempt": first.attempt})
            if len(group.held) == 1 or not _extract_together(group, self.extractor):
                for held in group.held:
                    self._extract(held, group)
            self._store(group)
            tracing.describe({"tally.claims": group.claims_of(first)})
        except SoftTimeLimitExceeded as error:
            # Before anything broad: it is an ordinary Exception and may be raised at any line above.
            tracing.describe({}, error=type(error).__name__)
            self._end_overdue(group)
        except models.DatabaseUnavailable as error:
            tracing.describe({}, error=type(error).__name__)
            context = {"fields": {"job_id": str(job_id)}}
            _log.error("The database is away, the job is left to its lease: %s", error, extra=context)
        return group.ended

    def _take(self, job_id: UUID, token: UUID, group: _Group) -> None:
        with tracing.span("claim"):
            try:
                group.held = persistence.take(
                    self.sessions,
                    job_id,
                    token=token,
                    lease=timedelta(seconds=self.settings.lease_seconds),
                    max_attempts=self.settings.max_attempts,
                    pipeline=models.pipeline_id(),
                    share=Share(self.settings.group_articles, self.settings.group_characters, self.processes),
                )
            except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
                raise
            except Exception:  # noqa: BLE001 (which article cannot be read shows when each is taken alone)
                group.held = self._take_alone(job_id, token)

    def _take_alone(self, job_id: UUID, token: UUID) -> list[Assignment]:
        """The job that the message names. If its article cannot be read that has cost it an attempt."""
        claimed = persistence.take_alone(
            self.sessions,
            job_id,
            token=token,
            lease=timedelta(seconds=self.settings.lease_seconds),
            max_attempts=self.settings.max_attempts,
        )
        if claimed is None:
            return []
        try:
            return [persistence.read(self.sessions, claimed, pipeline=models.pipeline_id())]
        except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
            raise
        except Exception as error:  # noqa: BLE001 (whatever is stored of an article ends in the job's row)
            _log.exception("The article cannot be read", extra=_context(claimed))
            tracing.describe({}, error=type(error).__name__)
            self._put_back(claimed, problems.not_read(error))
            return []

    def _extract(self, held: Assignment, group: _Group) -> None:
        started = time.monotonic()
        try:
            renewal = Renewal(self.sessions, held, timedelta(seconds=self.settings.lease_seconds))
            with tracing.span("extract"):
                claims = self.extractor.extract(held.source, on_progress=renewal)
            group.extracted.append(Extracted(held, claims, renewal.total, time.monotonic() - started))
        except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
            raise
        except JobTaken:
            _log.info("The job was cancelled or taken over; its work is dropped", extra=_context(held))
        except Exception as error:  # noqa: BLE001 (whatever an article makes the extractor raise ends in the job's row)
            _log.exception("The extraction failed", extra=_context(held))
            tracing.describe({}, error=type(error).__name__)
            self._put_back(held, problems.extraction_failed(error))
        group.handled.add(held.job_id)

    def _store(self, group: _Group) -> None:
        """End the jobs that are extracted, together, or where that does not work each by itself."""
        with tracing.span("store"):
            try:
                self._finish(group, group.extracted)
            except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
                raise
            except Exception:  # noqa: BLE001 (which article it was shows when each is stored alone)
                for each in group.extracted:
                    self._store_alone(each, group)

    def _store_alone(self, extracted: Extracted, group: _Group) -> None:
        try:
            self._finish(group, [extracted])
        except (SoftTimeLimitExceeded, models.DatabaseUnavailable):
            raise
        except Exception as error:  # noqa: BLE001 (whatever the database does not take ends in the job's row)
            _log.exception("The claims cannot be stored", extra=_context(extracted.held))
            tracing.describe({}, error=type(error).__name__)
            self._put_back(extracted.held, problems.not_stored(error))

    def _finish(self, group: _Group, extracted: Sequence[Extracted]) -> None:
        try:
            stored = persistence.finish(self.sessions, extracted)
        except models.DatabaseUnavailable as error:
            persistence.note(self.sessions, extracted, problems.not_stored(error))
            raise
        group.ended |= stored
        for each in extracted:
            message = "The job succeeded"
            if each.held.job_id not in stored:
                message = "The job had ended or moved on; its work is dropped"
            numbers = {"claims": len(each.claims), "seconds": round(each.seconds, 3)}
            _log.info(message, extra=_context(each.held, **numbers))

    def _put_back(self, held: Assignment | ClaimedJob, problem: dict[str, Any]) -> None:
        if persistence.put_back(self.sessions, held, problem, max_attempts=self.settings.max_attempts):
            self.publish(held.job_id)

    def _end_overdue(self, group: _Group) -> None:
        """A job that was alone fails. Of several nobody knows which one it was: each runs again by itself."""
        if not group.held:
            return  # Not claimed, or claimed by a commit whose answer never came: the lease settles it.
        limit = self.settings.soft_time_limit
        try:
            self._store(group)
            for held in group.unhandled:
                _log.error("The job exceeded its time limit", extra=_context(held))
                if len(group.held) > 1:
                    self._put_back(held, problems.held_up(limit))
                elif persistence.fail(self.sessions, held, problems.time_limit(limit)):
                    group.ended.add(held.job_id)
        except models.DatabaseUnavailable as error:
            context = _context(group.held[0])
            _log.error("The database is away, the job is left to its lease: %s", error, extra=context)


def _extract_together(group: _Group, extractor: Extractor) -> bool:
    """Extract all of a group, parsing their sentences together; False when one of them makes that impossible.

    No lease is renewed meanwhile: it outlasts the time limits, and a group is small. Who was cancelled stores nothing.
    """
    sentences: list[int] = []

    def note(done: int, total: int) -> None:
        if done == total:
            sentences.append(total)

    started = time.monotonic()
    with tracing.span("extract"):
        tracing.describe({"tally.articles": len(group.held)})
        try:
            found = list(extractor.extract_many((held.source for held in group.held), on_progress=note))
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:  # noqa: BLE001 (which article it was shows when each is read alone)
            tracing.describe({}, error=type(error).__name__)
            return False
    per_character = (time.monotonic() - started) / sum(held.article.characters for held in group.held)
    group.extracted = [
        Extracted(held, claims, count, per_character * held.article.characters)
        for held, claims, count in zip(group.held, found, sentences, strict=True)
    ]
    group.handled = {held.job_id for held in group.held}
    return True


class Renewal:
    """Called with the progress of an extraction: renews the job's lease, at most twice a second."""

    def __init__(self, sessions: models.Sessions, held: Assignment, lease: timedelta) -> None:
        self._sessions = sessions
        self._held = held
        self._lease = lease
        self._last = time.monotonic()
        self.total = 0

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


def _context(held: Assignment | ClaimedJob, **more: object) -> dict[str, object]:
    fields = {"job_id": str(held.job_id), "article_id": str(held.article_id), "attempt": held.attempt}
    return {"fields": {**fields, **more}}
