"""The batches and batch_items tables: what a client sent in one request."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, JsonDocument, UtcDateTime, database_now


class Batch(Base):
    """Many articles of one request. `rejected` lists {"line", "problem"} for each line that was not accepted."""

    __tablename__ = "batches"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    # Lines that have a job, duplicates among them.
    accepted: Mapped[int]
    duplicates: Mapped[int]
    rejected: Mapped[list[dict[str, Any]]] = mapped_column(JsonDocument, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())


class BatchItem(Base):
    """An accepted line of a batch; `line` counts from 1. Its job and article go when the article is erased."""

    __tablename__ = "batch_items"

    batch_id: Mapped[UUID] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("jobs.id", ondelete="SET NULL"), index=True)
    article_id: Mapped[UUID | None] = mapped_column(ForeignKey("articles.id", ondelete="SET NULL"), index=True)
    duplicate: Mapped[bool] = mapped_column(default=False)
