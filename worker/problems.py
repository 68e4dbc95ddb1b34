"""The problems that a job can end with, as RFC 9457 objects stored with the job."""

from typing import Any

from models.job_state import PROBLEM_EXTRACTION_FAILED, PROBLEM_TIME_LIMIT

PROBLEM_WORKER_LOST = "urn:tally:problem:worker-lost"


def time_limit(seconds: float) -> dict[str, Any]:
    """The article took longer than a job may take."""
    return {
        "type": PROBLEM_TIME_LIMIT,
        "title": "The extraction took too long",
        "status": 500,
        "detail": f"The article was not finished within {seconds:g} seconds.",
    }


def held_up(seconds: float) -> dict[str, Any]:
    """The job was in hand together with others, one of which took too long; it runs again by itself."""
    return {
        "type": PROBLEM_WORKER_LOST,
        "title": "The process that held the article was busy for too long",
        "status": 500,
        "detail": f"The article and others were not finished within {seconds:g} seconds.",
    }


def extraction_failed(error: BaseException) -> dict[str, Any]:
    """The extractor raised ``error``; its type and message are kept, shortened."""
    message = " ".join(str(error).split())[:500]
    return {
        "type": PROBLEM_EXTRACTION_FAILED,
        "title": "The extraction failed",
        "status": 500,
        "detail": f"{type(error).__name__}: {message}" if message else type(error).__name__,
    }


def worker_lost(reason: str) -> dict[str, Any]:
    """The process that ran the job died."""
    return {
        "type": PROBLEM_WORKER_LOST,
        "title": "The process that extracted the article died",
        "status": 500,
        "detail": " ".join(reason.split())[:500],
    }
