"""Talking to a Tally server over HTTP."""

import math
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import Any, Self

import httpx

from cli.errors import CommandError, complain

_PAGE = 500
# Between two tries while the queue is full.
_LONGEST_PAUSE = 30
# What a server that is busy with others answers. Sending again is harmless: what was stored is a duplicate.
_OVERLOADED = b"/problems/overloaded"
_PASSING = (b"/problems/queue-full", b"/problems/articles-in-flight", _OVERLOADED)


class Client:
    """A server's API. Every error is a ``CommandError`` that says what the server said."""

    def __init__(self, server: str, *, key: str | None = None) -> None:
        """``key`` is the API key (default: TALLY_API_KEY)."""
        self._server = server.rstrip("/")
        key = (key or os.environ.get("TALLY_API_KEY") or "").strip()
        if not all("!" <= letter <= "~" for letter in key):
            raise CommandError("TALLY_API_KEY holds a character that no key has, such as a space or a line break")
        headers = {"Accept": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        try:
            # A server that was named is reached directly, whatever proxy the environment names for the web.
            self._http = httpx.Client(base_url=self._server, headers=headers, timeout=40, trust_env=False)
        except (httpx.InvalidURL, ValueError) as error:
            raise CommandError(f"{server!r} is no URL of a server: {error}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def submit(self, article: Mapping[str, Any]) -> dict[str, Any]:
        """Submit an article (the JSON of POST /v1/articles); answers with its job."""
        return self._ask("POST", "/v1/articles", json=article)

    def submit_batch(self, lines: bytes, *, patience: float) -> dict[str, Any]:
        """Submit articles as NDJSON; answers with the batch. Waits, and says so, while the server has no room.

        A full queue is worked off. A server that is overloaded may stay so, or never store this batch in time: it is
        given ``patience`` seconds.
        """
        waiting = False
        give_up_at = math.inf
        while True:
            response = self._send(
                "POST", "/v1/batches", content=lines, headers={"Content-Type": "application/x-ndjson"}, timeout=120
            )
            if response.status_code != 503 or not any(slug in response.content for slug in _PASSING):
                return self._answer(response)
            now = time.monotonic()
            give_up_at = min(give_up_at, now + patience) if _OVERLOADED in response.content else math.inf
            if now >= give_up_at:
                told = f"So it has been for {patience:g} s; --patience waits longer."
                raise CommandError(f"{_problem_of(response)} {told}")
            if not waiting:
                complain(f"{_problem_of(response)} Waiting for {self._server} to take more ...")
                waiting = True
            pause = response.headers.get("retry-after", "")
            seconds = min(int(pause), _LONGEST_PAUSE) if pause.isdecimal() else _LONGEST_PAUSE
            time.sleep(min(seconds, give_up_at - now))

    def batch(self, batch_id: str) -> dict[str, Any]:
        """The batch as it is now."""
        return self._ask("GET", f"/v1/batches/{batch_id}")

    def failed_jobs(self, batch_id: str) -> Iterator[dict[str, Any]]:
        """The jobs of the batch that have failed."""
        return self._items("/v1/jobs", {"batch_id": batch_id, "state": "failed"})

    def job(self, job_id: str, *, wait: int = 0) -> dict[str, Any]:
        """The job, when it has ended or after ``wait`` seconds at most."""
        return self._ask("GET", f"/v1/jobs/{job_id}", params={"wait": wait} if wait else {})

    def article_claims(self, article_id: str) -> list[dict[str, Any]]:
        """All claims of the article in text order."""
        return list(self._items(f"/v1/articles/{article_id}/claims", {}))

    def claims(self, filters: Mapping[str, Any], limit: int | None = None) -> Iterator[dict[str, Any]]:
        """The claims that match, page by page: all, or at most ``limit``."""
        page = _PAGE if limit is None else min(limit, _PAGE)
        return islice(self._items("/v1/claims", {**filters, "limit": page}), limit)

    @contextmanager
    def export(self, filters: Mapping[str, Any], media_type: str) -> Iterator[Iterator[bytes]]:
        """The claims that match in another format, as the server streams them."""
        try:
            with self._http.stream(
                "GET", "/v1/claims", params=dict(filters), headers={"Accept": media_type}, timeout=300
            ) as response:
                if response.is_error:
                    response.read()
                _raise_for_problem(response)
                if not response.headers.get("content-type", "").startswith(media_type):
                    raise CommandError(f"{self._server} cannot export {media_type}")
                yield response.iter_bytes()
        except httpx.HTTPError as error:
            raise self._unreachable(error) from None

    def _items(self, path: str, parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        page = {"limit": _PAGE, **parameters}
        while True:
            answer = self._ask("GET", path, params=page)
            yield from answer["items"]
            if not answer["next"]:
                return
            page["cursor"] = answer["next"]

    def _ask(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        return self._answer(self._send(method, path, **options))

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            return self._http.request(method, path, **options)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._unreachable(error) from None

    def _answer(self, response: httpx.Response) -> dict[str, Any]:
        _raise_for_problem(response)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise CommandError(f"{self._server} does not answer like a Tally server")
        return answer

    def _unreachable(self, error: Exception) -> CommandError:
        if isinstance(error, httpx.TimeoutException):
            return CommandError(f"{self._server} did not answer in time")
        if isinstance(error, httpx.ConnectError):
            return CommandError(f"no server answers at {self._server}; `tally up` starts one, --server names another")
        return CommandError(f"{self._server} cannot be used: {error}")


def problem_text(problem: Mapping[str, Any]) -> str:
    """A problem object (RFC 9457) as one line."""
    errors = problem.get("errors") or []
    parts = [str(problem[name]) for name in ("title", "detail") if problem.get(name)]
    if errors:
        parts = [part.rstrip(".") for part in parts]
    parts += [f"{each.get('pointer', '')} {each.get('message', '')}".strip() for each in errors]
    return ": ".join(parts) or "unknown problem"


def _problem_of(response: httpx.Response) -> str:
    try:
        problem = response.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        problem = {"title": f"the server answered {response.status_code} {response.reason_phrase}"}
    return problem_text(problem)


def _raise_for_problem(response: httpx.Response) -> None:
    if not response.is_error:
        return
    message = _problem_of(response)
    if response.status_code == httpx.codes.UNAUTHORIZED:
        message += " `tally` takes it from TALLY_API_KEY."
    raise CommandError(message)
