"""The query parameters of searches over claims."""

from datetime import datetime, time
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from babel.core import get_global
from pydantic import AfterValidator, BeforeValidator, Field

from api.article_input import parse_time
from api.claim_schemas import Direction, Kind, Modality
from api.negotiation import FormatName
from api.pagination import PageQuery, QueryParameters
from api.patterns import CURRENCY_CODE, PLAIN_NUMBER
from models.claim_search import ClaimFilter
from models.words import parse_search

Bound = Annotated[str, Field(pattern=PLAIN_NUMBER, max_length=82)]
Words = Annotated[str, Field(max_length=200)]


def _parse_end(value: object) -> object:
    """As `parse_time`, but a date alone is the last moment of its day: who writes "to 5 March" means all of it."""
    found = parse_time(value)
    if isinstance(value, str) and isinstance(found, datetime) and len(value) == len("2026-03-05"):
        return datetime.combine(found, time.max, found.tzinfo)
    return found


Start = Annotated[
    datetime,
    BeforeValidator(parse_time),
    Field(description="RFC 3339; a date alone is the beginning of that day in UTC"),
]
End = Annotated[
    datetime, BeforeValidator(_parse_end), Field(description="RFC 3339; a date alone is the end of that day in UTC")
]


def _searchable(value: str) -> str:
    if value.strip() and not parse_search(value):
        raise ValueError("must hold at least one letter or digit")
    return value


# Codes of currencies that are also words for what is counted, as in "three pens": taken as they are written.
_WORDS = frozenset("all arm ban bob cop cup gel mad mop pen std top try".split())


def _unit(value: str) -> str:
    code = value.upper()
    return code if code in get_global("all_currencies") and value not in _WORDS else value


class ClaimConditions(QueryParameters):
    """Conditions that a claim must all meet."""

    kind: Kind | None = None
    unit: Annotated[Words, AfterValidator(_unit)] | None = Field(
        default=None, description="as claims have it; the code of a currency in any case"
    )
    currency: Annotated[str, Field(pattern=CURRENCY_CODE), AfterValidator(str.upper)] | None = Field(
        default=None, description="ISO 4217, in any case"
    )
    min_value: Bound | None = Field(default=None, description="claims that reach this number, in their own unit")
    max_value: Bound | None = Field(default=None, description="claims that do not all lie above this number")
    q: Annotated[Words, AfterValidator(_searchable)] | None = Field(
        default=None,
        description='all these words, "phrases" and beginnings (invest*), in sentence, subject, measure or whole',
    )
    speaker: Words | None = Field(default=None, description="part of the name, in any case")
    subject: Words | None = Field(default=None, description="part of the subject, in any case")
    modality: Modality | None = None
    direction: Direction | None = None
    article_id: UUID | None = None
    batch_id: UUID | None = None
    publisher: Words | None = Field(default=None, description="the whole name, in any case")
    published_from: Start | None = None
    published_to: End | None = None

    def to_filter(self) -> ClaimFilter:
        """The conditions as the database takes them."""
        conditions: dict[str, Any] = self.model_dump(include=set(ClaimConditions.model_fields), exclude_none=True)
        for name in ("min_value", "max_value"):
            if name in conditions:
                conditions[name] = Decimal(conditions[name])
        return ClaimFilter(**conditions)


class ExportQuery(PageQuery):
    """A page of claims, or all of them in a format for other programs."""

    format: FormatName | None = Field(default=None, description="goes before the Accept header; jsonl is ndjson")


class SingleQuery(QueryParameters):
    """One claim in a format."""

    format: Literal["json", "jsonld"] | None = Field(default=None, description="goes before the Accept header")


class ClaimQuery(ClaimConditions, ExportQuery):
    """Conditions that a claim must all meet, the order of the answer and its format."""

    sort: Literal["created_at", "-created_at", "published_at", "-published_at", "value", "-value"] = Field(
        default="-created_at", description="a leading minus means descending"
    )
