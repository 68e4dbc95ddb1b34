"""What the API sends, as pydantic models: jobs, articles, batches. Claims are in :mod:`api.claim_schemas`."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from models.article import Article
from models.job import TERMINAL, Job, JobState
from models.queries import BatchProgress


class JobProgress(BaseModel):
    """How far a job is; the total is null until it has started."""

    sentences_done: int
    sentences_total: int | None


class JobLinks(BaseModel):
    """Where to go on from a job."""

    self: str
    article: str
    claims: str


class JobError(BaseModel):
    """Why a job failed: problem details (RFC 9457), whose `type` is a URN."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    detail: str | None = None
    status: int | None = None


class JobOut(BaseModel):
    """The extraction of one article."""

    model_config = ConfigDict(title="Job")

    id: UUID
    state: JobState
    done: bool = Field(description="whether the job has ended: succeeded, failed or cancelled")
    attempts: int = Field(description="how often a worker has begun")
    progress: JobProgress
    article_id: UUID
    claims_count: int | None = Field(description="null until the job has succeeded")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    error: JobError | None = Field(description="why the job failed, or why its last attempt did")
    links: JobLinks


class SubmittedJobOut(JobOut):
    """The answer to a submission: the job, and whether the article was known already."""

    model_config = ConfigDict(title="SubmittedJob")

    duplicate: bool


class JobList(BaseModel):
    items: list[JobOut]
    next: str | None = Field(description="cursor of the next page, null on the last")


class ArticleLinks(BaseModel):
    """Where to go on from an article."""

    self: str
    claims: str
    jobs: str


class ArticleOut(BaseModel):
    """An article without its text."""

    model_config = ConfigDict(title="Article")

    id: UUID
    title: str | None
    url: str | None
    published_at: datetime | None
    publisher: str | None
    country: str | None
    language: str
    external_id: str | None
    metadata: dict[str, Any]
    opening: str = Field(description="first line of the text, cut off after 120 characters")
    characters: int = Field(description="length of the text in Unicode code points")
    created_at: datetime
    links: ArticleLinks


class ArticleWithText(ArticleOut):
    """An article with the text that all offsets refer to."""

    model_config = ConfigDict(title="ArticleWithText")

    text: str


class ArticleList(BaseModel):
    items: list[ArticleOut]
    next: str | None = Field(description="cursor of the next page, null on the last")


class LineProblem(BaseModel):
    """A problem with one line of a batch."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None


class RejectedLine(BaseModel):
    """A line of a batch that was not accepted; lines (or members of `articles`) count from 1."""

    line: int
    problem: LineProblem


class StateCounts(BaseModel):
    """The accepted lines of a batch by the state of their job."""

    queued: int
    running: int
    succeeded: int
    failed: int
    cancelled: int


class BatchJobProgress(BaseModel):
    """How many of a batch's jobs have ended."""

    jobs_done: int
    jobs_total: int


class BatchLinks(BaseModel):
    """Where to go on from a batch."""

    self: str
    jobs: str
    claims: str


class BatchOut(BaseModel):
    """Many articles that were submitted together."""

    model_config = ConfigDict(title="Batch")

    id: UUID
    done: bool = Field(description="whether all jobs of the batch have ended")
    accepted: int = Field(description="lines that have a job, duplicates among them")
    duplicates: int
    counts: StateCounts
    erased: int = Field(description="accepted lines whose article has been erased since")
    progress: BatchJobProgress
    claims_count: int
    rejected: list[RejectedLine]
    created_at: datetime
    links: BatchLinks


def job_out(job: Job) -> dict[str, Any]:
    """The job as JSON."""
    return JobOut.model_validate(_job_fields(job)).model_dump(mode="json")


def submitted_job_out(job: Job, *, duplicate: bool) -> dict[str, Any]:
    """The job as JSON, in the answer to a submission."""
    return SubmittedJobOut.model_validate({**_job_fields(job), "duplicate": duplicate}).model_dump(mode="json")


def article_out(article: Article, *, with_text: bool = False) -> dict[str, Any]:
    """The article as JSON."""
    fields = {
        **{name: getattr(article, name) for name in ArticleOut.model_fields if name not in ("links", "metadata")},
        "metadata": article.extra,
        "links": {
            "self": f"/v1/articles/{article.id}",
            "claims": f"/v1/articles/{article.id}/claims",
            "jobs": f"/v1/jobs?article_id={article.id}",
        },
    }
    if with_text:
        return ArticleWithText.model_validate({**fields, "text": article.text}).model_dump(mode="json")
    return ArticleOut.model_validate(fields).model_dump(mode="json")


def batch_out(progress: BatchProgress) -> dict[str, Any]:
    """The batch as JSON."""
    batch, states = progress.batch, progress.states
    total = sum(states.values())
    fields = {
        "id": batch.id,
        "done": progress.done,
        "accepted": batch.accepted,
        "duplicates": batch.duplicates,
        "counts": {state.value: count for state, count in states.items()},
        "erased": progress.erased,
        "progress": {"jobs_done": sum(states[state] for state in TERMINAL), "jobs_total": total},
        "claims_count": progress.claims_count,
        "rejected": batch.rejected,
        "created_at": batch.created_at,
        "links": {
            "self": f"/v1/batches/{batch.id}",
            "jobs": f"/v1/jobs?batch_id={batch.id}",
            "claims": f"/v1/claims?batch_id={batch.id}",
        },
    }
    # `errors` is left out of a problem that has none, as in every other problem.
    return BatchOut.model_validate(fields).model_dump(mode="json", exclude_unset=True)


def _job_fields(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "state": job.state,
        "done": job.state in TERMINAL,
        "attempts": job.attempts,
        "progress": {"sentences_done": job.sentences_done, "sentences_total": job.sentences_total},
        "article_id": job.article_id,
        "claims_count": job.claims_count,
        "created_at": job.created_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
        "error": job.error,
        "links": {
            "self": f"/v1/jobs/{job.id}",
            "article": f"/v1/articles/{job.article_id}",
            "claims": f"/v1/articles/{job.article_id}/claims",
        },
    }
