"""The most frequent submission: one article that nobody has sent before, in a single statement on PostgreSQL.

Article, job and event take a statement each otherwise, and the round trips are most of what a submission costs.
SQLite has no such statement: it knows no INSERT inside a WITH.
"""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, Text, Uuid, bindparam, literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from models.article import Article
from models.job import Job, JobEvent, JobState

_ARTICLES, _JOBS, _EVENTS = (cast(Table, entity.__table__) for entity in (Article, Job, JobEvent))
_QUEUED = literal(JobState.QUEUED, _JOBS.c.state.type)
# Defaults of the models are not filled in where a statement is part of another one.
_stored = (
    insert(_ARTICLES)
    .values(
        {
            column.name: bindparam(Article.__mapper__.get_property_by_column(column).key, type_=column.type)
            for column in _ARTICLES.columns
            if column.name != "created_at"
        }
    )
    .on_conflict_do_nothing(index_elements=["text_sha256"])
    .returning(_ARTICLES.c.id)
    .cte("stored")
)
_begun = (
    insert(_JOBS)
    .from_select(
        ["id", "article_id", "pipeline", "state", "attempts", "sentences_done"],
        select(
            bindparam("job_id", type_=Uuid()),
            _stored.c.id,
            bindparam("pipeline", type_=Text()),
            _QUEUED,
            literal(0),
            literal(0),
        ),
    )
    .returning(_JOBS)
    .cte("begun")
)
_told = insert(_EVENTS).from_select(
    ["job_id", "type", "state", "detail"],
    select(_begun.c.id, literal("state"), _QUEUED, literal({}, _EVENTS.c.detail.type)),
)
_SUBMIT = select(aliased(Job, _begun)).add_cte(_told.cte("told"))


def submit_first(session: Session, article: dict[str, Any], pipeline: str) -> Job | None:
    """The queued job of an article that was not there before; None, and nothing stored, where its text was.

    ``article`` has a value for each attribute of `Article` but its time. For PostgreSQL only.
    """
    return session.scalars(_SUBMIT, {**article, "job_id": uuid4(), "pipeline": pipeline}).one_or_none()
