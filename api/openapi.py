"""The OpenAPI document: what FastAPI finds out by itself, plus the problems that any request can end in."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import (
    DATABASE_UNAVAILABLE,
    FORBIDDEN,
    INTERNAL_ERROR,
    OVERLOADED,
    UNAUTHORIZED,
    VALIDATION_FAILED,
    Problem,
    declared,
)

DESCRIPTION = """\
Tally finds every numeric claim in a news article, with its context.

Submit an article, follow its job, read its claims. Times are RFC 3339 in UTC, numbers are decimal strings, lists are
`{"items": [...], "next": cursor or null}`, and every error is a problem (RFC 9457) with a stable `type`. Unknown
fields and parameters are refused, so that a typing error is never lost. A `GET` can also be sent as `HEAD`.
"""
_EVERYWHERE = (INTERNAL_ERROR, OVERLOADED)
# These ask for a key, which is looked up in the database.
_GUARDED = ("/v1/", "/metrics")
_GUARDED_PROBLEMS = (UNAUTHORIZED, FORBIDDEN, DATABASE_UNAVAILABLE)
# These refuse query parameters that they do not know.
_STRICT = "/v1/"
_REQUEST_ID = {"description": "names the request in the log", "schema": {"type": "string"}}
_FRAMEWORK_SCHEMAS = ("HTTPValidationError", "ValidationError")


def build_openapi(app: FastAPI) -> dict[str, Any]:
    """The document of the application, built once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes, openapi_version="3.1.0"
        )
        _complete(document)
        app.openapi_schema = document
    return app.openapi_schema


def _complete(document: dict[str, Any]) -> None:
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    problem = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    components["headers"] = {"X-Request-Id": _REQUEST_ID}
    for path, operation in _operations(document):
        _add_problems(path, operation["responses"])
    for name in _FRAMEWORK_SCHEMAS:
        schemas.pop(name, None)


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for operation in methods.values():
            yield path, operation


def _add_problems(path: str, responses: dict[str, Any]) -> None:
    if "HTTPValidationError" in str(responses.get("422")):
        # The framework takes any parameter for one that can fail; an id that is none is a 404 here.
        del responses["422"]
    everywhere = declared(
        *_EVERYWHERE,
        *(_GUARDED_PROBLEMS if path.startswith(_GUARDED) else ()),
        *((VALIDATION_FAILED,) if path.startswith(_STRICT) else ()),
    )
    for status, response in everywhere.items():
        known = responses.setdefault(str(status), response)
        if known is not response:
            _merge(known, response)
    for response in responses.values():
        response.setdefault("headers", {})["X-Request-Id"] = {"$ref": "#/components/headers/X-Request-Id"}


def _merge(known: dict[str, Any], more: dict[str, Any]) -> None:
    for media_type, content in more["content"].items():
        examples = known.setdefault("content", {}).setdefault(media_type, content).setdefault("examples", {})
        if content["examples"].keys() <= examples.keys():
            continue
        examples.update(content["examples"])
        known["description"] = f"{known['description']}; {more['description']}"
