"""Articles: submit, list, read, erase; and the claims of one."""

from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api import claim_exports, etags
from api.article_input import ArticleIn
from api.auth import Reader, Writer
from api.bodies import MediaType, decode, media_type, parse_json, read_body
from api.claim_query import ExportQuery
from api.claim_schemas import ClaimList
from api.dependencies import Services, ServicesDep
from api.exchange import concerns
from api.idempotency import Answer, IdempotentRequest, RequestDigest, idempotent
from api.identifiers import IdInPath, parse_id
from api.negotiation import wanted_format
from api.pagination import NEWEST_FIRST, PageQuery, decode_cursor, newest_first_response
from api.problems import (
    ARTICLE_TOO_LONG,
    EMPTY_TEXT,
    INVALID_CURSOR,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    VALIDATION_FAILED,
    declared,
    not_found,
)
from api.schemas import ArticleList, ArticleWithText, SubmittedJobOut, article_out, submitted_job_out
from api.submissions import IDEMPOTENCY_PARAMETER, SUBMISSION_PROBLEMS, Made, commit_and_publish
from api.waiting import preferred_wait, wait_for_end
from models import queries
from models.claim_export import TEXT_ORDER
from models.claim_search import ClaimFilter
from models.job import TERMINAL
from models.messages import pipeline_id
from models.session import run_change, run_query
from models.submission import NewArticle, submit_article

router = APIRouter(prefix="/v1/articles", tags=["articles"])


_SUBMIT_DOCUMENTATION: dict[str, Any] = {
    "parameters": [
        IDEMPOTENCY_PARAMETER,
        {
            "name": "Prefer",
            "in": "header",
            "required": False,
            "description": "wait=N waits up to N (at most 30) seconds for the job to end.",
            "schema": {"type": "string"},
            "example": "wait=10",
        },
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": ArticleIn.model_json_schema()},
            "text/plain": {
                "schema": {"type": "string"},
                "example": "Sales rose 12 per cent to $750 million, the company said.",
            },
            "text/html": {
                "schema": {"type": "string"},
                "example": "<html><title>Sales</title><article><p>Sales rose 12 per cent.</p></article></html>",
            },
        },
    },
}
_JOB_HEADERS = {
    "Location": {"description": "the job", "schema": {"type": "string", "format": "uri-reference"}},
    "Idempotency-Replayed": {"description": "true when this is a stored answer", "schema": {"type": "string"}},
}


@router.post(
    "",
    status_code=202,
    response_model=SubmittedJobOut,
    summary="Submit an article",
    response_description="Accepted: the job will run",
    responses={
        **declared(*SUBMISSION_PROBLEMS, ARTICLE_TOO_LONG, EMPTY_TEXT),
        200: {
            "model": SubmittedJobOut,
            "description": "The job has ended (Prefer: wait), or the same text was submitted before (duplicate)",
            "headers": _JOB_HEADERS,
        },
        202: {
            "headers": {
                **_JOB_HEADERS,
                "Retry-After": {"description": "seconds", "schema": {"type": "string"}},
            }
        },
    },
    openapi_extra=_SUBMIT_DOCUMENTATION,
)
async def submit(request: Request, services: ServicesDep, caller: Writer) -> Response:
    """Store an article and queue its extraction.

    The article and its job are committed before the answer is sent; the workers are woken up afterwards. The same
    text for the same version of the extraction is extracted once: later submissions get the job that exists (200,
    `duplicate`), and what they say about the article is not stored.
    """
    kind = media_type(request, "application/json", "text/plain", "text/html")
    settings = services.settings
    body = await read_body(request, limit=settings.max_body_bytes, idle=settings.body_timeout)
    key = idempotent(request, caller, RequestDigest(request, body))
    answer = await run_in_threadpool(_accept, services, kind, body, key)
    concerns(request.scope, job_id=answer.body["id"], article_id=answer.body["article_id"])
    seconds = preferred_wait(request)
    if seconds is None:
        return answer.to_response()
    return await _wait(request, services, answer, seconds)


def _accept(services: Services, kind: MediaType, body: bytes, key: IdempotentRequest) -> Answer:
    new = _read_article(services, kind, body)

    def store(session: Session, made: Made) -> Answer:
        submission = submit_article(session, new, pipeline=pipeline_id())
        job = submission.job
        duplicate = not made.is_new(submission)
        shown = submitted_job_out(job, duplicate=duplicate)
        if duplicate:
            return Answer(200, {"Location": f"/v1/jobs/{job.id}"}, shown)
        services.queue.check(session, adding=1)
        return Answer(202, {"Location": f"/v1/jobs/{job.id}", "Retry-After": "1"}, shown)

    return commit_and_publish(services, key, store, stands=_has_job)


def _has_job(session: Session, shown: Any) -> bool:
    """Whether the job of an answer has not been erased since."""
    return queries.get_job(session, UUID(shown["id"])) is not None


def _read_article(services: Services, kind: MediaType, body: bytes) -> NewArticle:
    if kind.name == "text/plain":
        return services.articles.from_text(decode(body, kind.charset))
    if kind.name == "text/html":
        return services.articles.from_html(decode(body, kind.charset, html=True))
    return services.articles.from_json(parse_json(body))


async def _wait(request: Request, services: Services, answer: Answer, seconds: int) -> Response:
    job_id = parse_id(answer.body["id"], "job")
    job = await wait_for_end(request, services, job_id, seconds)
    applied = {"Preference-Applied": f"wait={seconds}"}
    if job is None or job.state not in TERMINAL:
        return replace(answer, headers={**answer.headers, **applied}).to_response()
    shown = submitted_job_out(job, duplicate=answer.body["duplicate"])
    headers = {"Location": f"/v1/jobs/{job.id}", **applied}
    return replace(answer, status=200, headers=headers, body=shown).to_response()


@router.get(
    "",
    response_model=ArticleList,
    summary="List articles",
    responses=declared(VALIDATION_FAILED, INVALID_CURSOR),
)
def list_articles(request: Request, services: ServicesDep, _: Reader, query: Annotated[PageQuery, Query()]) -> Response:
    """Articles without their text, the newest first."""
    after = decode_cursor(query.cursor, "articles", NEWEST_FIRST)
    page = run_query(services.sessions, lambda session: queries.list_articles(session, limit=query.limit, after=after))
    return newest_first_response(request, "articles", page, article_out)


@router.get(
    "/{article_id}",
    response_model=ArticleWithText,
    summary="Read an article",
    responses={**declared(NOT_FOUND), **etags.DECLARED},
    openapi_extra=etags.IF_NONE_MATCH,
)
def read_article(request: Request, article_id: IdInPath, services: ServicesDep, _: Reader) -> Response:
    """The article with its text."""
    identity = parse_id(article_id, "article")
    article = run_query(services.sessions, lambda session: queries.get_article(session, identity))
    if article is None:
        raise not_found("article", article_id)
    return etags.tagged_response(request, article_out(article, with_text=True))


@router.delete("/{article_id}", status_code=204, summary="Erase an article", responses=declared(NOT_FOUND))
def erase_article(article_id: IdInPath, services: ServicesDep, _: Writer) -> Response:
    """Erase the article with its jobs and claims, for good."""
    identity = parse_id(article_id, "article")
    if not run_change(services.sessions, lambda session: queries.delete_article(session, identity)):
        raise not_found("article", article_id)
    return Response(status_code=204)


@router.get(
    "/{article_id}/claims",
    response_model=ClaimList,
    summary="List the claims of an article",
    responses={
        **declared(NOT_FOUND, NOT_ACCEPTABLE, VALIDATION_FAILED, INVALID_CURSOR),
        200: claim_exports.DECLARED,
    },
)
def list_article_claims(
    request: Request, article_id: IdInPath, services: ServicesDep, _: Reader, query: Annotated[ExportQuery, Query()]
) -> Response:
    """The claims of the article in text order; none until its job has succeeded."""
    identity = parse_id(article_id, "article")
    form = wanted_format(request, query.format)
    if run_query(services.sessions, lambda session: queries.get_article(session, identity)) is None:
        raise not_found("article", article_id)
    order = claim_exports.Order("article-claims", TEXT_ORDER)
    return claim_exports.claims_response(request, services, form, ClaimFilter(article_id=identity), order, query)
