"""`GET /docs`: the HTTP interface as a page to read and to try, by Swagger UI.

Swagger UI comes in a wheel, so that the page needs no network and no server but this one.
"""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.problems import NOT_FOUND, ProblemError
from api.web.files import CONTENT_POLICY, WebFile, respond, web_file

router = APIRouter(include_in_schema=False)

# Its icons are data URLs in its style sheet.
_POLICY = f"{CONTENT_POLICY}img-src 'self' data:"
_SWAGGER_FILES = ("swagger-ui-bundle.js", "swagger-ui.css")


@router.get("/docs")
def read_interface(request: Request) -> Response:
    """The document that loads Swagger UI."""
    return respond(request, _document(), _POLICY)


@router.get("/docs/{name}")
def read_swagger_file(request: Request, name: str) -> Response:
    """A file of Swagger UI."""
    if name not in _SWAGGER_FILES:
        raise ProblemError(NOT_FOUND, f"There is no file {name[:100]!r}.")
    return respond(request, _swagger_file(name), _POLICY)


@cache
def _document() -> WebFile:
    return web_file("interface.html", (files("api.web") / "interface.html").read_bytes())


@cache
def _swagger_file(name: str) -> WebFile:
    return web_file(name, (files("fastapi_offline") / "static" / name).read_bytes())
