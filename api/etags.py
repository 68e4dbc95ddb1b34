"""Answers that a client may keep and ask about again: ``ETag`` and 304."""

import hashlib
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.pagination import json_response

# What an endpoint with such answers declares in OpenAPI.
DECLARED: dict[int | str, dict[str, Any]] = {
    200: {"headers": {"ETag": {"schema": {"type": "string"}}}},
    304: {"description": "The resource is as the If-None-Match header says"},
}
IF_NONE_MATCH: dict[str, Any] = {
    "parameters": [{"name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"}}]
}


def tagged_response(
    request: Request, body: Any, *, headers: Mapping[str, str] | None = None, media_type: str | None = None
) -> Response:
    """A JSON value with an ``ETag`` of its bytes; 304 without a body when the client holds just these bytes."""
    response = json_response(body, headers={"Cache-Control": "no-cache", **(headers or {})})
    if media_type is not None:
        response.headers["Content-Type"] = media_type
    etag = f'"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    if not _matches(request, etag):
        return response
    kept = {name: response.headers[name] for name in ("ETag", "Cache-Control", "Vary") if name in response.headers}
    return Response(status_code=304, headers=kept)


def _matches(request: Request, etag: str) -> bool:
    given = [tag.strip().removeprefix("W/") for tag in ",".join(request.headers.getlist("if-none-match")).split(",")]
    return etag in given or "*" in given
