"""`GET /` and the files it loads. The page talks to the interface under `/v1` like any other client.

Whatever an article says, nothing of it may run: the page makes every node itself and parses no string as markup, and
the Content-Security-Policy forbids inline scripts, foreign sources and, by Trusted Types, every way to parse markup.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.claim_schemas import Direction, Kind, Modality
from api.dependencies import ServicesDep
from api.problems import NOT_FOUND, ProblemError

router = APIRouter(include_in_schema=False)

_ASSETS = files("api.web") / "assets"
_MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    # Asked for again each time, so that after an update no old module meets a new one.
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    media_type: str
    etag: str


@router.get("/")
def read_page(request: Request, found: ServicesDep) -> Response:
    """The document, with the choices of its forms and the limits of this server written in."""
    settings = found.settings
    return _respond(request, _document(settings.max_article_characters, settings.max_body_bytes))


@router.get("/web/{name}")
def read_file(request: Request, name: str) -> Response:
    """A file that the document loads."""
    file = _files().get(name)
    if file is None:
        raise ProblemError(NOT_FOUND, f"There is no file {name[:100]!r}.")
    return _respond(request, file)


def _respond(request: Request, file: _File) -> Response:
    headers = {**_HEADERS, "ETag": file.etag}
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)


@cache
def _files() -> dict[str, _File]:
    return {entry.name: _file(entry.name, entry.read_bytes()) for entry in _ASSETS.iterdir() if _suffix(entry.name)}


@cache
def _document(max_characters: int, max_bytes: int) -> _File:
    template = Template((files("api.web") / "index.html").read_text("utf-8"))
    choices: dict[str, Any] = {"kinds": Kind, "modalities": Modality, "directions": Direction}
    filled = template.substitute(
        {name: _options(get_args(values)) for name, values in choices.items()},
        max_characters=max_characters,
        max_bytes=max_bytes,
    )
    return _file("index.html", filled.encode())


def _options(values: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in values)


def _file(name: str, content: bytes) -> _File:
    return _File(content, _MEDIA_TYPES[_suffix(name)], f'"{hashlib.sha256(content).hexdigest()[:32]}"')


def _suffix(name: str) -> str:
    suffix = f".{name.rpartition('.')[2]}"
    return suffix if suffix in _MEDIA_TYPES else ""
