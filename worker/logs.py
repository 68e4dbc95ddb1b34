"""Logging of the worker and the deliverer: each line carries the number of its process."""

import logging

from runtime import logs

# Celery reports each task's arrival and end; the worker's own lines say the same with the job and the article.
_CHATTY = ("celery.worker.strategy", "celery.app.trace", "kombu.pidbox")


def configure(level: str) -> None:
    """Send every logger's lines from ``level`` up to standard error, as JSON."""
    handler = logs.configure(level, _context)
    # The pool's own logger passes nothing on.
    logging.getLogger("multiprocessing").handlers[:] = [handler]
    logging.captureWarnings(True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _context(record: logging.LogRecord) -> dict[str, object]:
    return {"process": record.process}
