"""Claims for other programs: NDJSON, CSV and Web Annotations, streamed a chunk at a time.

The first chunk is read before the answer begins, so that what goes wrong with a request is still a problem with a
status. What goes wrong later cuts the connection off in the middle of the body, which every client notices.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from api.claim_query import ExportQuery
from api.dependencies import Services
from api.exchange import is_head
from api.negotiation import Format
from api.pagination import decode_cursor, encode_cursor, next_link, next_page, page_response
from exports import annotations, spreadsheet
from models.claim_export import ExportedClaim, export_page, export_pages
from models.claim_search import ClaimFilter
from models.session import run_query

LEADING_COLUMNS = ("id", "article_id", "title", "url", "publisher", "published_at")

_Chunks = Iterator[list[ExportedClaim]]
_FILE_ENDINGS = {Format.NDJSON: "ndjson", Format.CSV: "csv", Format.JSON_LD: "jsonld"}
_MEDIA_TYPES = {
    Format.NDJSON: Format.NDJSON.value,
    Format.CSV: "text/csv; charset=utf-8; header=present",
    Format.JSON_LD: annotations.MEDIA_TYPE,
}


# What an endpoint that answers so declares in OpenAPI beside its JSON.
DECLARED: dict[str, Any] = {
    "content": {
        Format.NDJSON.value: {"schema": {"type": "string"}},
        Format.CSV.value: {"schema": {"type": "string"}},
        Format.JSON_LD.value: {"schema": {"type": "object"}},
    },
    "headers": {"Link": {"schema": {"type": "string"}, "description": "the next page, where there is one"}},
}


@dataclass(frozen=True, slots=True)
class Order:
    """The name of a list of claims, to which its cursors belong, and how it is sorted."""

    name: str
    sort: str


def claims_response(
    request: Request, services: Services, form: Format, wanted: ClaimFilter, order: Order, query: ExportQuery
) -> Response:
    """The claims that match: as JSON a page, in another format all of them unless the client sets a limit."""
    after = decode_cursor(query.cursor, order.name, order.sort, within=True)
    if form is Format.JSON or "limit" in query.model_fields_set:
        page = run_query(
            services.sessions,
            lambda session: export_page(session, wanted, sort=order.sort, limit=query.limit, after=after),
        )
        cursor = encode_cursor(order.name, order.sort, page.next) if page.next else None
        if form is Format.JSON:
            response = page_response(request, (json.loads(claim.data) for claim in page.items), cursor)
            response.headers["Vary"] = "Accept"
            return response
        return _streamed(request, form, iter([page.items]), cursor)
    pages = export_pages(services.sessions, wanted, sort=order.sort, after=after)
    first = next(pages)
    # Who asks with HEAD reads no body.
    return _streamed(request, form, iter([first]) if is_head(request.scope) else chain([first], pages))


def _streamed(request: Request, form: Format, chunks: _Chunks, cursor: str | None = None) -> Response:
    """The claims in this format; ``cursor`` leads to the next page, where there is one."""
    file = f'attachment; filename="claims.{_FILE_ENDINGS[form]}"'
    link = {"Link": next_link(request, cursor)} if cursor else {}
    body = _annotation_page(request, chunks, cursor) if form is Format.JSON_LD else _ENCODERS[form](chunks)
    return StreamingResponse(
        body, media_type=_MEDIA_TYPES[form], headers={"Vary": "Accept", "Content-Disposition": file, **link}
    )


def annotation_of(request: Request, claim: dict[str, Any], *, created: datetime, url: str | None) -> dict[str, Any]:
    """One claim as a Web Annotation that stands alone."""
    body = annotations.annotation(claim, base=_base(request), created=_rfc3339(created), url=url)
    return {"@context": annotations.CONTEXT, **body}


def _lines(chunks: _Chunks) -> Iterator[bytes]:
    for chunk in chunks:
        yield "".join(f"{claim.data}\n" for claim in chunk).encode()


def _rows(chunks: _Chunks) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    rows = spreadsheet.writer(buffer)
    rows.writerow((*LEADING_COLUMNS, *spreadsheet.CLAIM_COLUMNS))
    for chunk in chunks:
        for claim in chunk:
            published = _rfc3339(claim.published_at) if claim.published_at else None
            leading = (claim.id, claim.article_id, claim.title, claim.url, claim.publisher, published)
            rows.writerow(spreadsheet.row(leading, json.loads(claim.data)))
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


def _annotation_page(request: Request, chunks: _Chunks, cursor: str | None) -> Iterator[bytes]:
    base = _base(request)
    head = _json(
        annotations.page_head(
            page_id=str(request.url),
            collection_id=f"{base}{request.url.path}",
            next_id=base + next_page(request, cursor) if cursor else None,
        )
    )
    # The items come last, so that they can be written while they are read.
    yield f'{head[:-1]},"items":['.encode()
    separator = ""
    for chunk in chunks:
        parts = [
            _json(
                annotations.annotation(
                    json.loads(claim.data), base=base, created=_rfc3339(claim.created_at), url=claim.url
                )
            )
            for claim in chunk
        ]
        if parts:
            yield (separator + ",\n".join(parts)).encode()
            separator = ",\n"
    yield b"]}\n"


_ENCODERS: dict[Format, Callable[[_Chunks], Iterator[bytes]]] = {Format.NDJSON: _lines, Format.CSV: _rows}


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
