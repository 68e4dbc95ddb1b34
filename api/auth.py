"""Who may call: API keys as bearer tokens, with the scopes read and write."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.concurrency import run_in_threadpool

from api.dependencies import Services, ServicesDep
from api.problems import FORBIDDEN, UNAUTHORIZED, ProblemError
from api.query_names import check_query_names
from models import api_key
from models.session import run_query

Scope = Literal["read", "write"]

_bearer = HTTPBearer(auto_error=False, description="An API key, made with `tally keys create`.")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request; ``key_id`` is None where no key is asked for."""

    key_id: UUID | None = None

    @property
    def owner(self) -> str:
        """The name that the caller's idempotency keys are kept under."""
        return str(self.key_id) if self.key_id else ""


async def _authenticate(
    request: Request,
    services: Services,
    credentials: HTTPAuthorizationCredentials | None,
    scope: Scope,
) -> Caller:
    if services.settings.auth == "off":
        return Caller()
    if credentials is None:
        if await _key_needed(services):
            raise _unauthorized("Send an API key: Authorization: Bearer KEY.")
        return Caller()
    secret = credentials.credentials
    key = await run_in_threadpool(run_query, services.sessions, lambda session: api_key.find_key(session, secret))
    if key is None:
        raise _unauthorized("The API key is unknown or revoked.", error="invalid_token")
    if scope not in key.scopes:
        challenge = f'Bearer realm="tally", error="insufficient_scope", scope="{scope}"'
        detail = f"The API key lacks the scope {scope!r}."
        raise ProblemError(FORBIDDEN, detail, headers={"WWW-Authenticate": challenge})
    request.state.key_id = str(key.id)
    return Caller(key.id)


async def _key_needed(services: Services) -> bool:
    if services.settings.auth == "required":
        return True
    remembered = services.key_check.remembered()
    return remembered if remembered is not None else await run_in_threadpool(services.key_check.needed)


def _unauthorized(detail: str, *, error: str | None = None) -> ProblemError:
    challenge = 'Bearer realm="tally"' + (f', error="{error}"' if error else "")
    return ProblemError(UNAUTHORIZED, detail, headers={"WWW-Authenticate": challenge})


async def may_read(
    request: Request,
    services: ServicesDep,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    """The caller of a request that reads; a 401 or 403 problem where the key does not allow that."""
    caller = await _authenticate(request, services, credentials, "read")
    _check(request)
    return caller


async def may_write(
    request: Request,
    services: ServicesDep,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> Caller:
    """The caller of a request that changes something; a 401 or 403 problem where the key does not allow that."""
    caller = await _authenticate(request, services, credentials, "write")
    _check(request)
    return caller


def _check(request: Request) -> None:
    """What is wrong with a request is told to those alone who may send it, so this comes behind the key."""
    # Prometheus and what stands in front of it may add parameters of their own to `/metrics`.
    if request.url.path.startswith("/v1/"):
        check_query_names(request)


Reader = Annotated[Caller, Depends(may_read)]
Writer = Annotated[Caller, Depends(may_write)]
