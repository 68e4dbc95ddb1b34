"""How Celery and Redis are used."""

from typing import Any

import models
from worker.settings import WorkerSettings


def configuration(settings: WorkerSettings) -> dict[str, Any]:
    """Celery's settings. They keep one promise: whatever dies, the job's message or row brings the job back."""
    return {
        "broker_url": settings.redis_url,
        "task_default_queue": models.QUEUE,
        # Clients read the database; a result backend would only leak connections and keys.
        "result_backend": None,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        # A message is taken off only when its job has moved on; a killed child's message goes back at once. The
        # attempts counted in the database end what would otherwise loop.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_soft_time_limit": settings.soft_time_limit,
        "task_time_limit": settings.hard_time_limit,
        # A run goes on while Redis is away: its result is stored in the database, guarded by the job's token.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        "worker_max_memory_per_child": settings.worker_max_memory_kib,
        # A fresh interpreter (where processes are not forked) loads the extractor, which outlasts the usual 4 s.
        "worker_proc_alive_timeout": 60,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
        "worker_send_task_events": False,
        "worker_consumer": "worker.consumer:LastingConsumer",
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        # Redis without memory refuses to note what it has handed out; a worker that ended then would help nobody.
        "broker_channel_error_retry": True,
        "broker_pool_acquire_timeout": 2,
        "broker_transport_options": {
            "visibility_timeout": settings.visibility_timeout,
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
            "health_check_interval": 25,
            "unacked_restore_throttle": 1,
        },
    }
