"""What the framework, the database and `models` raise, mapped to problems."""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from api.article_input import field_message
from api.exchange import request_id
from api.logs import logger
from api.problems import (
    ARTICLES_IN_FLIGHT,
    BAD_REQUEST,
    DATABASE_UNAVAILABLE,
    IDEMPOTENCY_IN_FLIGHT,
    IDEMPOTENCY_MISMATCH,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    FieldError,
    ProblemError,
    json_pointer,
    problem_response,
    validation_error,
)
from models.idempotency import IdempotencyInFlight, IdempotencyMismatch
from models.session import DatabaseUnavailable, is_unavailable, is_unmigrated
from models.submission import SubmissionConflict, SubmissionInFlight

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def add_error_handlers(app: FastAPI) -> None:
    """Make every error that leaves an endpoint a problem; the rest ends in `ExchangeMiddleware`."""
    app.add_exception_handler(ProblemError, _handle(_itself))
    app.add_exception_handler(RequestValidationError, _handle(_from_validation))
    app.add_exception_handler(HTTPException, _handle(_from_framework))
    app.add_exception_handler(IdempotencyInFlight, _handle(_from_in_flight))
    app.add_exception_handler(IdempotencyMismatch, _handle(_from_mismatch))
    app.add_exception_handler(SubmissionInFlight, _handle(_from_articles_in_flight))
    for unavailable in (DatabaseUnavailable, SubmissionConflict, DBAPIError, PoolTimeout):
        app.add_exception_handler(unavailable, _handle(_from_database))


def _handle(convert: Any) -> Any:
    async def handler(request: Request, error: Exception) -> Response:
        return problem_response(convert(request, error), request_id(request.scope))

    return handler


def _itself(_request: Request, error: ProblemError) -> ProblemError:
    return error


def _from_validation(_request: Request, error: RequestValidationError) -> ProblemError:
    return validation_error(_field_errors(error.errors()))


def _field_errors(errors: Iterable[Any]) -> Iterable[FieldError]:
    for each in errors:
        where, *path = each["loc"]
        yield FieldError(json_pointer(path), field_message(each), str(where))


def _from_framework(request: Request, error: HTTPException) -> ProblemError:
    if error.status_code == 404:
        return ProblemError(NOT_FOUND, f"There is no resource at {request.url.path[:200]!r}.")
    if error.status_code == 405:
        allowed = ", ".join(_allowed_methods(request))
        detail = f"{request.method[:20]!r} is not allowed here; allowed are {allowed}."
        return ProblemError(METHOD_NOT_ALLOWED, detail, headers={"Allow": allowed})
    if error.status_code < 500:
        return ProblemError(BAD_REQUEST, str(error.detail), headers=error.headers)
    raise error


def _allowed_methods(request: Request) -> list[str]:
    """All methods of the path: the framework itself names only those of the first route that matches it."""
    found = []
    for method in _METHODS:
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            found.append(method)
    return (["GET", "HEAD"] if "GET" in found else []) + [method for method in found if method != "GET"]


def _from_in_flight(_request: Request, _error: Exception) -> ProblemError:
    detail = "A request with this Idempotency-Key has not been answered yet. Send it again in a moment."
    return ProblemError(IDEMPOTENCY_IN_FLIGHT, detail, headers={"Retry-After": "1"})


def _from_articles_in_flight(_request: Request, _error: Exception) -> ProblemError:
    detail = "Another request is storing some of the same articles right now. Send it again in a moment."
    return ProblemError(ARTICLES_IN_FLIGHT, detail, headers={"Retry-After": "5"})


def _from_mismatch(_request: Request, _error: Exception) -> ProblemError:
    detail = "This Idempotency-Key was used for a request with another body. Use a new key."
    error = FieldError("/Idempotency-Key", "was used for another request", "header")
    return ProblemError(IDEMPOTENCY_MISMATCH, detail, errors=[error])


def _from_database(_request: Request, error: Exception) -> ProblemError:
    if isinstance(error, DBAPIError) and is_unmigrated(error):
        # It would be a defect where the schema is right, so the log tells which it was.
        logger.warning("the schema lacks something", extra={"fields": {"error": str(error.orig).partition("\n")[0]}})
        detail = "The database has another schema than this version of the service needs. Is `tally migrate` done?"
        return ProblemError(DATABASE_UNAVAILABLE, detail, headers={"Retry-After": "30"})
    if isinstance(error, DBAPIError) and not is_unavailable(error):
        raise error
    detail = "The database cannot be used right now. Send the request again in a moment."
    return ProblemError(DATABASE_UNAVAILABLE, detail, headers={"Retry-After": "5"})
