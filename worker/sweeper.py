"""The sweeper: brings back every job whose message or process was lost.

Redis can be wiped, a message can vanish between two of its steps, a process can die at any line. The rows in the
database are the record; every ``TALLY_SWEEP_SECONDS`` each worker's parent process looks for rows that nobody will
move and sets them going again. Several sweepers at once are safe.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from queue import Empty
from uuid import UUID

from celery import Celery
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import models
from models.idempotency import forget_old_keys
from models.job_groups import held_under
from models.job_state import fail_job, requeue_job
from models.job_state import sweep as sweep_rows
from models.queries import queue_depth
from worker import problems
from worker.heartbeat import tell_alive, tell_gone
from worker.publishing import publish, waiting_messages
from worker.rescue import Death, deaths
from worker.settings import WorkerSettings
from worker.signs_of_life import show_sign_of_life

_log = logging.getLogger(__name__)

# One sweep brings back at most so many jobs; the rest waits for the next, which follows at once.
BATCH = 1000
# So many of the jobs that were stuck are named in the log.
_NAMED_JOBS = 20
# An answer to an Idempotency-Key is kept for 24 hours at least.
_KEEP_KEYS = timedelta(hours=48)
_FORGET_EVERY_SECONDS = 3600.0

_at_work = threading.Lock()
"""Held while the sweeper has connections open, and by every fork: no child is born in the middle of a sweep."""


def hold_forks_during_sweeps() -> None:
    """Make every fork of this process wait for the sweep that is under way. Once per process."""
    os.register_at_fork(before=_at_work.acquire, after_in_parent=_at_work.release, after_in_child=_at_work.release)


class Sweeper(threading.Thread):
    """The thread that sweeps, in a worker's parent process."""

    def __init__(self, app: Celery, settings: WorkerSettings, engine: Engine) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._app = app
        self._settings = settings
        self._engine = engine
        self._sessions = models.create_sessions(engine)
        self._stopping = False
        self._forget_at = 0.0

    def stop(self) -> None:
        """End the thread, after the sweep under way."""
        self._stopping = True
        deaths.put(None)
        self.join(timeout=5)

    def run(self) -> None:
        """Sweep at every interval, and settle each death as soon as the pool reports it.

        A health check sees by a file that the rounds go on, whether or not Redis and the database answer.
        """
        sweep_at = time.monotonic()
        while not self._stopping:
            try:
                death = deaths.get(timeout=max(0.0, sweep_at - time.monotonic()))
            except Empty:
                sweep_at = time.monotonic() + self._settings.sweep_seconds
                show_sign_of_life(self._settings.alive_file)
                self._undisturbed(partial(tell_alive, self._app, self._settings.sweep_seconds))
                self._undisturbed(self._sweep)
            else:
                if death is not None:
                    self._undisturbed(partial(settle, self._app, self._settings, self._sessions, death))
        self._undisturbed(partial(tell_gone, self._app))

    def _sweep(self) -> None:
        while sweep(self._app, self._settings, self._sessions) >= BATCH and not self._stopping:
            show_sign_of_life(self._settings.alive_file)
        if time.monotonic() >= self._forget_at:
            models.run_transaction(self._sessions, lambda session: forget_old_keys(session, _KEEP_KEYS))
            self._forget_at = time.monotonic() + _FORGET_EVERY_SECONDS

    def _undisturbed(self, step: Callable[[], object]) -> None:
        """Run ``step`` with forks held back; leaves no connection open and lets nothing end the thread."""
        with _at_work:
            try:
                step()
            except models.DatabaseUnavailable as error:
                _log.warning("The database is away; the next sweep tries again: %s", error)
            except Exception:  # noqa: BLE001 (the thread must live; it logs what happened)
                _log.exception("A sweep failed; the next one tries again")
            finally:
                self._engine.dispose()


def sweep(app: Celery, settings: WorkerSettings, sessions: models.Sessions) -> int:
    """Bring back jobs whose lease has run out and jobs whose message is lost; returns how many were published."""
    stale = timedelta(seconds=settings.stale_seconds)
    # Of a long queue the messages of retries alone may be lost unseen: the jobs that groups took along have left more
    # messages than jobs wait. Retries are few, and they are never taken along.
    only_retries = not _messages_are_missing(app, sessions)
    outcome = models.run_transaction(
        sessions,
        lambda session: sweep_rows(
            session, stale=stale, only_retries=only_retries, max_attempts=settings.max_attempts, limit=BATCH
        ),
    )
    published = publish(app, outcome.to_publish) if outcome.to_publish else 0
    if outcome.to_publish or outcome.failed:
        counts = {"requeued": len(outcome.requeued), "failed": len(outcome.failed), "republished": published}
        stuck = [str(job_id) for job_id in (*outcome.failed, *outcome.requeued)[:_NAMED_JOBS]]
        _log.warning("Jobs were stuck", extra={"fields": {**counts, "job_ids": stuck}})
    return published


def _messages_are_missing(app: Celery, sessions: models.Sessions) -> bool:
    """Whether Redis holds fewer messages than jobs wait.

    Waiting long is no loss: without this check a long queue would get a second message for every job at every sweep.
    """
    queued = models.run_query(sessions, queue_depth)
    if queued == 0:
        return False
    waiting = waiting_messages(app)
    return waiting is not None and waiting < queued


def settle(app: Celery, settings: WorkerSettings, sessions: models.Sessions, death: Death) -> None:
    """Move what a process held that died: another attempt for each job that has one left.

    A job that ran alone and did not end within the hard time limit fails. Of several nobody knows which one it was, so
    each runs again by itself. One that is found alone at its first attempt may have had company, which was cancelled or
    erased since: it runs again, too. The token of the dead process finds them and guards the moves: where it had
    claimed nothing yet, or another process has taken over since, nothing happens.
    """
    never_in_company = settings.group_articles == 1 or settings.max_attempts == 1

    def work(session: Session) -> list[UUID]:
        held = held_under(session, death.token)
        if death.timed_out and len(held) == 1 and (never_in_company or held[0].attempt > 1):
            fail_job(session, held[0].job_id, death.token, problems.time_limit(settings.hard_time_limit))
            return []
        problem = problems.worker_lost(death.reason)
        most = settings.max_attempts
        return [job.job_id for job in held if requeue_job(session, job.job_id, death.token, problem, max_attempts=most)]

    queued = models.run_transaction(sessions, work)
    fields = {"job_id": str(death.job_id), "requeued": len(queued)}
    _log.warning("A process died: %s", death.reason, extra={"fields": fields})
    if queued:
        publish(app, queued)
