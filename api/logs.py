"""Logging of the API process: each line carries the id of the request that is being answered."""

import logging
from contextvars import ContextVar

from runtime import logs

logger = logging.getLogger("tally.api")

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""The id of the request that is being answered; every line that is logged meanwhile carries it."""


def configure(level: str) -> None:
    """Send every logger's lines from ``level`` up to standard error; the access log replaces uvicorn's own."""
    logs.configure(level, _context)
    for name in ("uvicorn", "uvicorn.error"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.access").disabled = True
    # It warns about single pages that hold no text; the client is told so.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _context(_: logging.LogRecord) -> dict[str, object]:
    request_id = current_request.get()
    return {} if request_id is None else {"request_id": request_id}
