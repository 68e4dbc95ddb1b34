"""Logging as one JSON object a line on standard error, without a word of what a client sent."""

import json
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

Context = Callable[[logging.LogRecord], Mapping[str, object]]
"""What every line of a process says beside its own fields."""


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; ``extra={"fields": {...}}`` adds fields.

    An exception is told by its type and its frames alone: its message may quote what a client sent, as that of a
    database does with the row that it refuses.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **self._context(record),
        }
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line.update(fields)
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _frames(record.exc_info[1])
        return json.dumps(line, default=str)


def configure(level: str, context: Context) -> logging.Handler:
    """Send every logger's lines from ``level`` up to standard error; returns the handler that does."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(context))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    return handler


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
