"""Logging as one JSON object a line, with the job and the article that a line is about."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

_CONTEXT = (
    *("job_id", "article_id", "webhook_id", "attempt", "claims", "seconds"),
    *("requeued", "failed", "republished", "job_ids"),
)
# Celery reports each task's arrival and end; the worker's own lines say the same with the job and the article.
_CHATTY = ("celery.worker.strategy", "celery.app.trace", "kombu.pidbox")


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; the context comes from ``extra``."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in _CONTEXT if hasattr(record, name)})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(level: str) -> None:
    """Send every logger's lines from ``level`` up to standard error, as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # The pool's own logger passes nothing on.
    logging.getLogger("multiprocessing").handlers[:] = [handler]
    logging.captureWarnings(True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
