"""What submitting one article and submitting many have in common: the key, the commit, the wake-up messages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.dependencies import Services
from api.idempotency import Answer, IdempotentRequest
from api.problems import (
    BODY_TOO_LARGE,
    IDEMPOTENCY_IN_FLIGHT,
    IDEMPOTENCY_MISMATCH,
    INVALID_ENCODING,
    MALFORMED_JSON,
    QUEUE_FULL,
    REQUEST_TIMEOUT,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION_FAILED,
)
from models.session import run_transaction

SUBMISSION_PROBLEMS = (
    MALFORMED_JSON,
    INVALID_ENCODING,
    REQUEST_TIMEOUT,
    IDEMPOTENCY_IN_FLIGHT,
    BODY_TOO_LARGE,
    UNSUPPORTED_MEDIA_TYPE,
    VALIDATION_FAILED,
    IDEMPOTENCY_MISMATCH,
    QUEUE_FULL,
)

IDEMPOTENCY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Sent again with the same body, it gives the first answer again; kept for at least 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


def commit_and_publish(
    found: Services, key: IdempotentRequest, store: Callable[[Session, list[UUID]], Answer]
) -> Answer:
    """Run ``store`` in one transaction, once per idempotency key; wake the workers up after the commit.

    ``store`` adds the jobs that it has made to the list that it is given; the transaction may be tried again, with an
    empty list.
    """
    fresh: list[UUID] = []

    def attempt(session: Session) -> Answer:
        fresh.clear()
        return key.answer(session, lambda session: store(session, fresh))

    answer = run_transaction(found.sessions, attempt)
    found.publisher.publish_all(fresh)
    return answer
