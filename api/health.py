"""Is the process up, and can it do its work."""

import time
from datetime import UTC, datetime
from typing import Any, Literal

import anyio
import anyio.to_thread
from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.dependencies import Services, ServicesDep
from api.logs import logger
from api.pagination import json_response
from migrations import is_current
from models.queries import oldest_queued_at, queue_depth
from models.session import run_query

router = APIRouter(prefix="/health", tags=["health"])

_CHECK_SECONDS = 3.0


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Checks(BaseModel):
    """What was looked at."""

    database: bool = Field(description="the database answers")
    migrations: bool = Field(description="its schema is the one of this version")
    redis: bool = Field(description="Redis answers")


class QueueHealth(BaseModel):
    """What waits for a worker; null when the database does not answer."""

    queued: int | None
    oldest_seconds: float | None = Field(description="age of the oldest queued job")


class Readiness(BaseModel):
    """Whether requests can be served, and what is wrong."""

    status: Literal["ready", "degraded", "unavailable"]
    checks: Checks
    queue: QueueHealth
    workers: int | None = Field(description="workers that were seen lately; null when Redis does not answer")


@router.get("/live", response_model=Alive, summary="Is the process up")
async def live() -> Response:
    """Answers as long as the process runs; it looks at nothing else."""
    return json_response({"status": "ok"})


@router.get(
    "/ready",
    response_model=Readiness,
    summary="Can requests be served",
    responses={503: {"model": Readiness, "description": "The database is out of reach, or not migrated"}},
)
async def ready(services: ServicesDep) -> Response:
    """`ready`, or `degraded` while Redis does not answer, both with 200; `unavailable` with 503.

    A degraded service should still get traffic: articles are stored and answered with 202 as ever, everything stored
    can be read, and the jobs start once Redis is back, because sweepers publish again what was never announced.
    Without workers it stays `ready`, because accepted articles wait for them; `workers` and `queue` tell of them.
    Without the database, or with a schema of another version, nothing can be served.
    """
    state: dict[str, Any] = dict.fromkeys(("redis", "database", "migrations"), False)
    state |= dict.fromkeys(("queued", "oldest", "workers"))
    with anyio.move_on_after(min(_CHECK_SECONDS, services.settings.request_timeout * 0.8)):
        async with anyio.create_task_group() as group:
            group.start_soon(_run, _check_redis, services, state)
            group.start_soon(_run, _check_database, services, state)
    able = state["database"] and state["migrations"]
    body = {
        "status": ("ready" if state["redis"] else "degraded") if able else "unavailable",
        "checks": {name: state[name] for name in ("database", "migrations", "redis")},
        "queue": {"queued": state["queued"], "oldest_seconds": state["oldest"]},
        "workers": state["workers"],
    }
    headers = {"Cache-Control": "no-store", **({} if able else {"Retry-After": "5"})}
    return json_response(body, status=200 if able else 503, headers=headers)


async def _run(check: Any, services: Services, state: dict[str, Any]) -> None:
    # A thread that hangs on a frozen server is left behind; the limiter keeps such threads few, and apart from those
    # that serve requests.
    await anyio.to_thread.run_sync(check, services, state, abandon_on_cancel=True, limiter=services.health_threads)


def _check_redis(services: Services, state: dict[str, Any]) -> None:
    state["workers"] = services.publisher.workers()
    state["redis"] = state["workers"] is not None


def _check_database(services: Services, state: dict[str, Any]) -> None:
    began = time.monotonic()
    try:
        state["migrations"] = is_current(services.engine)
        state["database"] = True
        if state["migrations"]:
            state["queued"] = run_query(services.sessions, queue_depth, attempts=1)
            oldest = run_query(services.sessions, oldest_queued_at, attempts=1)
            state["oldest"] = round(max(0.0, (datetime.now(UTC) - oldest).total_seconds()), 1) if oldest else None
    except Exception as error:  # noqa: BLE001 (whatever is wrong, this is the place to say so)
        fields = {"error": type(error).__name__, "seconds": round(time.monotonic() - began, 1)}
        logger.warning("the database is not ready", extra={"fields": fields})
        state["database"] = state["migrations"] = False
