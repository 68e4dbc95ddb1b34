"""`GET /` and the files it loads. The page talks to the interface under `/v1` like any other client.

Whatever an article says, nothing of it may run: the page makes every node itself and parses no string as markup, and
the Content-Security-Policy forbids inline scripts, foreign sources and, by Trusted Types, every way to parse markup.
"""

from collections.abc import Iterable
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
from api.web.files import CONTENT_POLICY, WebFile, is_served, respond, web_file

router = APIRouter(include_in_schema=False)

_ASSETS = files("api.web") / "assets"
_POLICY = f"{CONTENT_POLICY}img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"


@router.get("/")
def read_page(request: Request, services: ServicesDep) -> Response:
    """The document, with the choices of its forms and the limits of this server written in."""
    settings = services.settings
    return respond(request, _document(settings.max_article_characters, settings.max_body_bytes), _POLICY)


@router.get("/web/{name}")
def read_file(request: Request, name: str) -> Response:
    """A file that the document loads."""
    file = _files().get(name)
    if file is None:
        raise ProblemError(NOT_FOUND, f"There is no file {name[:100]!r}.")
    return respond(request, file, _POLICY)


@cache
def _files() -> dict[str, WebFile]:
    served = [entry for entry in _ASSETS.iterdir() if is_served(entry.name)]
    return {entry.name: web_file(entry.name, entry.read_bytes()) for entry in served}


@cache
def _document(max_characters: int, max_bytes: int) -> WebFile:
    template = Template((files("api.web") / "index.html").read_text("utf-8"))
    choices: dict[str, Any] = {"kinds": Kind, "modalities": Modality, "directions": Direction}
    filled = template.substitute(
        {name: _options(get_args(values)) for name, values in choices.items()},
        max_characters=max_characters,
        max_bytes=max_bytes,
    )
    return web_file("index.html", filled.encode())


def _options(values: Iterable[str]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in values)
