"""Files that the server sends to browsers, each with an ETag and the headers that keep foreign content out."""

import hashlib
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
# What every page may do: load from this server alone, and run no script that stands in a document.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    # Asked for again each time, so that after an update no old module meets a new one.
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class WebFile:
    """A file as it is sent; the ETag changes with the content."""

    content: bytes
    media_type: str
    etag: str


def web_file(name: str, content: bytes) -> WebFile:
    """The file of this name; a KeyError for an ending that is not served."""
    return WebFile(content, _MEDIA_TYPES[_ending(name)], f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def is_served(name: str) -> bool:
    """Whether files with this ending are sent to browsers."""
    return _ending(name) in _MEDIA_TYPES


def respond(request: Request, file: WebFile, policy: str) -> Response:
    """The file with this Content-Security-Policy, or 304 where the browser has it already."""
    headers = {**_HEADERS, "Content-Security-Policy": policy, "ETag": file.etag}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


def _ending(name: str) -> str:
    return f".{name.rpartition('.')[2]}"
