"""The Celery application of the worker: ``celery -A worker.app worker`` or ``tally worker``."""

import logging
import os
import socket
from pathlib import Path
from typing import Any
from uuid import UUID

from celery import Celery, signals

import models
import tracing
from worker import logs, process
from worker.broker import configuration
from worker.messages import to_answer
from worker.publishing import publish
from worker.rescue import TOKEN_HEADER
from worker.sweeper import Sweeper, hold_forks_during_sweeps
from worker.tasks import JobRunner

_log = logging.getLogger(__name__)

_SERVICE = "tally-worker"
# Room for the ids of the largest group.
_LONGEST_ANSWER = 5000


def _extract(task: Any, job_id: str) -> str:
    """Run the job once; the message carries its id, and the trace that it belongs to if there is one.

    The answer, for the parent, is which jobs have ended.
    """
    try:
        identity = UUID(job_id)
    except (AttributeError, TypeError, ValueError):
        _log.error("A message names no job; it is dropped")
        return ""
    with tracing.span(models.TASK_EXTRACT, tracing.Kind.CONSUMER, parent=task.request):
        runner = JobRunner(
            settings=process.settings(),
            sessions=process.sessions(),
            extractor=process.extractor(),
            publish=lambda again: publish(app, [again]),
            processes=process.concurrency(),
        )
        ended = runner.run(identity, token=UUID(task.request.get(TOKEN_HEADER)))
    return to_answer(ended)


app = Celery("tally", set_as_current=False)
app.conf.update(configuration(process.settings()))
app.task(
    name=models.TASK_EXTRACT,
    bind=True,
    Strategy="worker.messages:strategy",
    Request="worker.messages:RememberedRequest",
    resultrepr_maxsize=_LONGEST_ANSWER,
)(_extract)

_sweepers: list[Sweeper] = []


def _set_up_logging(**_: Any) -> None:
    logs.configure(process.settings().log_level)


def _start_parent(sender: Any, **_: Any) -> None:
    try:
        process.prepare_parent(sender.concurrency)
    except OSError as error:
        _log.critical("The extractor cannot be loaded (TALLY_PARSER=%s): %s", process.settings().parser or "", error)
        raise SystemExit(1) from None
    except Exception:  # noqa: BLE001 (Celery would log it and go on to start children that cannot work)
        _log.exception("The extractor cannot be loaded")
        raise SystemExit(1) from None
    tracing.start(_SERVICE)
    hold_forks_during_sweeps()
    settings = process.settings()
    engine = models.create_database_engine(settings.database_url, pool_size=1)
    _sweepers.append(Sweeper(app, settings, engine))
    _sweepers[0].start()


def _start_child(**_: Any) -> None:
    process.extractor()  # Inherited after a fork; loaded here where the pool starts fresh interpreters (macOS).
    tracing.start(_SERVICE)  # Inherited after a fork.


def _stop_child(**_: Any) -> None:
    tracing.stop()


def _tell_ready(**_: Any) -> None:
    if path := os.environ.get("TALLY_READY_FILE"):
        Path(path).touch()


def _stop_parent(**_: Any) -> None:
    for sweeper in _sweepers:
        sweeper.stop()


signals.setup_logging.connect(_set_up_logging)
signals.worker_init.connect(_start_parent)
signals.worker_process_init.connect(_start_child)
signals.worker_process_shutdown.connect(_stop_child)
signals.worker_ready.connect(_tell_ready)
signals.worker_shutdown.connect(_stop_parent)


def run_worker(concurrency: int | None = None) -> int:
    """Run a worker until it is told to stop; returns its exit code.

    SIGTERM lets running jobs finish. Gossip and mingle are chatter between workers that nothing here needs.
    """
    _set_up_logging()
    worker = app.Worker(
        hostname=f"tally-{os.getpid()}@{socket.gethostname()}",
        concurrency=concurrency or process.settings().worker_concurrency,
        loglevel=process.settings().log_level,
        queues=[models.QUEUE],
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)
