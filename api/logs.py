"""Logging of the API process: one JSON object a line on standard error, never an API key, a body or a query."""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

logger = logging.getLogger("tally.api")

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""The id of the request that is being answered; every line that is logged meanwhile carries it."""


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; ``extra={"fields": {...}}`` adds fields.

    An exception is told by its type and its frames alone: its message may quote what a client sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request_id := current_request.get()) is not None:
            line["request_id"] = request_id
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update(fields)
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _frames(record.exc_info[1])
        return json.dumps(line, default=str)


def configure(level: str) -> None:
    """Send every logger's lines from ``level`` up to standard error; the access log replaces uvicorn's own."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    # It warns about single pages that hold no text; the client is told so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _frames(error: BaseException) -> list[str]:
    causes: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in causes:
        causes.append(current)
        current = current.__cause__ or current.__context__
    return [line for cause in causes for line in _frames_of(cause)]


def _frames_of(error: BaseException) -> list[str]:
    name = f"{type(error).__module__}.{type(error).__qualname__}"
    frames = traceback.extract_tb(error.__traceback__)
    return [name, *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)]
