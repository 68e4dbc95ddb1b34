"""What this process measures of the requests that it answers."""

from prometheus_client import CollectorRegistry, Counter, Histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class RequestMetrics:
    """Counts and times by route template. Paths that no route knows share one name, so that nobody can add series."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._count = Counter(
            "tally_http_requests",
            "Requests that were answered; status 499: the client left first",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "tally_http_request_seconds",
            "Time until a response had been sent, waiting included (long polls, event streams)",
            ["method", "route"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def record(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; an empty route stands for paths that nothing answers to."""
        method, route = method if method in METHODS else "other", route or "none"
        self._count.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)
