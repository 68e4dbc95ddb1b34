"""Metrics for Prometheus: the requests of this process, and of the whole service what the database knows."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.responses import Response

from api.auth import Reader
from api.claim_schemas import Kind
from api.dependencies import ServicesDep
from models.job import TERMINAL
from models.metrics import (
    CLAIMS,
    DELIVERIES,
    EXTRACTION_BOUNDS,
    EXTRACTION_BUCKET,
    EXTRACTION_SECONDS,
    JOBS_ENDED,
    RETRIES,
    SWEEPER,
    read_counters,
)
from models.queries import Backlog, backlog
from models.session import DatabaseUnavailable, run_query

router = APIRouter(tags=["health"])

_COUNTERS = (
    (JOBS_ENDED, "tally_jobs_ended", "Jobs that ended", "state"),
    (CLAIMS, "tally_claims", "Claims that were extracted and stored", "kind"),
    (RETRIES, "tally_job_retries", "Jobs that a worker put back after a failed attempt", None),
    (SWEEPER, "tally_sweeper_actions", "Jobs that the sweeper moved or published again", "action"),
    (DELIVERIES, "tally_webhook_attempts", "Attempts to deliver to webhooks", "outcome"),
)
# Shown from the start, as 0: increase() does not see the first event of a series that begins with it.
_LABELS = {
    JOBS_ENDED: sorted(state.value for state in TERMINAL),
    CLAIMS: get_args(Kind),
    SWEEPER: ("requeued", "failed", "republished"),
    DELIVERIES: ("delivered", "retried", "dead"),
}


class StoredMetrics(Collector):
    """The counters and the queue as they are in the database now."""

    def __init__(self, counters: dict[str, dict[str, float]], waiting: Backlog) -> None:
        self._counters = counters
        self._waiting = waiting

    def collect(self) -> Iterator[Metric]:
        oldest = self._waiting.oldest_queued_at
        age = max(0.0, (datetime.now(UTC) - oldest).total_seconds()) if oldest else 0.0
        yield GaugeMetricFamily("tally_queue_jobs", "Jobs that wait for a worker", self._waiting.queued)
        yield GaugeMetricFamily("tally_running_jobs", "Jobs that workers hold", self._waiting.running)
        yield GaugeMetricFamily("tally_queue_oldest_seconds", "Age of the oldest queued job, 0 if none waits", age)
        yield GaugeMetricFamily("tally_webhook_pending", "Deliveries that are not ended yet", self._waiting.deliveries)
        for name, shown, text, label in _COUNTERS:
            values = self._counters.get(name, {})
            if label is None:
                yield CounterMetricFamily(shown, text, values.get("", 0.0))
                continue
            family = CounterMetricFamily(shown, text, labels=[label])
            for value, number in sorted({**dict.fromkeys(_LABELS[name], 0.0), **values}.items()):
                family.add_metric([value], number)
            yield family
        yield self._extraction()

    def _extraction(self) -> HistogramMetricFamily:
        found = self._counters.get(EXTRACTION_BUCKET, {})
        below, buckets = 0.0, []
        for bound in EXTRACTION_BOUNDS:
            below += found.get(bound, 0.0)
            buckets.append((bound, below))
        seconds = self._counters.get(EXTRACTION_SECONDS, {}).get("", 0.0)
        return HistogramMetricFamily(
            "tally_extraction_seconds", "Time of the extractions that succeeded", buckets=buckets, sum_value=seconds
        )


@router.get(
    "/metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(services: ServicesDep, _: Reader) -> Response:
    """In Prometheus' text format. Without the database only what this process knows, and `tally_database_up 0`.

    Likewise `tally_redis_up 0` without Redis, which alone knows the workers.
    """
    registry = CollectorRegistry()
    try:
        stored = run_query(
            services.sessions, lambda session: StoredMetrics(read_counters(session), backlog(session)), attempts=1
        )
    except DatabaseUnavailable:
        up = False
    else:
        up = True
        registry.register(stored)
    Gauge("tally_database_up", "Whether the database answered", registry=registry).set(up)
    workers = services.publisher.workers()
    Gauge("tally_redis_up", "Whether Redis answered", registry=registry).set(workers is not None)
    if workers is not None:
        Gauge("tally_workers", "Workers that were seen lately", registry=registry).set(workers)
    content = generate_latest(services.metrics.registry) + generate_latest(registry)
    return Response(content, headers={"Cache-Control": "no-store", "Content-Type": CONTENT_TYPE_LATEST})
