"""What submitting one article and submitting many have in common: the key, the commit, the wake-up messages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from api.dependencies import Services
from api.idempotency import Answer, IdempotentRequest, Stands
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
from models.submission import Submission

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


class Made:
    """The jobs that a submission makes.

    A try whose COMMIT got no answer may have stored its jobs all the same: the next one finds them, and they are no
    duplicates.
    """

    def __init__(self) -> None:
        self.jobs: list[UUID] = []
        self.earlier: set[UUID] = set()

    def begin_again(self) -> None:
        self.earlier.update(self.jobs)
        self.jobs.clear()

    def is_new(self, submission: Submission) -> bool:
        """Whether the job of the submission was made by this request; notes it then."""
        new = not submission.duplicate or submission.job.id in self.earlier
        if new:
            self.jobs.append(submission.job.id)
        return new


def commit_and_publish(
    services: Services,
    key: IdempotentRequest,
    store: Callable[[Session, Made], Answer],
    *,
    stands: Stands | None = None,
) -> Answer:
    """Run ``store`` in one transaction, once per idempotency key; wake the workers up after the commit.

    ``store`` adds the jobs that it has made to what it is given, and may be run again. ``stands`` says whether what a
    stored answer tells of is still there; where it is not, the request is carried out anew.
    """
    made = Made()

    def attempt(session: Session) -> Answer:
        made.begin_again()
        return key.answer(session, lambda session: store(session, made), stands)

    answer = run_transaction(services.sessions, attempt)
    # A message about a job that an earlier try rolled back does nothing.
    services.publisher.publish_all(made.jobs or list(made.earlier))
    # Found by its key on a later try, it is the answer that an earlier one has stored.
    return replace(answer, replayed=answer.replayed and not made.earlier)
