"""The events of a job as a stream (server-sent events), for clients that would else poll."""

import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from api.auth import Reader
from api.dependencies import ServicesDep
from api.exchange import is_head
from api.identifiers import IdInPath, parse_id
from api.job_events import EventWatcher
from api.problems import (
    NOT_FOUND,
    OVERLOADED,
    VALIDATION_FAILED,
    FieldError,
    ProblemError,
    declared,
    not_found,
    validation_error,
)
from api.schemas import JobError, JobProgress
from models.job import TERMINAL, JobEvent, JobState
from models.queries import get_job, job_events
from models.session import run_query

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])

MEDIA_TYPE = "text/event-stream"
# A stream ends after this time even if its job goes on: the client comes back by itself, with a key that still counts.
_LONGEST_SECONDS = 900.0
_RETRY_MILLISECONDS = 1000
# More events than the attempts of any job write.
_BACKLOG = 20_000


class JobEventOut(BaseModel):
    """One event of a job; fields that do not belong to its kind are null."""

    model_config = ConfigDict(title="JobEvent")

    job_id: UUID
    state: JobState
    done: bool = Field(description="whether the job has ended with this event")
    at: datetime
    attempt: int | None = Field(description="the attempt that begins, or that ended without success")
    progress: JobProgress | None
    claims_count: int | None = Field(description="claims stored, when the job has succeeded")
    error: JobError | None = Field(description="why the job failed or is tried again")


def event_out(event: JobEvent) -> JobEventOut:
    """The event as it is sent."""
    detail = event.detail
    progress = {name: detail.get(name) for name in JobProgress.model_fields}
    return JobEventOut.model_validate(
        {
            "job_id": event.job_id,
            "state": event.state,
            "done": event.state in TERMINAL,
            "at": event.created_at,
            "attempt": detail.get("attempt"),
            "progress": progress if event.type == "progress" else None,
            "claims_count": detail.get("claims_count"),
            "error": detail.get("error"),
        }
    )


async def _place(services: ServicesDep) -> AsyncIterator[None]:
    """Counts a stream from before its first query until its response has ended, however it ends."""
    events = services.events
    if events.count >= events.limit:
        detail = f"{events.limit:,} event streams are open, which is the limit; poll the job or try again later."
        raise ProblemError(OVERLOADED, detail, headers={"Retry-After": "5"})
    events.count += 1
    try:
        yield
    finally:
        events.count -= 1


_HEADER: dict[str, Any] = {
    "name": "Last-Event-ID",
    "in": "header",
    "required": False,
    "description": "id of the last event that was received; the stream goes on after it",
    "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"},
}


@router.get(
    "/{job_id}/events",
    summary="Follow a job as a stream",
    response_class=StreamingResponse,
    responses={
        **declared(NOT_FOUND, VALIDATION_FAILED, OVERLOADED),
        200: {
            "description": "Server-sent events `state`, `progress` and, last, `done`; each `data` is a JobEvent",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        204: {"description": "The job has ended and all its events were received: do not come back"},
    },
    openapi_extra={"parameters": [_HEADER]},
)
async def follow_job(
    request: Request, job_id: IdInPath, services: ServicesDep, _: Reader, _place: Annotated[None, Depends(_place)]
) -> Response:
    """All events of the job so far and then each as it happens, until it has ended.

    `EventSource` in a browser comes back by itself with `Last-Event-ID` when the connection breaks. A comment is sent
    every 15 seconds, so that proxies see life.
    """
    identity, after_id = parse_id(job_id, "job"), _last_event_id(request)

    def query(session: Session) -> tuple[JobState | None, list[JobEvent]]:
        # The state first: a job that has ended by then has all its events.
        job = get_job(session, identity)
        return job.state if job else None, job_events(session, identity, after_id, limit=_BACKLOG)

    state, events = await run_in_threadpool(run_query, services.sessions, query)
    if state is None:
        raise not_found("job", job_id)
    if state in TERMINAL and not events:
        return Response(status_code=204)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if is_head(request.scope):
        return Response(headers=headers, media_type=MEDIA_TYPE)
    stream = _stream(services.events, identity, after_id, events)
    return StreamingResponse(stream, headers=headers, media_type=MEDIA_TYPE)


async def _stream(watcher: EventWatcher, job_id: UUID, after_id: int, events: list[JobEvent]) -> AsyncIterator[str]:
    until = time.monotonic() + _LONGEST_SECONDS
    yield f"retry: {_RETRY_MILLISECONDS}\n\n" + "".join(map(_frame, events))
    if _is_over(events):
        return
    following = watcher.follow(job_id, events[-1].id if events else after_id)
    async for news in following:
        yield "".join(map(_frame, news)) or ": still here\n\n"
        if _is_over(news) or time.monotonic() > until:
            return


def _is_over(events: list[JobEvent]) -> bool:
    return any(event.state in TERMINAL for event in events)


def _frame(event: JobEvent) -> str:
    # JSON holds no raw line end, so one data line carries it all.
    return f"id: {event.id}\nevent: {event.type}\ndata: {event_out(event).model_dump_json()}\n\n"


def _last_event_id(request: Request) -> int:
    given = request.headers.get("last-event-id", "").strip()
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal() and len(given) <= 18):
        raise validation_error([FieldError("/Last-Event-ID", "must be the id of an event", "header")])
    return int(given)
