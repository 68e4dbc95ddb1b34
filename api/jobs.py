"""Jobs: follow, list, cancel."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.auth import Reader, Writer
from api.dependencies import ServicesDep
from api.etags import IF_NONE_MATCH, tagged_response
from api.identifiers import IdInPath, parse_id
from api.pagination import NEWEST_FIRST, PageQuery, QueryParameters, decode_cursor, json_response, newest_first_response
from api.problems import (
    INVALID_CURSOR,
    JOB_ENDED,
    NOT_FOUND,
    VALIDATION_FAILED,
    ProblemError,
    declared,
    not_found,
)
from api.schemas import JobList, JobOut, job_out
from api.waiting import MAX_WAIT_SECONDS, wait_for_end
from models import queries
from models.job import TERMINAL, Job, JobState
from models.job_state import cancel_job
from models.session import run_query, run_transaction

router = APIRouter(prefix="/v1/jobs", tags=["jobs"])


class JobQuery(PageQuery):
    """Which jobs to list."""

    state: JobState | None = None
    article_id: UUID | None = None
    batch_id: UUID | None = None


class WaitQuery(QueryParameters):
    """How long to wait for a job."""

    wait: int = Field(default=0, ge=0, le=MAX_WAIT_SECONDS, description="seconds to wait for the job to end")


@router.get("", response_model=JobList, summary="List jobs", responses=declared(VALIDATION_FAILED, INVALID_CURSOR))
def list_jobs(request: Request, services: ServicesDep, _: Reader, query: Annotated[JobQuery, Query()]) -> Response:
    """Jobs, the newest first."""
    after = decode_cursor(query.cursor, "jobs", NEWEST_FIRST)
    page = run_query(
        services.sessions,
        lambda session: queries.list_jobs(
            session,
            state=query.state,
            article_id=query.article_id,
            batch_id=query.batch_id,
            limit=query.limit,
            after=after,
        ),
    )
    return newest_first_response(request, "jobs", page, job_out)


@router.get(
    "/{job_id}",
    response_model=JobOut,
    summary="Follow a job",
    responses={
        **declared(NOT_FOUND, VALIDATION_FAILED),
        200: {"headers": {"ETag": {"schema": {"type": "string"}}, "Retry-After": {"schema": {"type": "string"}}}},
        304: {"description": "The job is as the If-None-Match header says"},
    },
    openapi_extra=IF_NONE_MATCH,
)
async def read_job(
    request: Request, job_id: IdInPath, services: ServicesDep, _: Reader, query: Annotated[WaitQuery, Query()]
) -> Response:
    """The job as it is now; with `wait`, once it has ended or that many seconds have passed."""
    job = await wait_for_end(request, services, parse_id(job_id, "job"), query.wait)
    if job is None:
        raise not_found("job", job_id)
    headers = {} if job.state in TERMINAL else {"Retry-After": "1"}
    return tagged_response(request, job_out(job), headers=headers)


@router.post(
    "/{job_id}/cancel",
    response_model=JobOut,
    summary="Cancel a job",
    responses=declared(NOT_FOUND, JOB_ENDED),
)
def cancel(job_id: IdInPath, services: ServicesDep, _: Writer) -> Response:
    """Cancel a queued or running job. A worker that runs it stores nothing any more."""
    identity = parse_id(job_id, "job")

    tried = False

    def work(session: Session) -> tuple[bool, Job | None]:
        nonlocal tried
        moved = cancel_job(session, identity)
        job = queries.get_job(session, identity)
        # The answer to the COMMIT of an earlier try may have been lost.
        moved = moved or (tried and job is not None and job.state is JobState.CANCELLED)
        tried = True
        return moved, job

    moved, job = run_transaction(services.sessions, work)
    if job is None:
        raise not_found("job", job_id)
    if not moved:
        raise ProblemError(JOB_ENDED, f"The job has already ended: it is {job.state.value}.")
    return json_response(job_out(job))
