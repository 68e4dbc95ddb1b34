"""Claims: search over all of them, and one with the sentences around it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.article_input import parse_time
from api.auth import Reader
from api.claim_schemas import ClaimList, ClaimWithContext, Direction, Kind, Modality
from api.dependencies import ServicesDep
from api.identifiers import IdInPath, parse_id
from api.pagination import PageQuery, decode_cursor, encode_cursor, json_response, page_response
from api.patterns import CURRENCY_CODE, PLAIN_NUMBER
from api.problems import INVALID_CURSOR, NOT_FOUND, VALIDATION_FAILED, declared, not_found
from api.surroundings import surroundings
from models import queries
from models.claim_search import ClaimFilter
from models.session import run_query

router = APIRouter(prefix="/v1/claims", tags=["claims"])

Bound = Annotated[str, Field(pattern=PLAIN_NUMBER, max_length=82)]
Moment = Annotated[
    datetime, BeforeValidator(parse_time), Field(description="RFC 3339; a date alone is its first moment in UTC")
]
Words = Annotated[str, Field(max_length=200)]


class ClaimQuery(PageQuery):
    """Conditions that a claim must all meet, and the order of the answer."""

    kind: Kind | None = None
    unit: Words | None = None
    currency: Annotated[str, Field(pattern=CURRENCY_CODE)] | None = Field(default=None, description="ISO 4217")
    min_value: Bound | None = Field(default=None, description="claims that reach this number, in their own unit")
    max_value: Bound | None = Field(default=None, description="claims that do not all lie above this number")
    q: Words | None = Field(default=None, description="all these words, in sentence, subject, measure or title")
    speaker: Words | None = Field(default=None, description="part of the name, in any case")
    subject: Words | None = Field(default=None, description="part of the subject, in any case")
    modality: Modality | None = None
    direction: Direction | None = None
    article_id: UUID | None = None
    batch_id: UUID | None = None
    publisher: Words | None = Field(default=None, description="the whole name, in any case")
    published_from: Moment | None = None
    published_to: Moment | None = None
    sort: Literal["created_at", "-created_at", "published_at", "-published_at", "value", "-value"] = Field(
        default="-created_at", description="a leading minus means descending"
    )

    def to_filter(self) -> ClaimFilter:
        """The conditions, without page and order."""
        conditions: dict[str, Any] = self.model_dump(exclude={"limit", "cursor", "sort"}, exclude_none=True)
        for name in ("min_value", "max_value"):
            if name in conditions:
                conditions[name] = Decimal(conditions[name])
        return ClaimFilter(**conditions)


@router.get(
    "", response_model=ClaimList, summary="Search claims", responses=declared(VALIDATION_FAILED, INVALID_CURSOR)
)
def search(request: Request, found: ServicesDep, _: Reader, query: Annotated[ClaimQuery, Query()]) -> Response:
    """The claims that meet all conditions. Those without a publication time or a number come last when sorted by it."""
    after = decode_cursor(query.cursor, "claims", query.sort)
    page = run_query(
        found.sessions,
        lambda session: queries.search_claims(
            session, query.to_filter(), sort=query.sort, limit=query.limit, after=after
        ),
    )
    cursor = encode_cursor("claims", query.sort, page.next) if page.next else None
    return page_response(request, (claim.data for claim in page.items), cursor)


@router.get("/{claim_id}", response_model=ClaimWithContext, summary="Read a claim", responses=declared(NOT_FOUND))
def read_claim(claim_id: IdInPath, found: ServicesDep, _: Reader) -> Response:
    """The claim with the sentences before and after its own."""
    identity = parse_id(claim_id, "claim")

    def work(session: Session) -> dict[str, Any] | None:
        claim = queries.get_claim(session, identity)
        article = queries.get_article(session, claim.article_id) if claim else None
        if claim is None or article is None:
            return None
        sentence = claim.data["sentence"]
        return {**claim.data, "context": surroundings(article.text, sentence["start"], sentence["end"])}

    shown = run_query(found.sessions, work)
    if shown is None:
        raise not_found("claim", claim_id)
    return json_response(shown)
