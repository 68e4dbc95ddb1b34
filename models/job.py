"""The jobs and job_events tables. Only `models.job_state` and `models.submission` write to them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, Enum, ForeignKey, Index, Integer, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Json, JsonObject, UtcDateTime, database_now


class JobState(StrEnum):
    """The life of a job: queued -> running -> succeeded | failed | cancelled, and running -> queued for a retry."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


TERMINAL = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED})

# A job in one of these states answers for its article: a second one for the same pipeline would be double work.
LIVE = (JobState.QUEUED, JobState.RUNNING, JobState.SUCCEEDED)
LIVE_CONDITION = "state IN ('queued', 'running', 'succeeded')"


def _state_column() -> Enum:
    return Enum(
        JobState,
        name="state",
        native_enum=False,
        length=16,
        create_constraint=True,
        values_callable=lambda states: [state.value for state in states],
    )


class Job(Base):
    """One extraction of one article. The row is the job: the broker only wakes the workers up."""

    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid4)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    pipeline: Mapped[str] = mapped_column(Text)
    state: Mapped[JobState] = mapped_column(_state_column(), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    # The fencing token of the attempt that runs now: who does not know it can't move the job.
    token: Mapped[UUID | None]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # When the job was last put on the queue; one that stays queued for too long after this is published again.
    enqueued_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())
    sentences_done: Mapped[int] = mapped_column(default=0)
    sentences_total: Mapped[int | None]
    claims_count: Mapped[int | None]
    error: Mapped[JsonObject | None] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index(
            "uq_jobs_live",
            "article_id",
            "pipeline",
            unique=True,
            postgresql_where=text(LIVE_CONDITION),
            sqlite_where=text(LIVE_CONDITION),
        ),
        Index(
            "ix_jobs_queued",
            "enqueued_at",
            postgresql_where=text("state = 'queued'"),
            sqlite_where=text("state = 'queued'"),
        ),
        Index(
            "ix_jobs_running",
            "lease_until",
            postgresql_where=text("state = 'running'"),
            sqlite_where=text("state = 'running'"),
        ),
        Index(None, "created_at", "id"),
        Index(None, "state", "created_at", "id"),
    )


class JobEvent(Base):
    """Something that happened to a job, in order of `id`; `type` is "state", "progress" or, at the end, "done"."""

    __tablename__ = "job_events"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(16))
    state: Mapped[JobState] = mapped_column(_state_column())
    detail: Mapped[JsonObject] = mapped_column(Json, default=dict)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=database_now())

    # AUTOINCREMENT: an id that a client remembers as its last one is never given out again.
    __table_args__ = (Index(None, "job_id", "id"), {"sqlite_autoincrement": True})
