"""The claims table: the claim as it is sent to clients, and beside it the columns that searches use."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha1
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Double, ForeignKey, Index, String, Text, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, JsonObject, UtcDateTime, database_now


class Claim(Base):
    """One number that an article states, with its context. `data` is the whole claim, the rest is for searches."""

    __tablename__ = "claims"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    # Jobs go with their article alone, which takes its claims as well: a foreign key would be checked for nothing.
    job_id: Mapped[UUID] = mapped_column(Uuid)
    pipeline: Mapped[str] = mapped_column(Text)
    # Position among the claims of the article, from 0, in text order.
    ordinal: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(32))
    # The extent of the claim as binary numbers, for filtering and sorting only. Equal where one number is stated.
    amount_low: Mapped[float | None] = mapped_column(Double)
    amount_high: Mapped[float | None] = mapped_column(Double)
    unit: Mapped[str | None] = mapped_column(Text)
    currency: Mapped[str | None] = mapped_column(String(8))
    direction: Mapped[str | None] = mapped_column(String(8))
    # The resolved name where the article has one, else the words at the cue.
    speaker: Mapped[str | None] = mapped_column(Text)
    modality: Mapped[str] = mapped_column(String(32))
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
        # Lists go by these, in either direction. All claims of an article may share a time: there the ordinal follows,
        # from the last to the first, so that it ascends when an index is read backwards, as the newest are listed.
        Index(None, "created_at", "article_id", ordinal.desc()),
        Index(None, "published_at", "article_id", ordinal.desc()),
        Index(None, "kind", "created_at", "article_id", ordinal.desc()),
        # Few claims of one article share an amount, and PostgreSQL keeps equal entries once.
        Index(None, "amount_low", "article_id"),
        Index(None, "unit", "amount_low", "article_id"),
        Index(None, "publisher_folded"),
    )


# PostgreSQL refuses to index a value of more than 2,700 bytes, and a text may hold a word of a million characters.
INDEXED_CHARACTERS = 200


class Extent(NamedTuple):
    """The lowest and highest amount that a claim covers; None where it states no number at all."""

    low: float | None
    high: float | None


def extent(claim: Mapping[str, Any]) -> Extent:
    """The extent of a claim object: its bounds, and the stated value in place of a missing bound."""
    value, low, high = claim.get("value"), claim.get("low"), claim.get("high")
    lowest = low or value or high
    highest = high or value or low
    return Extent(_number(lowest), _number(highest))


def claim_ids(article_id: UUID, pipeline: str, count: int) -> Iterator[str]:
    """The ids of so many claims, the same whenever the same article goes through the same pipeline.

    UUIDs of version 5 in the name space of the article; made here in a third of the time that `uuid` takes.
    """
    for ordinal in range(count):
        name = f"{pipeline}/{ordinal}".encode()
        digest = bytearray(sha1(article_id.bytes + name, usedforsecurity=False).digest()[:16])
        digest[6] = digest[6] & 0x0F | 0x50
        digest[8] = digest[8] & 0x3F | 0x80
        text = digest.hex()
        yield f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _number(value: str | None) -> float | None:
    """The nearest finite binary number: JSON and both databases know no infinity."""
    return None if value is None else max(-sys.float_info.max, min(sys.float_info.max, float(value)))
