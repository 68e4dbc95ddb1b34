"""Batches: many articles in one request, and how far they are."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.article_input import ArticleIn
from api.auth import Reader, Writer
from api.bodies import decode, media_type, parse_json, stream_body
from api.dependencies import Services, ServicesDep
from api.exchange import concerns, deadline
from api.idempotency import Answer, IdempotentRequest, RequestDigest, idempotent
from api.identifiers import IdInPath, parse_id
from api.pagination import json_response
from api.problems import (
    ARTICLES_IN_FLIGHT,
    BATCH_TOO_LARGE,
    BODY_TOO_LARGE,
    NOT_FOUND,
    FieldError,
    ProblemError,
    declared,
    not_found,
    validation_error,
)
from api.schemas import BatchOut, batch_out
from api.submissions import IDEMPOTENCY_PARAMETER, SUBMISSION_PROBLEMS, Made, commit_and_publish
from models import queries
from models.job_state import cancel_batch
from models.messages import pipeline_id
from models.session import run_query, run_transaction
from models.submission import NewArticle, submit_batch

router = APIRouter(prefix="/v1/batches", tags=["batches"])

# Lines are parsed in groups of about this many bytes, away from the event loop.
_GROUP_BYTES = 256 * 1024
# What storing the largest batch may take, beyond the time of an ordinary request.
_STORING_SECONDS = 60.0

_DOCUMENTATION: dict[str, Any] = {
    "parameters": [IDEMPOTENCY_PARAMETER],
    "requestBody": {
        "required": True,
        "content": {
            "application/x-ndjson": {
                "schema": {"type": "string", "description": "one NewArticle object a line; blank lines are skipped"},
                "example": '{"text": "Sales rose 5%."}\n{"text": "Costs fell by $2 million."}\n',
            },
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["articles"],
                    "additionalProperties": False,
                    "properties": {"articles": {"type": "array", "items": ArticleIn.model_json_schema()}},
                },
                "example": {"articles": [{"text": "Sales rose 5%."}, {"text": "Costs fell by $2 million."}]},
            },
        },
    },
}


@dataclass(slots=True)
class _Intake:
    """The articles of a batch as they are read, with their line numbers, and the lines that are refused."""

    services: Services
    accepted: list[tuple[int, NewArticle]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def take_lines(self, lines: list[tuple[int, bytes | None]]) -> None:
        """Read some lines; None stands for one that was too long to be kept."""
        for number, line in lines:
            if line is None:
                limit = self.services.settings.max_body_bytes
                self._reject(number, ProblemError(BODY_TOO_LARGE, f"A line may hold at most {limit:,} bytes."))
            elif line.strip():
                try:
                    self._take(number, parse_json(line))
                except ProblemError as error:
                    self._reject(number, error)

    def take_values(self, value: object) -> None:
        """Read the articles of `{"articles": [...]}`; raises a problem when the body is anything else."""
        if not isinstance(value, dict):
            raise validation_error([FieldError("", "must be an object")])
        errors = [FieldError(f"/{name[:100]}", "is not a known field") for name in value if name != "articles"]
        articles = value.get("articles")
        if not isinstance(articles, list):
            errors.append(FieldError("/articles", "must be a list of articles"))
            raise validation_error(errors)
        if errors:
            raise validation_error(errors)
        for number, article in enumerate(articles, start=1):
            try:
                self._take(number, article)
            except ProblemError as error:
                self._reject(number, error)

    def _take(self, number: int, value: object) -> None:
        self.accepted.append((number, self.services.articles.from_json(value)))
        self._check_size()

    def _reject(self, number: int, error: ProblemError) -> None:
        if error.kind is BATCH_TOO_LARGE:
            raise error
        self.rejected.append({"line": number, "problem": error.to_json()})
        self._check_size()

    def _check_size(self) -> None:
        limit = self.services.settings.max_batch_articles
        if len(self.accepted) + len(self.rejected) > limit:
            raise ProblemError(BATCH_TOO_LARGE, f"A batch may hold at most {limit:,} articles.")


@router.post(
    "",
    status_code=202,
    response_model=BatchOut,
    summary="Submit many articles",
    response_description="Accepted: the jobs of the batch will run",
    responses={
        **declared(*SUBMISSION_PROBLEMS, BATCH_TOO_LARGE, ARTICLES_IN_FLIGHT),
        202: {"headers": {"Location": {"schema": {"type": "string", "format": "uri-reference"}}}},
    },
    openapi_extra=_DOCUMENTATION,
)
async def submit(request: Request, services: ServicesDep, caller: Writer) -> Response:
    """Store many articles and queue their extraction, all in one transaction.

    A line that is not a valid article is reported in `rejected` with its number; the others go on.
    """
    kind = media_type(request, "application/x-ndjson", "application/json")
    # One that was sent before is answered as it was, whatever the queue is like now.
    if "idempotency-key" not in request.headers:
        await run_in_threadpool(run_query, services.sessions, services.queue.check_open)
    intake, digest = _Intake(services), RequestDigest(request)
    with services.batch_room.holding() as take:
        parts = _counted(request, services, digest, take)
        if kind.name == "application/json":
            await run_in_threadpool(_take_json, intake, [part async for part in parts])
        else:
            async for lines in _grouped_lines(parts, services.settings.max_body_bytes):
                await run_in_threadpool(intake.take_lines, lines)
        if not intake.accepted and not intake.rejected:
            raise validation_error([FieldError("", "must hold at least one article")])
        key = idempotent(request, caller, digest)
        deadline(request.scope).extend(_STORING_SECONDS)
        answer = await run_in_threadpool(_store, services, intake, key)
    concerns(request.scope, batch_id=answer.body["id"])
    return answer.to_response()


def _take_json(intake: _Intake, parts: list[bytes]) -> None:
    # Body, text and value are each as large as the batch: none is kept longer than it is needed.
    body = b"".join(parts)
    parts.clear()
    text = decode(body)
    del body
    value = parse_json(text)
    del text
    intake.take_values(value)


@router.get("/{batch_id}", response_model=BatchOut, summary="Follow a batch", responses=declared(NOT_FOUND))
def read_batch(batch_id: IdInPath, services: ServicesDep, _: Reader) -> Response:
    """How many of the batch's jobs are in each state, and which lines were rejected."""
    identity = parse_id(batch_id, "batch")
    progress = run_query(services.sessions, lambda session: queries.batch_progress(session, identity))
    if progress is None:
        raise not_found("batch", batch_id)
    return json_response(batch_out(progress))


@router.post("/{batch_id}/cancel", response_model=BatchOut, summary="Cancel a batch", responses=declared(NOT_FOUND))
def cancel(request: Request, batch_id: IdInPath, services: ServicesDep, _: Writer) -> Response:
    """Cancel the queued and running jobs that the batch has begun; what has ended stays as it is.

    A line whose article was known before (`duplicates`) points to a job of somebody else, which goes on.
    """
    identity = parse_id(batch_id, "batch")
    deadline(request.scope).extend(_STORING_SECONDS)

    def work(session: Session) -> queries.BatchProgress | None:
        cancel_batch(session, identity)
        return queries.batch_progress(session, identity)

    progress = run_transaction(services.sessions, work)
    if progress is None:
        raise not_found("batch", batch_id)
    return json_response(batch_out(progress))


def _store(services: Services, intake: _Intake, key: IdempotentRequest) -> Answer:
    identity = uuid4()

    def store(session: Session, made: Made) -> Answer:
        # Found on a second try, when the answer to the COMMIT of the first was lost.
        progress = queries.batch_progress(session, identity)
        if progress is None:
            services.queue.check_open(session)
            batch, submissions = submit_batch(
                session, intake.accepted, intake.rejected, pipeline=pipeline_id(), identity=identity
            )
            services.queue.check(session, adding=sum([made.is_new(submission) for submission in submissions]))
            progress = queries.batch_progress(session, batch.id)
            assert progress is not None
        return Answer(202, {"Location": f"/v1/batches/{identity}", "Retry-After": "1"}, batch_out(progress))

    return commit_and_publish(services, key, store)


async def _counted(
    request: Request, services: Services, digest: RequestDigest, take: Callable[[int], None]
) -> AsyncIterator[bytes]:
    settings = services.settings
    async for part in stream_body(request, limit=settings.max_batch_bytes, idle=settings.body_timeout):
        take(len(part))
        digest.update(part)
        yield part


async def _grouped_lines(parts: AsyncIterator[bytes], longest: int) -> AsyncIterator[list[tuple[int, bytes | None]]]:
    """Numbered lines in groups; a line of more than ``longest`` bytes is None and is never held in memory."""
    number, rest, skipping = 1, bytearray(), False
    group: list[tuple[int, bytes | None]] = []
    size = 0
    async for part in parts:
        *ended, tail = part.split(b"\n")
        for piece in ended:
            rest += b"" if skipping else piece
            group.append((number, None if skipping or len(rest) > longest else bytes(rest)))
            size += len(rest)
            number, rest, skipping = number + 1, bytearray(), False
            if size >= _GROUP_BYTES:
                yield group
                group, size = [], 0
        rest += b"" if skipping else tail
        if len(rest) > longest:
            rest, skipping = bytearray(), True
    if rest or skipping:
        group.append((number, None if skipping else bytes(rest)))
    if group:
        yield group
