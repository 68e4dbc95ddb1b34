"""Number checks: what does not add up in an article, by its own claims."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from starlette.responses import Response

import checks
from api import etags
from api.auth import Reader
from api.claim_schemas import Span
from api.dependencies import ServicesDep
from api.identifiers import IdInPath, parse_id
from api.problems import NOT_FOUND, declared, not_found
from models import queries
from models.claim_search import article_claims
from models.pages import MAX_PAGE
from models.session import run_query

router = APIRouter(prefix="/v1/articles", tags=["articles"])

# The first so many claims are checked; long articles have some hundreds.
_MOST_CLAIMS = 5000


class ClaimSpan(Span):
    """A claim that a finding is about, and where it stands."""

    model_config = ConfigDict(title="ClaimSpan")

    claim_id: UUID


class FindingOut(BaseModel):
    """One thing that does not add up."""

    model_config = ConfigDict(title="Finding")

    type: Literal["change", "percentage_points", "total", "share", "magnitude", "headline"]
    severity: Literal["error", "warning"] = Field(
        description="error: contradicts however the numbers were rounded; warning: worth a look"
    )
    message: str = Field(description="what is wrong, with the sum written out")
    claims: list[ClaimSpan] = Field(description="all claims involved")


class FindingList(BaseModel):
    """All findings; there is no second page."""

    items: list[FindingOut]
    next: None = None


@router.get(
    "/{article_id}/checks",
    response_model=FindingList,
    summary="Check the numbers of an article",
    responses={**declared(NOT_FOUND), **etags.DECLARED},
    openapi_extra=etags.IF_NONE_MATCH,
)
def check_article(request: Request, article_id: IdInPath, services: ServicesDep, _: Reader) -> Response:
    """What does not add up by the article's own claims; nothing until its job has succeeded."""
    identity = parse_id(article_id, "article")
    read = run_query(services.sessions, lambda session: _read(session, identity))
    if read is None:
        raise not_found("article", article_id)
    text, title, claims = read
    findings = [finding.to_json() for finding in checks.check(text, claims, title=title)]
    return etags.tagged_response(request, {"items": findings, "next": None})


def _read(session: Session, article_id: UUID) -> tuple[str, str | None, list[dict[str, Any]]] | None:
    article = queries.get_article(session, article_id)
    if article is None:
        return None
    page = article_claims(session, article_id, limit=MAX_PAGE)
    claims = [claim.data for claim in page.items]
    while page.next is not None and len(claims) < _MOST_CLAIMS:
        page = article_claims(session, article_id, limit=MAX_PAGE, after=page.next)
        claims += (claim.data for claim in page.items)
    return article.text, article.title, claims
