"""What surrounds every request: its id, its log line, its deadline, and an answer when all else fails.

A plain ASGI middleware. A request that is stuck (a frozen database, a full thread pool) is answered with 503 once
its deadline has passed, while the work behind it is left to end by itself: a thread cannot be stopped.
"""

import asyncio
import logging
import re
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import tracing
from api.identifiers import is_id
from api.logs import current_request, logger
from api.problems import INTERNAL_ERROR, OVERLOADED, ProblemError, problem_response
from api.request_metrics import METHODS, RequestMetrics

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
# A client that is still sending when the answer goes out would lose the answer to a connection reset, so the rest
# of its body is read and dropped: a short one first, so that the connection can go on, of a long one what comes in a
# moment after the answer, and then the connection is closed.
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 16 * 1024 * 1024
_SHORT_SECONDS = 1.0
_SHORT_BYTES = 64 * 1024


class Deadline:
    """The moment until which a response must have begun."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def extend(self, seconds: float) -> None:
        """Allow for a time that the client asked for, or spent itself."""
        self._at += seconds

    def remaining(self) -> float:
        return self._at - time.monotonic()


def request_id(scope: MutableMapping[str, Any]) -> str:
    """The id of the request, as sent in ``X-Request-Id``."""
    return str(scope["state"]["request_id"])


def deadline(scope: MutableMapping[str, Any]) -> Deadline:
    """The deadline of the request, to be extended by what may rightly take longer."""
    found = scope["state"]["deadline"]
    assert isinstance(found, Deadline)
    return found


def is_head(scope: MutableMapping[str, Any]) -> bool:
    """Whether the request was sent as HEAD; its method in the scope is GET."""
    return bool(scope["state"]["head"])


def concerns(scope: MutableMapping[str, Any], **ids: object) -> None:
    """Name what the request made, for its log line and its span: ``job_id``, ``article_id``, ``batch_id``."""
    scope["state"]["concerns"].update(ids)


class ExchangeMiddleware:
    """Wraps the application; ``timeout`` is in seconds, without the time spent waiting for the client's body."""

    def __init__(self, app: ASGIApp, *, timeout: float, metrics: RequestMetrics) -> None:
        self._app = app
        self._metrics = metrics
        self._timeout = timeout
        self._abandoned: set[asyncio.Future[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self._timeout)
        current_request.set(exchange.request_id)
        with tracing.span("request", tracing.Kind.SERVER, parent=Headers(scope=scope)):
            try:
                await self._answer(exchange)
            finally:
                exchange.log()
                exchange.measure(self._metrics)
                exchange.trace()

    async def _answer(self, exchange: "_Exchange") -> None:
        task = asyncio.ensure_future(self._app(exchange.scope, exchange.receive, exchange.send))
        try:
            while not task.done() and not exchange.started and exchange.deadline.remaining() > 0:
                await asyncio.wait({task}, timeout=exchange.deadline.remaining())
            if not task.done() and not exchange.started:
                self._abandoned.add(task)
                task.add_done_callback(self._forget)
                await exchange.answer_instead(ProblemError(OVERLOADED, _TOO_LATE, headers=_RETRY))
            else:
                await task
        except asyncio.CancelledError:
            task.cancel()
            raise
        except ClientDisconnect:
            exchange.status = 499
        except Exception:  # noqa: BLE001 (the last place that can answer; it logs the error)
            logger.exception("unexpected error")
            await exchange.answer_instead(ProblemError(INTERNAL_ERROR, "The error has been logged."))

    def _forget(self, task: "asyncio.Future[None]") -> None:
        self._abandoned.discard(task)
        if not task.cancelled():
            task.exception()


_RETRY = {"Retry-After": "5"}
_TOO_LATE = "There was no answer in time. The request may still take effect; sending it again does no harm."


class _Exchange:
    """One request and its response."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, timeout: float) -> None:
        self.scope = dict(scope)
        self.deadline = Deadline(timeout)
        self.request_id = _request_id(scope)
        self.started = False
        self.status = 0
        self._method = str(scope["method"])
        self._began = time.monotonic()
        self._receive = receive
        self._send = send
        self._abandoned = False
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        self._unread = b"transfer-encoding" in headers or length != b"0"
        self._short = b"transfer-encoding" not in headers and length.isdigit() and int(length[:9]) <= _SHORT_BYTES
        self._lingers = b"expect" not in headers
        self.scope["state"] = {
            **scope.get("state", {}),
            "request_id": self.request_id,
            "deadline": self.deadline,
            "head": self._method == "HEAD",
            "concerns": {},
        }
        if self._method == "HEAD":
            self.scope["method"] = "GET"

    async def receive(self) -> Message:
        began = time.monotonic()
        try:
            message = await self._receive()
        finally:
            self.deadline.extend(time.monotonic() - began)
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            self._unread = False
        return message

    async def send(self, message: Message) -> None:
        """What the application sends; dropped once it has been given up."""
        if not self._abandoned:
            await self._forward(message)

    async def _forward(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            self.status = message["status"]
            if self._unread and self._short and self._lingers:
                await self._drop_the_rest(_SHORT_SECONDS, _SHORT_BYTES)
            headers = [
                *message.get("headers", []),
                (b"x-request-id", self.request_id.encode()),
                (b"x-content-type-options", b"nosniff"),
                *([(b"connection", b"close")] if self._unread else []),
            ]
            await self._send({**message, "headers": headers})
            return
        body = b"" if self._method == "HEAD" else message.get("body", b"")
        more = message.get("more_body", False)
        if not more and self._unread and self._lingers:
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
            await self._drop_the_rest(_LINGER_SECONDS, _LINGER_BYTES)
            body = b""
        await self._send({"type": "http.response.body", "body": body, "more_body": more})

    async def answer_instead(self, error: ProblemError) -> None:
        """Send a problem in place of the application, which is not listened to any more."""
        self._abandoned = True
        if not self.started:
            await problem_response(error, self.request_id)(self.scope, self.receive, self._forward)

    async def _drop_the_rest(self, seconds: float, limit: int) -> None:
        dropped = 0
        try:
            async with asyncio.timeout(seconds):
                while self._unread and dropped < limit:
                    dropped += len((await self.receive()).get("body", b""))
        except TimeoutError:
            pass

    def log(self) -> None:
        """The access log line; neither the query nor any header is part of it."""
        fields = {
            "method": self._method,
            "path": self.scope["path"][:200],
            "status": self.status,
            "milliseconds": round((time.monotonic() - self._began) * 1000, 1),
            "client": (self.scope.get("client") or [None])[0],
            "key_id": self.scope["state"].get("key_id"),
            **self._ids,
        }
        logger.log(logging.INFO, "request", extra={"fields": fields})

    def measure(self, metrics: RequestMetrics) -> None:
        """Count the request under the template of its route, so that ids in paths make no series of their own."""
        metrics.record(self._method, self._route, self.status, time.monotonic() - self._began)

    def trace(self) -> None:
        """Tell the span what it was about, without the path, which may hold anything, and the query."""
        method = self._method if self._method in METHODS else "_OTHER"
        attributes = {
            "http.request.method": method,
            "http.route": self._route or None,
            "http.response.status_code": self.status or None,
            "tally.request_id": self.request_id,
            **{f"tally.{name}": value for name, value in self._ids.items()},
        }
        error = str(self.status) if self.status >= 500 else None
        tracing.describe(attributes, name=f"{method} {self._route}".strip(), error=error)

    @property
    def _route(self) -> str:
        return str(getattr(self.scope.get("route"), "path", ""))

    @property
    def _ids(self) -> dict[str, object]:
        """What the path names and what the request made; unknown ids are none."""
        named = {name: value for name, value in self.scope.get("path_params", {}).items() if is_id(value)}
        return {**named, **self.scope["state"]["concerns"]}


def _request_id(scope: Scope) -> str:
    given: bytes = dict(scope["headers"]).get(b"x-request-id", b"")
    return given.decode("ascii") if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
