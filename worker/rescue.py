"""Jobs whose process died under them: noticed by the pool, settled by the sweeper's thread."""

from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any
from uuid import UUID, uuid4

from billiard.exceptions import TimeLimitExceeded, WorkerLostError
from celery.worker.request import Request

TOKEN_HEADER = "job_token"
"""Under this name a child finds the token of its delivery in the request of its task."""


@dataclass(frozen=True, slots=True)
class Death:
    """A child process that died while it ran the job; ``timed_out`` when the hard time limit killed it.

    ``token`` is the one under which it held the job, if it had come so far.
    """

    job_id: UUID
    token: UUID
    timed_out: bool
    reason: str


deaths: SimpleQueue[Death | None] = SimpleQueue()
"""What the pool noticed and the sweeper has not settled yet; None wakes the sweeper up."""


class JobRequest(Request):  # type: ignore[misc]  # Celery ships no types
    """A delivery of a job's message to the pool, which reports the child's death.

    Celery fires no signal for a lost child whose message goes back to the queue (``task_reject_on_worker_lost``), and
    none at all names the job's state in the database. Without this the job would wait for its lease to run out.

    Each delivery has a token of its own, made here in the parent, so that the parent knows what its child holds. A
    worker that was suspended may find its children overdue when another has long taken their jobs over: the token
    keeps it from touching those.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._token = uuid4()
        # Whatever the message itself says under this name is overwritten.
        self._request_dict[TOKEN_HEADER] = str(self._token)

    def on_failure(self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False) -> Any:
        error = getattr(exc_info.exception, "exc", exc_info.exception)
        answer = super().on_failure(exc_info, send_failed_event=send_failed_event, return_ok=return_ok)
        if isinstance(error, (WorkerLostError, SystemExit)):
            self._report(timed_out=False, reason=str(error))
        elif isinstance(error, TimeLimitExceeded):
            self._report(timed_out=True, reason=f"hard time limit of {error.args[0]:g} s")
        return answer

    def _report(self, *, timed_out: bool, reason: str) -> None:
        try:
            job_id = UUID(self.args[0])
        except (IndexError, TypeError, ValueError, AttributeError):
            return
        deaths.put(Death(job_id, self._token, timed_out, reason))
