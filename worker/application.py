"""The Celery application of the worker, and its run: ``tally worker``."""

import logging
import os
import socket
from typing import Any
from uuid import UUID

from celery import Celery, signals

import models
import tracing
from worker import logs
from worker.broker import configuration
from worker.messages import to_answer
from worker.process import Process
from worker.publishing import publish
from worker.rescue import TOKEN_HEADER
from worker.settings import WorkerSettings
from worker.sweeper import Sweeper, hold_forks_during_sweeps
from worker.tasks import JobRunner

_log = logging.getLogger(__name__)

_SERVICE = "tally-worker"
# Room for the ids of the largest group.
_LONGEST_ANSWER = 5000


def create_worker_app(settings: WorkerSettings) -> Celery:
    """The application for these settings, and what its worker does when it starts and stops. Once per process."""
    app = Celery("tally", set_as_current=False)
    app.conf.update(configuration(settings))
    process = Process(settings)

    def extract(task: Any, job_id: str) -> str:
        return _extract(app, process, task, job_id)

    app.task(
        name=models.TASK_EXTRACT,
        bind=True,
        Strategy="worker.messages:strategy",
        Request="worker.messages:RememberedRequest",
        resultrepr_maxsize=_LONGEST_ANSWER,
    )(extract)
    _Stages(app, process).follow()
    return app


def _extract(app: Celery, process: Process, task: Any, job_id: str) -> str:
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
            settings=process.settings,
            sessions=process.sessions,
            extractor=process.extractor,
            publish=lambda again: publish(app, [again]),
            processes=process.concurrency,
        )
        ended = runner.run(identity, token=UUID(task.request.get(TOKEN_HEADER)))
    return to_answer(ended)


class _Stages:
    """What is done as a worker's parent and its children start and stop."""

    def __init__(self, app: Celery, process: Process) -> None:
        self._app = app
        self._process = process
        self._sweeper: Sweeper | None = None

    def follow(self) -> None:
        """Let Celery call each of them; nothing else holds this object."""
        signals.setup_logging.connect(self.set_up_logging, weak=False)
        signals.worker_init.connect(self.start_parent, weak=False)
        signals.worker_process_init.connect(self.start_child, weak=False)
        signals.worker_process_shutdown.connect(self.stop_child, weak=False)
        signals.worker_ready.connect(self.tell_ready, weak=False)
        signals.worker_shutdown.connect(self.stop_parent, weak=False)

    def set_up_logging(self, **_: Any) -> None:
        logs.configure(self._process.settings.log_level)

    def start_parent(self, sender: Any, **_: Any) -> None:
        settings = self._process.settings
        try:
            self._process.prepare_parent(sender.concurrency)
        except OSError as error:
            _log.critical("The extractor cannot be loaded (TALLY_PARSER=%s): %s", settings.parser or "", error)
            raise SystemExit(1) from None
        except Exception:  # noqa: BLE001 (Celery would log it and go on to start children that cannot work)
            _log.exception("The extractor cannot be loaded")
            raise SystemExit(1) from None
        tracing.start(_SERVICE)
        hold_forks_during_sweeps()
        engine = models.create_database_engine(settings.database_url, pool_size=1)
        self._sweeper = Sweeper(self._app, settings, engine)
        self._sweeper.start()

    def start_child(self, **_: Any) -> None:
        # Both are inherited after a fork; the extractor is loaded here where the pool starts fresh interpreters.
        self._process.load()
        tracing.start(_SERVICE)

    def stop_child(self, **_: Any) -> None:
        tracing.stop()

    def tell_ready(self, **_: Any) -> None:
        if self._process.settings.ready_file is not None:
            self._process.settings.ready_file.touch()

    def stop_parent(self, **_: Any) -> None:
        if self._sweeper is not None:
            self._sweeper.stop()


def run_worker(settings: WorkerSettings, concurrency: int | None = None) -> int:
    """Run a worker until it is told to stop; returns its exit code.

    SIGTERM lets running jobs finish. Gossip and mingle are chatter between workers that nothing here needs.
    """
    logs.configure(settings.log_level)
    worker = create_worker_app(settings).Worker(
        hostname=f"tally-{os.getpid()}@{socket.gethostname()}",
        concurrency=concurrency or settings.worker_concurrency,
        loglevel=settings.log_level,
        queues=[models.QUEUE],
        quiet=True,
        without_gossip=True,
        without_mingle=True,
    )
    worker.start()
    return int(worker.exitcode or 0)
