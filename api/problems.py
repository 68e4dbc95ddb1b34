"""Every error the API sends: RFC 9457 problem details with stable types.

Endpoints raise :class:`ProblemError`; what the framework or the database raises is mapped in
:mod:`api.error_handlers`. ``type`` is a relative reference ``/problems/<slug>`` that never changes its meaning.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 50


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error: its slug (the last part of ``type``), HTTP status and title."""

    slug: str
    status: int
    title: str

    @property
    def uri(self) -> str:
        return f"/problems/{self.slug}"


MALFORMED_JSON = ProblemType("malformed-json", 400, "The body is not JSON")
INVALID_ENCODING = ProblemType("invalid-encoding", 400, "The body is not text in its declared encoding")
BAD_REQUEST = ProblemType("bad-request", 400, "The request is not understood")
UNAUTHORIZED = ProblemType("unauthorized", 401, "A valid API key is needed")
FORBIDDEN = ProblemType("forbidden", 403, "The API key may not do this")
NOT_FOUND = ProblemType("not-found", 404, "There is nothing here")
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", 405, "The method is not allowed here")
NOT_ACCEPTABLE = ProblemType("not-acceptable", 406, "None of the accepted formats is available")
REQUEST_TIMEOUT = ProblemType("request-timeout", 408, "The body did not arrive in time")
JOB_ENDED = ProblemType("job-ended", 409, "The job has already ended")
TOO_MANY_WEBHOOKS = ProblemType("too-many-webhooks", 409, "There are too many webhooks")
IDEMPOTENCY_IN_FLIGHT = ProblemType("idempotency-in-flight", 409, "A request with this key is being answered")
BODY_TOO_LARGE = ProblemType("body-too-large", 413, "The body is too large")
ARTICLE_TOO_LONG = ProblemType("article-too-long", 413, "The article is too long")
BATCH_TOO_LARGE = ProblemType("batch-too-large", 413, "The batch holds too many articles")
UNSUPPORTED_MEDIA_TYPE = ProblemType("unsupported-media-type", 415, "The content type is not supported")
VALIDATION_FAILED = ProblemType("validation-failed", 422, "The request is not valid")
EMPTY_TEXT = ProblemType("empty-text", 422, "The article has no text")
INVALID_CURSOR = ProblemType("invalid-cursor", 422, "The cursor is not valid")
IDEMPOTENCY_MISMATCH = ProblemType("idempotency-mismatch", 422, "The key was used for another request")
INTERNAL_ERROR = ProblemType("internal-error", 500, "Something went wrong here")
DATABASE_UNAVAILABLE = ProblemType("database-unavailable", 503, "The database is not available")
ARTICLES_IN_FLIGHT = ProblemType("articles-in-flight", 503, "The same articles are being stored")
QUEUE_FULL = ProblemType("queue-full", 503, "Too many articles are waiting")
OVERLOADED = ProblemType("overloaded", 503, "The service is overloaded")

ALL_TYPES = tuple(value for value in list(globals().values()) if isinstance(value, ProblemType))


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with a request.

    ``pointer`` is a JSON Pointer (RFC 6901) into the part that ``location`` names: ``body``, ``query``, ``path`` or
    ``header``; ``""`` is the whole of it.
    """

    pointer: str
    message: str
    location: str = "body"

    def to_json(self) -> dict[str, str]:
        return {"in": self.location, "pointer": self.pointer, "message": self.message}


class ProblemError(Exception):
    """Ends a request with a problem; ``detail`` is shown to the client and never holds secrets or article text."""

    def __init__(
        self,
        kind: ProblemType,
        detail: str,
        *,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{kind.slug}: {detail}")
        self.kind = kind
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def to_json(self) -> dict[str, Any]:
        """The problem without ``request_id``, as it also stands in the ``rejected`` list of a batch."""
        kind = self.kind
        body: dict[str, Any] = {"type": kind.uri, "title": kind.title, "status": kind.status, "detail": self.detail}
        if self.errors:
            body["errors"] = [error.to_json() for error in self.errors[:MAX_ERRORS]]
        return body


class FieldErrorOut(BaseModel):
    """One thing wrong with the request."""

    model_config = ConfigDict(title="FieldError", serialize_by_alias=True)

    location: str = Field(alias="in", description="body, query, path or header")
    pointer: str = Field(description="JSON Pointer (RFC 6901) into that part of the request")
    message: str


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="stable reference that names the kind of problem")
    title: str
    status: int
    detail: str
    request_id: str = Field(description="also in the X-Request-Id header; quote it when you report a problem")
    errors: list[FieldErrorOut] | None = Field(default=None, description="only when single fields are at fault")


def problem_response(error: ProblemError, request_id: str) -> Response:
    """The HTTP response for a problem."""
    body = {**error.to_json(), "request_id": request_id}
    # A client's own field name may hold a lone surrogate, which UTF-8 cannot carry.
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    headers = {"Cache-Control": "no-store", **error.headers}
    return Response(content, status_code=error.kind.status, headers=headers, media_type=MEDIA_TYPE)


def validation_error(errors: Iterable[FieldError], *, what: str = "request") -> ProblemError:
    """A 422 that lists what is wrong, field by field."""
    found = tuple(errors)
    count = f"{len(found)} fields are" if len(found) > 1 else "1 field is"
    return ProblemError(VALIDATION_FAILED, f"{count} not valid in the {what}.", errors=found)


def not_found(noun: str, name: object) -> ProblemError:
    """A 404 for a thing that does not exist, or no longer does."""
    return ProblemError(NOT_FOUND, f"There is no {noun} {str(name)[:100]!r}.")


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer (RFC 6901) for a path of keys and indexes; long keys are cut to 100 characters."""
    return "".join("/" + str(part)[:100].replace("~", "~0").replace("/", "~1") for part in path)


def declared(*kinds: ProblemType) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` argument of an endpoint that can answer with these problems."""
    responses: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        entry = responses.setdefault(kind.status, {"description": "", "content": {MEDIA_TYPE: _media()}})
        entry["description"] = f"{entry['description']}; {kind.title}".lstrip("; ")
        entry["content"][MEDIA_TYPE]["examples"][kind.slug] = {"summary": kind.title, "value": _example(kind)}
    return responses


def _media() -> dict[str, Any]:
    return {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {}}


def _example(kind: ProblemType) -> dict[str, Any]:
    body = ProblemError(kind, f"{kind.title}.").to_json()
    return {**body, "request_id": "5f0c9a3e7b1d4c28"}
