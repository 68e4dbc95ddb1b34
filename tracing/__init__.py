"""Optional spans: one for each request and one for each job with its steps, joined to the trace of the request.

Off until ``OTEL_EXPORTER_OTLP_ENDPOINT`` says where spans go: nothing of the OpenTelemetry SDK is imported before, and
every function here returns at once. Sampling, time-outs, headers and the rest are read by the SDK itself from its own
variables. Attributes are ids, counts and names that the caller chooses; messages of exceptions, which may quote an
article, are never part of a span.
"""

import logging
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

_log = logging.getLogger("tally.tracing")

Kind = trace.SpanKind

# The part of W3C Trace Context that joins spans; `tracestate` may be long and baggage may say anything.
_HEADER = "traceparent"
_PROPAGATOR = TraceContextTextMapPropagator()
# What a process that stops may spend on sending its last spans.
_STOP_SECONDS = 2.0

_begun = False
_provider: "TracerProvider | None" = None
_tracer: trace.Tracer | None = None


class Carrier(Protocol):
    """Headers of a request or of a message."""

    def get(self, name: str, /) -> object:
        """The value of a header, None where there is none."""


def start(service: str) -> None:
    """Send the spans of this process, and of those that it forks, if the environment names a collector.

    ``service`` is the name of the process where the environment gives none. What stands in the way is logged as one
    warning and the process goes on without spans: watching must not keep the watched from running.
    """
    global _begun, _provider, _tracer
    if _begun:
        return
    _begun = True
    endpoint = _setting("ENDPOINT")
    if endpoint is None or _is("OTEL_SDK_DISABLED", "true") or _is("OTEL_TRACES_EXPORTER", "none"):
        return
    try:
        _check(endpoint)
        _provider = _sending_provider(service)
    except ImportError:
        _log.warning("No spans are sent: OpenTelemetry is not installed (pip install 'tally[otel]')")
    except ValueError as error:
        _log.warning("No spans are sent: %s", error)
    else:
        _tracer = _provider.get_tracer("tally", version("tally"))


def stop() -> None:
    """Send what has not been sent yet, for two seconds at most; the process makes no spans after it."""
    global _provider, _tracer
    stopping, _provider, _tracer = _provider, None, None
    if stopping is not None:
        # The SDK itself would wait for a dead collector for half a minute.
        thread = threading.Thread(target=stopping.shutdown, daemon=True)
        thread.start()
        thread.join(_STOP_SECONDS)


@contextmanager
def span(name: str, kind: Kind = Kind.INTERNAL, *, parent: Carrier | None = None) -> Iterator[None]:
    """A span around a block, below the current one, or below that which the headers of ``parent`` name, if they do.

    An exception that leaves the block marks the span as failed, with its type alone.
    """
    if _tracer is None:
        yield
        return
    context = None if parent is None else _remote(parent)
    with _tracer.start_as_current_span(name, context, kind, record_exception=False, set_status_on_exception=False):
        try:
            yield
        except BaseException as error:
            describe({}, error=type(error).__name__)
            raise


def describe(attributes: Mapping[str, object], *, name: str | None = None, error: str | None = None) -> None:
    """Add to the current span; None is left out and ids become text. ``error`` marks it as failed for this reason."""
    if _tracer is None:
        return
    current = trace.get_current_span()
    for key, value in attributes.items():
        if value is not None:
            current.set_attribute(key, value if isinstance(value, (bool, int, float)) else str(value))
    if name is not None:
        current.update_name(name)
    if error is not None:
        current.set_attribute("error.type", error)
        current.set_status(trace.StatusCode.ERROR)


def headers() -> dict[str, str]:
    """What a message carries so that its receiver's spans join the current trace; empty where there is none."""
    carrier: dict[str, str] = {}
    if _tracer is not None:
        _PROPAGATOR.inject(carrier)
    return carrier


def _remote(parent: Carrier) -> Context:
    value = parent.get(_HEADER)
    return _PROPAGATOR.extract({_HEADER: value} if isinstance(value, str) else {}, Context())


def _sending_provider(service: str) -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create()
    if str(resource.attributes[SERVICE_NAME]).startswith("unknown_service"):
        resource = resource.merge(Resource({SERVICE_NAME: service}))
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    # A line for each batch that was given up is enough; each try that failed would be a line of its own.
    logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)
    return provider


def _check(endpoint: str) -> None:
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("OTEL_EXPORTER_OTLP_ENDPOINT must begin with http:// or https:// and name a host")
    if _setting("PROTOCOL") not in (None, "http/protobuf"):
        raise ValueError("OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf")


def _setting(name: str) -> str | None:
    """A setting of the exporter: the variable for traces, else that for all signals, None when neither is set."""
    return os.environ.get(f"OTEL_EXPORTER_OTLP_TRACES_{name}") or os.environ.get(f"OTEL_EXPORTER_OTLP_{name}") or None


def _is(variable: str, value: str) -> bool:
    return os.environ.get(variable, "").strip().lower() == value
