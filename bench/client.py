"""A client that takes little of the processors that are measured: less than half of what a comfortable one takes."""

from __future__ import annotations

import json
import threading
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

# The server closes a connection that is not used for 5 seconds.
_IDLE_SECONDS = 3


class Client:
    """Sends requests to one server, over a connection that each thread keeps. Raises SystemExit for an error."""

    def __init__(self, url: str, *, timeout: float = 60) -> None:
        self._netloc = urlsplit(url).netloc
        self._timeout = timeout
        self._threads = threading.local()

    def post(self, path: str, body: bytes, media_type: str = "application/json", **headers: str) -> None:
        """Send the body; the answer is read and dropped."""
        self._request("POST", path, body, {"Content-Type": media_type, **headers})

    def get(self, path: str) -> Any:
        """The JSON of the answer."""
        return json.loads(self._request("GET", path))

    def _request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        mine = self._threads
        if time.monotonic() > getattr(mine, "usable_until", 0):
            mine.connection = HTTPConnection(self._netloc, timeout=self._timeout)
        connection: HTTPConnection = mine.connection
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        answer = response.read()
        mine.usable_until = time.monotonic() + _IDLE_SECONDS
        if response.status >= 400:
            raise SystemExit(f"bench: {method} {path}: {response.status} {answer[:200]!r}")
        return answer
