"""Reading request bodies: counted while they stream, decoded strictly, JSON without surprises."""

import asyncio
import codecs
import json
import math
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import Message
from typing import Any

from starlette.requests import Request

from api.problems import (
    BODY_TOO_LARGE,
    INVALID_ENCODING,
    MALFORMED_JSON,
    REQUEST_TIMEOUT,
    UNSUPPORTED_MEDIA_TYPE,
    ProblemError,
)

# Only plain character sets: Python also calls zip, base64, punycode and the like "encodings".
_CHARSETS = re.compile(
    r"utf-?8|utf-?16(-?[lb]e)?|(us-)?ascii|iso-?8859-?\d{1,2}|latin-?1|(windows-|cp)125\d", re.IGNORECASE
)
# Bytes a second that a body must come with after its first time without any: who sends a byte now and then is not idle.
_LEAST_RATE = 10_000
# Larger ones keep others out while they come (see `BatchRoom`), so they must come in minutes.
_LARGE_BODY = 1024 * 1024
_LEAST_RATE_OF_LARGE = 100_000
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MediaType:
    """The ``Content-Type`` of a request: ``name`` in lower case, and its charset if it gives one."""

    name: str
    charset: str | None = None


def media_type(request: Request, *supported: str) -> MediaType:
    """The content type of the request; raises a 415 problem unless it is one of ``supported``."""
    header = request.headers.get("content-type", "")
    message = Message()
    message["Content-Type"] = header
    found = header.partition(";")[0].strip().lower()[:100]
    if found not in supported:
        wanted = ", ".join(supported)
        said = f"{found!r} is not supported" if found else "The request has no Content-Type"
        raise ProblemError(UNSUPPORTED_MEDIA_TYPE, f"{said}; send {wanted}.", headers={"Accept-Post": wanted})
    charset = message.get_param("charset")
    if isinstance(charset, str) and not _CHARSETS.fullmatch(charset):
        raise ProblemError(UNSUPPORTED_MEDIA_TYPE, f"The charset {charset[:40]!r} is not supported; send UTF-8.")
    return MediaType(found, charset.lower() if isinstance(charset, str) else None)


async def read_body(request: Request, *, limit: int, idle: float) -> bytes:
    """The whole body; raises problems 413 beyond ``limit`` bytes and 408 when no part comes for ``idle`` seconds.

    Slower than 10,000 bytes a second, beyond ``idle`` seconds for the whole, is 408 too; beyond 1 MiB 100,000 bytes.
    """
    parts = [part async for part in stream_body(request, limit=limit, idle=idle)]
    return b"".join(parts)


async def stream_body(request: Request, *, limit: int, idle: float) -> AsyncIterator[bytes]:
    """The body part by part, with the limits of :func:`read_body`; compressed bodies are refused (415)."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        detail = f"The content encoding {encoding[:40]!r} is not supported; send the body uncompressed."
        raise ProblemError(UNSUPPORTED_MEDIA_TYPE, detail, headers={"Accept-Encoding": "identity"})
    declared = request.headers.get("content-length", "")
    announced = int(declared[:19]) if declared.isdecimal() else 0
    if announced > limit:
        raise _too_large(limit)
    received, waited = 0, 0.0
    parts = request.stream()
    while True:
        began = time.monotonic()
        try:
            async with asyncio.timeout(idle):
                part = await anext(parts, None)
        except TimeoutError:
            raise ProblemError(REQUEST_TIMEOUT, f"No part of the body came for {idle:g} seconds.") from None
        # Only the client's time counts, not what is done with the parts in between.
        waited += time.monotonic() - began
        rate = _LEAST_RATE_OF_LARGE if max(announced, received) > _LARGE_BODY else _LEAST_RATE
        if waited > idle + received / rate:
            detail = f"The body comes too slowly: {received:,} bytes in {waited:.0f} seconds."
            raise ProblemError(REQUEST_TIMEOUT, detail)
        if part is None:
            return
        received += len(part)
        if received > limit:
            raise _too_large(limit)
        yield part


def decode(body: bytes, charset: str | None = None, *, html: bool = False) -> str:
    """The text of a body; raises a 400 problem when its bytes are not valid in its charset (UTF-8 if not given).

    HTML may name its charset itself. A byte order mark is dropped.
    """
    name = charset or (_html_charset(body) if html else None) or "utf-8"
    if name.replace("-", "") == "utf8":
        name = "utf-8-sig"
    try:
        return body.decode(name)
    except UnicodeDecodeError as error:
        shown = "utf-8" if name == "utf-8-sig" else name
        detail = f"The body is not valid {shown}: byte {error.start} is where it goes wrong."
        raise ProblemError(INVALID_ENCODING, detail) from None


def parse_json(body: bytes | str) -> Any:
    """The value of a JSON text (RFC 8259, in UTF-8); raises a 400 problem that says line and column.

    A key given twice in one object is an error, and so are NaN, Infinity and numbers too large for a double.
    """
    text = body if isinstance(body, str) else decode(body)
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_no_twins)
    except json.JSONDecodeError as error:
        raise ProblemError(MALFORMED_JSON, f"{error.msg} at line {error.lineno}, column {error.colno}.") from None
    except RecursionError:
        raise ProblemError(MALFORMED_JSON, "The value is nested too deeply.") from None
    except _BadValue as error:
        raise ProblemError(MALFORMED_JSON, str(error)) from None
    except ValueError:
        # The one left: Python converts no integer of more than 4,300 digits.
        raise ProblemError(MALFORMED_JSON, "A number has too many digits.") from None


class _BadValue(ValueError):
    """A value that JSON allows somewhere, but not here."""


def _no_constant(name: str) -> float:
    raise _BadValue(f"{name} is not a JSON number.")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _BadValue("A number is too large.")
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise _BadValue(f"The key {twin[:100]!r} stands twice in one object.")
    return found


def _html_charset(body: bytes) -> str | None:
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = None if body.startswith(codecs.BOM_UTF8) else _META_CHARSET.search(body[:2048])
    name = found.group(1).decode().lower() if found else None
    # A page that can be read so far is ASCII-compatible, whatever it says.
    return name if name and _CHARSETS.fullmatch(name) and not name.startswith("utf-16") else None


def _too_large(limit: int) -> ProblemError:
    return ProblemError(BODY_TOO_LARGE, f"The body may hold at most {limit:,} bytes.")
