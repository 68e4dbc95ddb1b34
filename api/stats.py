"""Statistics: how many claims there are, by what they say."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.auth import Reader
from api.claim_query import ClaimConditions
from api.dependencies import ServicesDep
from api.pagination import json_response
from api.problems import VALIDATION_FAILED, declared
from models.claim_stats import ClaimStats, Count, claim_stats
from models.session import run_query

router = APIRouter(prefix="/v1/stats", tags=["claims"])


class StatsQuery(ClaimConditions):
    """Which claims to count."""

    limit: int = Field(default=100, ge=1, le=500, description="most speakers and most days to list")


class CountOut(BaseModel):
    """How many claims have a value."""

    model_config = ConfigDict(title="Count")

    value: str | None = Field(description="null: the claims that have none")
    claims: int


class StatsOut(BaseModel):
    """How many claims meet the conditions, and how they are spread."""

    model_config = ConfigDict(title="Stats")

    claims: int = Field(description="claims that meet the conditions")
    articles: int = Field(description="articles that these claims stand in")
    by_kind: list[CountOut] = Field(description="the most frequent first")
    by_currency: list[CountOut] = Field(description="the most frequent first")
    by_speaker: list[CountOut] = Field(description="the most frequent first")
    by_day: list[CountOut] = Field(description="the latest first; the day of publication, else of extraction, in UTC")


@router.get("", response_model=StatsOut, summary="Count claims", responses=declared(VALIDATION_FAILED))
def read_stats(services: ServicesDep, _: Reader, query: Annotated[StatsQuery, Query()]) -> Response:
    """Counts of the claims that meet all conditions, by kind, currency, speaker and day."""
    stats = run_query(services.sessions, lambda session: claim_stats(session, query.to_filter(), limit=query.limit))
    return json_response(_stats_out(stats))


def _stats_out(stats: ClaimStats) -> dict[str, Any]:
    return {
        "claims": stats.claims,
        "articles": stats.articles,
        "by_kind": _counts(stats.kinds),
        "by_currency": _counts(stats.currencies),
        "by_speaker": _counts(stats.speakers),
        "by_day": _counts(stats.days),
    }


def _counts(counts: list[Count]) -> list[dict[str, Any]]:
    return [{"value": count.value, "claims": count.claims} for count in counts]
