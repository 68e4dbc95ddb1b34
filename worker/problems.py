"""The problems that a job can end with, as RFC 9457 objects stored with the job."""

from typing import Any

from sqlalchemy.exc import StatementError

from models.job_state import PROBLEM_EXTRACTION_FAILED, PROBLEM_TIME_LIMIT

PROBLEM_WORKER_LOST = "urn:tally:problem:worker-lost"


def _problem(type_: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": type_, "title": title, "status": 500, "detail": detail}


def time_limit(seconds: float) -> dict[str, Any]:
    """The article took longer than a job may take."""
    return _problem(
        PROBLEM_TIME_LIMIT, "The extraction took too long", f"The article was not finished within {seconds:g} seconds."
    )


def held_up(seconds: float) -> dict[str, Any]:
    """The job was in hand together with others, one of which took too long; it runs again by itself."""
    return _problem(
        PROBLEM_WORKER_LOST,
        "The process that held the article was busy for too long",
        f"The article and others were not finished within {seconds:g} seconds.",
    )


def extraction_failed(error: BaseException) -> dict[str, Any]:
    """The extractor raised ``error``; its type and message are kept, shortened."""
    return _problem(PROBLEM_EXTRACTION_FAILED, "The extraction failed", _described(error))


def not_read(error: BaseException) -> dict[str, Any]:
    """What is stored of the article cannot be read."""
    return _problem(PROBLEM_EXTRACTION_FAILED, "The article could not be read", _described(error))


def not_stored(error: BaseException) -> dict[str, Any]:
    """The database did not take the claims."""
    return _problem(PROBLEM_EXTRACTION_FAILED, "The claims could not be stored", _described(error))


def worker_lost(reason: str) -> dict[str, Any]:
    """The process that ran the job died."""
    return _problem(PROBLEM_WORKER_LOST, "The process that extracted the article died", " ".join(reason.split())[:500])


def _described(error: BaseException) -> str:
    message = str(error)
    if isinstance(error, StatementError) and error.orig is not None:
        # SQLAlchemy adds the statement with its parameters, and PostgreSQL the values of the row.
        message = str(error.orig).strip().partition("\n")[0]
    message = " ".join(message.split())[:500]
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
