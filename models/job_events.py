"""Writing the events of jobs: one row for each move, in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from models.base import JsonObject
from models.job import TERMINAL, JobEvent, JobState

# On the table: what the ORM does for each row of a bulk insert is not needed.
_INSERT = insert(cast(Table, JobEvent.__table__))


def job_event(job_id: UUID, state: JobState, detail: JsonObject, type_: str | None = None) -> JsonObject:
    """A row of the events."""
    kind = type_ or ("done" if state in TERMINAL else "state")
    return {"job_id": job_id, "type": kind, "state": state, "detail": detail}


def record(session: Session, events: Iterable[JsonObject]) -> None:
    """Write rows made by `job_event`, in their order."""
    if rows := list(events):
        session.execute(_INSERT, rows)


def record_all(session: Session, job_ids: Sequence[UUID], state: JobState, detail: JsonObject) -> None:
    """The same event for several jobs."""
    record(session, (job_event(job_id, state, detail) for job_id in job_ids))
