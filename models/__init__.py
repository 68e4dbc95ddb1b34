"""Tables, the job state machine and queries: what is stored, and every way in which it changes."""

from models.api_key import ApiKey
from models.article import Article
from models.base import Base
from models.batch import Batch, BatchItem
from models.claim import Claim
from models.idempotency import IdempotencyKey
from models.job import TERMINAL, Job, JobEvent, JobState
from models.messages import QUEUE, TASK_EXTRACT, pipeline_id
from models.metrics import StoredCounter
from models.session import (
    DatabaseUnavailable,
    Sessions,
    create_database_engine,
    create_sessions,
    is_unavailable,
    run_query,
    run_transaction,
)
from models.submission import NewArticle, Submission, submit_article, submit_articles, submit_batch
from models.webhook import Webhook, WebhookDelivery

__all__ = [
    "QUEUE",
    "TASK_EXTRACT",
    "TERMINAL",
    "ApiKey",
    "Article",
    "Base",
    "Batch",
    "BatchItem",
    "Claim",
    "DatabaseUnavailable",
    "IdempotencyKey",
    "Job",
    "JobEvent",
    "JobState",
    "NewArticle",
    "Sessions",
    "StoredCounter",
    "Submission",
    "Webhook",
    "WebhookDelivery",
    "create_database_engine",
    "create_sessions",
    "is_unavailable",
    "pipeline_id",
    "run_query",
    "run_transaction",
    "submit_article",
    "submit_articles",
    "submit_batch",
]
