"""What a worker does with groups, for one job: ending it, and storing the claims of its article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.article import Article
from models.base import database_now
from models.claim_store import result_set, store_result_sets
from models.job import Job
from models.job_results import JobResult, finish_jobs


def finish_job(session: Session, job_id: UUID, token: UUID, *, claims_count: int, sentences: int | None = None) -> bool:
    """running -> succeeded; False when the job is no longer held under the token."""
    return bool(finish_jobs(session, token, [JobResult(job_id, claims_count, sentences)]))


def store_claims(session: Session, job_id: UUID, pipeline: str, claims: Sequence[Mapping[str, Any]]) -> int:
    """Store the claims of a job's article and return how many. Storing twice violates a unique constraint."""
    article = session.get_one(Article, session.get_one(Job, job_id).article_id)
    found = result_set(article, job_id, pipeline, claims)
    store_result_sets(session, [found], session.scalars(select(database_now())).one())
    return len(found.rows)
