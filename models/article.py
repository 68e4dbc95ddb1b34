"""The articles table."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Index, String, Text, Uuid, func
from sqlalchemy.orm import Mapped, column_property, mapped_column

from models.base import Base, JsonDocument, JsonObject, UtcDateTime, database_now


class Article(Base):
    """A submitted text. Every offset of its claims counts Unicode code points of `text`, which never changes."""

    __tablename__ = "articles"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    text: Mapped[str] = mapped_column(Text)
    text_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str | None] = mapped_column(Text)
    url: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publisher: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text, default="en")
    external_id: Mapped[str | None] = mapped_column(Text)
    extra: Mapped[JsonObject] = mapped_column("metadata", JsonDocument, default=dict)
    characters: Mapped[int]
    _first_characters: Mapped[str] = column_property(func.substr(text, 1, 120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())

    __table_args__ = (Index(None, "created_at", "id"),)

    @property
    def opening(self) -> str:
        """The first line of the text, cut off after 120 characters: what to call an article without a title."""
        return self._first_characters.strip().partition("\n")[0].rstrip()


def text_digest(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits: equal texts are the same article."""
    return hashlib.sha256(text.encode()).hexdigest()
