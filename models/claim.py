"""The claims table: the claim as it is sent to clients, and beside it the columns that searches use."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Double, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, JsonObject, UtcDateTime, database_now


class Claim(Base):
    """One number that an article states, with its context. `data` is the whole claim; the rest repeats parts of it."""

    __tablename__ = "claims"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    pipeline: Mapped[str] = mapped_column(Text)
    # Position among the claims of the article, from 0, in text order.
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    shape: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    start: Mapped[int] = mapped_column("start_offset")
    end: Mapped[int] = mapped_column("end_offset")
    # The exact decimal strings of the claim.
    value: Mapped[str | None] = mapped_column(Text)
    low: Mapped[str | None] = mapped_column(Text)
    high: Mapped[str | None] = mapped_column(Text)
    # The extent of the claim as binary numbers, for filtering and sorting only. Equal where one number is stated.
    amount_low: Mapped[float | None] = mapped_column(Double)
    amount_high: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str | None] = mapped_column(Text)
    per_unit: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str | None] = mapped_column(String(8))
    direction: Mapped[str | None] = mapped_column(String(8))
    subject: Mapped[str | None] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(Text)
    of: Mapped[str | None] = mapped_column("of_text", Text)
    # The resolved name where the article has one, else the words at the cue.
    speaker: Mapped[str | None] = mapped_column(Text)
    modality: Mapped[str] = mapped_column(String(32))
    sentence: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publisher: Mapped[str | None] = mapped_column(Text)
    # Of the subject its words and, on a line of its own, the name that they mean.
    # Folded by `fold`, because the databases disagree about upper and lower case beyond ASCII.
    subject_folded: Mapped[str | None] = mapped_column(Text)
    speaker_folded: Mapped[str | None] = mapped_column(Text)
    publisher_folded: Mapped[str | None] = mapped_column(Text)
    # Words between spaces, which a full text index of each database covers (see `models.full_text`).
    search_text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())
    data: Mapped[JsonObject] = mapped_column(JsonDocument)

    __table_args__ = (
        # One result set per article and pipeline, whatever is delivered or run twice.
        UniqueConstraint("article_id", "pipeline", "ordinal"),
        Index(None, "created_at", "id"),
        Index(None, "published_at", "id"),
        Index(None, "amount_low", "id"),
        Index(None, "kind", "created_at", "id"),
        Index(None, "unit", "amount_low", "id"),
        Index(None, "publisher_folded"),
    )


# PostgreSQL refuses to index a value of more than 2,700 bytes, and a text may hold a word of a million characters.
INDEXED_CHARACTERS = 200


@dataclass(frozen=True)
class Extent:
    """The lowest and highest amount that a claim covers; None where it states no number at all."""

    low: float | None
    high: float | None


def extent(claim: Mapping[str, Any]) -> Extent:
    """The extent of a claim object: its bounds, and the stated value in place of a missing bound."""
    value, low, high = (_number(claim.get(name)) for name in ("value", "low", "high"))
    stated = [number for number in (value, low, high) if number is not None]
    if not stated:
        return Extent(None, None)
    lowest = low if low is not None else (value if value is not None else high)
    highest = high if high is not None else (value if value is not None else low)
    return Extent(lowest, highest)


def claim_id(article_id: UUID, pipeline: str, ordinal: int) -> UUID:
    """The id of a claim, the same whenever the same article goes through the same pipeline."""
    return uuid5(article_id, f"{pipeline}/{ordinal}")


def _number(value: str | None) -> float | None:
    """The nearest finite binary number: JSON and both databases know no infinity."""
    if value is None:
        return None
    return max(-sys.float_info.max, min(sys.float_info.max, float(Decimal(value))))
