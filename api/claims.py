"""Claims: search over all of them, and one with the sentences around it."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api import etags
from api.auth import Reader
from api.claim_exports import DECLARED, Order, annotation_of, claims_response
from api.claim_query import ClaimQuery, SingleQuery
from api.claim_schemas import ClaimList, ClaimWithContext
from api.dependencies import ServicesDep
from api.identifiers import IdInPath, parse_id
from api.negotiation import Format, wanted_format
from api.problems import INVALID_CURSOR, NOT_ACCEPTABLE, NOT_FOUND, VALIDATION_FAILED, declared, not_found
from api.surroundings import surroundings
from exports import annotations
from models.claim_search import get_claim
from models.queries import get_article
from models.session import run_query

router = APIRouter(prefix="/v1/claims", tags=["claims"])

_SINGLE_FORMATS = (Format.JSON, Format.JSON_LD)
_SINGLE_DECLARED = {**etags.DECLARED[200], "content": {Format.JSON_LD.value: {"schema": {"type": "object"}}}}


@router.get(
    "",
    response_model=ClaimList,
    summary="Search claims",
    responses={**declared(NOT_ACCEPTABLE, VALIDATION_FAILED, INVALID_CURSOR), 200: DECLARED},
)
def search(request: Request, services: ServicesDep, _: Reader, query: Annotated[ClaimQuery, Query()]) -> Response:
    """The claims that meet all conditions. Those without a publication time or a number come last when sorted by it."""
    form = wanted_format(request, query.format)
    return claims_response(request, services, form, query.to_filter(), Order("claims", query.sort), query)


@router.get(
    "/{claim_id}",
    response_model=ClaimWithContext,
    summary="Read a claim",
    responses={**declared(NOT_FOUND, NOT_ACCEPTABLE, VALIDATION_FAILED), **etags.DECLARED, 200: _SINGLE_DECLARED},
    openapi_extra=etags.IF_NONE_MATCH,
)
def read_claim(
    request: Request, claim_id: IdInPath, services: ServicesDep, _: Reader, query: Annotated[SingleQuery, Query()]
) -> Response:
    """The claim with the sentences before and after its own; or as a Web Annotation."""
    identity = parse_id(claim_id, "claim")
    form = wanted_format(request, query.format, _SINGLE_FORMATS)

    def work(session: Session) -> tuple[dict[str, Any], datetime, str | None] | None:
        claim = get_claim(session, identity)
        article = get_article(session, claim.article_id) if claim else None
        if claim is None or article is None:
            return None
        sentence = claim.data["sentence"]
        shown = {**claim.data, "context": surroundings(article.text, sentence["start"], sentence["end"])}
        return shown, claim.created_at, article.url

    read = run_query(services.sessions, work)
    if read is None:
        raise not_found("claim", claim_id)
    shown, created, url = read
    vary = {"Vary": "Accept"}
    if form is Format.JSON_LD:
        body = annotation_of(request, shown, created=created, url=url)
        return etags.tagged_response(request, body, headers=vary, media_type=annotations.MEDIA_TYPE)
    return etags.tagged_response(request, shown, headers=vary)
