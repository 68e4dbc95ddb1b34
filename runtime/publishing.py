"""Telling the workers that jobs wait: one small message per job, never the job itself."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from celery import Celery

import tracing
from models.messages import QUEUE, TASK_EXTRACT


def send(app: Celery, producer: Any, job_ids: Iterable[UUID]) -> None:
    """Send each job's id, many in one write.

    Nothing is tried twice: whatever Celery or Redis raise is raised, and some of the messages may then be sent.
    """
    headers = tracing.headers()
    with producer.batch():
        for job_id in job_ids:
            app.send_task(
                TASK_EXTRACT,
                args=[str(job_id)],
                queue=QUEUE,
                producer=producer,
                headers=headers,
                retry=False,
                ignore_result=True,
            )
