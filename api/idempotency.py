"""Idempotency keys over HTTP: the header, what makes two requests the same, and answers given again."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from api.auth import Caller
from api.pagination import json_response
from api.problems import FieldError, validation_error
from models.idempotency import claim_idempotency_key, forget_key, store_answer

# Whether what a stored body tells of is still there.
Stands = Callable[[Session, Any], bool]

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that can be stored: a JSON body with its status and headers."""

    status: int
    headers: dict[str, str]
    body: Any
    replayed: bool = False

    def to_response(self) -> Response:
        replay = {"Idempotency-Replayed": "true"} if self.replayed else {}
        return json_response(self.body, status=self.status, headers={**self.headers, **replay})


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A request that may carry an ``Idempotency-Key``; `digest` is of its path, content type and body."""

    owner: str
    key: str | None
    digest: str

    def answer(self, session: Session, work: Callable[[Session], Answer], stands: Stands | None = None) -> Answer:
        """The answer of `work`, or the stored one if the same request came before; in one transaction.

        A stored answer for which `stands` says no is forgotten. Raises `IdempotencyMismatch` and `IdempotencyInFlight`.
        """
        if self.key is None:
            return work(session)
        stored = claim_idempotency_key(session, self.owner, self.key, self.digest)
        if stored is not None and stands is not None and not stands(session, stored.body):
            forget_key(session, self.owner, self.key)
            stored = claim_idempotency_key(session, self.owner, self.key, self.digest)
        if stored is not None:
            return Answer(stored.status, stored.headers, stored.body, replayed=True)
        answer = work(session)
        store_answer(session, self.owner, self.key, status=answer.status, headers=answer.headers, body=answer.body)
        return answer


class RequestDigest:
    """SHA-256 of a request's path, content type and body; the body may come in parts."""

    def __init__(self, request: Request, body: bytes = b"") -> None:
        self._digest = hashlib.sha256()
        for part in (request.url.path.encode(), request.headers.get("content-type", "").encode()):
            self._digest.update(len(part).to_bytes(4, "big") + part)
        self.update(body)

    def update(self, part: bytes) -> None:
        self._digest.update(part)

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def idempotent(request: Request, caller: Caller, digest: RequestDigest) -> IdempotentRequest:
    """The request's idempotency key; raises a 422 problem unless it is 1 to 255 visible ASCII characters."""
    key = request.headers.get("idempotency-key")
    if key is not None and not _KEY.fullmatch(key):
        error = FieldError("/Idempotency-Key", "must be 1 to 255 visible ASCII characters", "header")
        raise validation_error([error])
    return IdempotentRequest(caller.owner, key, digest.hexdigest())
