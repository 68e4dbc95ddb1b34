"""What happens on a connection before there is a request: bounds, and problems instead of uvicorn's plain text."""

import asyncio
import resource
import secrets
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import BAD_REQUEST, OVERLOADED, ProblemError, problem_response
from api.settings import Settings

# Connections beyond those that may wait for jobs, for everything else.
_OTHER_CONNECTIONS = 1000
# Files that are no connections of clients.
_OTHER_FILES = 100
_BROKEN = (
    "This is no valid HTTP request. Percent-encode all characters of the URL beyond ASCII and spaces, "
    "and keep its line and headers below 16 KiB."
)


def bounded_protocol(settings: Settings) -> type[asyncio.Protocol]:
    """The protocol class for uvicorn. It raises this process's limit on open files as far as connections need it."""
    wanted = settings.max_waiting + settings.max_streams + _OTHER_CONNECTIONS
    most = min(wanted, _files(wanted + _OTHER_FILES) - _OTHER_FILES)

    class BoundedProtocol(_BoundedProtocol):
        head_seconds = settings.body_timeout
        most_connections = max(1, most)

    return BoundedProtocol


class _BoundedProtocol(H11Protocol):
    """Ends a connection that brings no whole head of a request in time, and refuses one too many."""

    head_seconds: float
    most_connections: int
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        if len(self.connections) > self.most_connections:
            detail = "There are too many connections. Try again later."
            self._refuse(ProblemError(OVERLOADED, detail, headers={"Retry-After": "5"}))
        else:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._await_head()

    def send_400_response(self, msg: str) -> None:
        self._refuse(ProblemError(BAD_REQUEST, _BROKEN))

    def _await_head(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(self.head_seconds, self._end_without_head)

    def _end_without_head(self) -> None:
        # What comes after the head has bounds of its own.
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()

    def _refuse(self, error: ProblemError) -> None:
        """Answer, where no response has begun, and end the connection."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            request_id = secrets.token_hex(8)
            answer = problem_response(error, request_id)
            headers = [*answer.raw_headers, (b"x-request-id", request_id.encode()), (b"connection", b"close")]
            for event in (
                h11.Response(status_code=answer.status_code, headers=headers),
                h11.Data(data=bytes(answer.body)),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def _files(wanted: int) -> int:
    """How many files this process may open; the soft limit is raised to what is wanted where that is allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return wanted
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
