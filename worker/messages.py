"""How the parent of a worker takes in messages: those of jobs that its own pool has ended go no further."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from celery import Celery, Task
from celery.utils.log import get_logger
from celery.worker.state import task_reserved
from celery.worker.strategy import default

from worker.rescue import JobRequest

_log = get_logger(__name__)

# What a job that was taken along leaves behind is its own message, which comes soon after.
_REMEMBERED = 10_000


class Memory:
    """The jobs that this worker's pool has ended, the last ten thousand of them."""

    def __init__(self, size: int = _REMEMBERED) -> None:
        self._size = size
        self._ids: OrderedDict[str, None] = OrderedDict()

    def __contains__(self, job_id: object) -> bool:
        return isinstance(job_id, str) and job_id in self._ids

    def add(self, job_ids: Iterable[str]) -> None:
        """Remember more; the oldest are forgotten."""
        self._ids.update(dict.fromkeys(job_ids))
        while len(self._ids) > self._size:
            self._ids.popitem(last=False)


ended = Memory()


def to_answer(job_ids: Iterable[UUID]) -> str:
    """What a child answers: the jobs that it has ended."""
    return " ".join(map(str, job_ids))


class RememberedRequest(JobRequest):
    """A message in hand whose answer is remembered."""

    def on_success(self, failed__retval__runtime: tuple[int, Any, float], **options: Any) -> Any:
        """The answer arrives as the text of a Python string."""
        failed, answer, _ = failed__retval__runtime
        if not failed and isinstance(answer, str):
            ended.add(answer.strip("'\"").split())
        return super().on_success(failed__retval__runtime, **options)


def strategy(task: Task, app: Celery, consumer: Any) -> Callable[..., object]:
    """What is done with each message of the task, in place of Celery's own strategy.

    A message that looks different from those that Tally sends is left to Celery. Of the rest of what Celery's strategy
    does (times of starting, rates, revoking, events) nothing is used here.
    """
    otherwise = default(task, app, consumer)

    def receive(message: Any, body: Any, ack: Any, reject: Any, callbacks: Any, **options: Any) -> object:
        match message.payload:
            case [[job_id], {}, {}] if body is None:
                pass
            case _:
                return otherwise(message, body, ack, reject, callbacks, **options)
        if job_id in ended:
            ack(_log, consumer.connection_errors)
            return None
        request = RememberedRequest(
            message,
            on_ack=ack,
            on_reject=reject,
            app=app,
            hostname=consumer.hostname,
            eventer=consumer.event_dispatcher,
            task=task,
            connection_errors=consumer.connection_errors,
        )
        task_reserved(request)
        for callback in callbacks or ():
            callback(request)
        return consumer.on_task_request(request)

    return receive
