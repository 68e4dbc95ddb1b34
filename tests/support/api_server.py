"""A real uvicorn process, and a client that checks every response against its /openapi.json."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import httpx
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.support.guarded_processes import GuardedProcess
from tests.support.servers import free_port, wait_until

_DOCUMENT = "urn:openapi"


class Contract:
    """The OpenAPI document of a server, and the check that a response is what it declares."""

    def __init__(self, document: dict[str, Any]) -> None:
        validate(document)
        self.document = document
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(_DOCUMENT, resource)
        self._paths = [(_pattern(path), path) for path in document["paths"]]

    def check(self, response: httpx.Response) -> None:
        """Fails when a response differs from its declaration; those to undeclared requests must be problems."""
        assert re.fullmatch(r"[A-Za-z0-9._-]{1,64}", response.headers["x-request-id"])
        path = next((path for pattern, path in self._paths if pattern.fullmatch(response.request.url.path)), None)
        methods = self.document["paths"].get(path, {})
        operation = methods.get(response.request.method.lower().replace("head", "get"))
        if operation is None:
            if response.status_code >= 400:
                self._check_schema(response.json(), {"$ref": "#/components/schemas/Problem"})
            return
        declared = operation["responses"].get(str(response.status_code))
        assert declared is not None, f"{response.status_code} of {response.request.method} {path} is not declared"
        content = declared.get("content")
        if response.request.method == "HEAD" or not content:
            assert not response.content
            return
        media_type = response.headers["content-type"].partition(";")[0]
        assert media_type in content, f"{media_type} of {path} is not declared"
        if media_type.endswith(("/json", "+json")):
            self._check_schema(response.json(), content[media_type]["schema"])
        if response.status_code >= 400 and media_type == "application/problem+json":
            body = response.json()
            assert body["status"] == response.status_code
            assert body["request_id"] == response.headers["x-request-id"]
            assert body["type"].removeprefix("/problems/") in content[media_type]["examples"], body

    def _check_schema(self, value: Any, schema: dict[str, Any]) -> None:
        whole = _absolute(schema)
        Draft202012Validator(whole, registry=self._registry, format_checker=FormatChecker()).validate(value)


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(
        "".join("[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+\})", path))
    )


def _absolute(schema: Any) -> Any:
    """A schema of the document, fit to stand outside of it."""
    if isinstance(schema, dict):
        return {key: f"{_DOCUMENT}{value}" if key == "$ref" else _absolute(value) for key, value in schema.items()}
    return [_absolute(each) for each in schema] if isinstance(schema, list) else schema


class ApiServer:
    """A uvicorn process on a loopback port, which it keeps. `log` is what it wrote to standard error so far."""

    def __init__(self, database_url: str, redis_url: str, **settings: str) -> None:
        self.database_url = database_url
        self.redis_url = redis_url
        self.port = free_port()
        self._settings = settings
        self._directory = Path(tempfile.mkdtemp(prefix="tally-api-"))
        self._process: GuardedProcess | None = None
        self._contract: Contract | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self._directory / "server.log").read_text()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> Self:
        environment = {
            **os.environ,
            "TALLY_DATABASE_URL": self.database_url,
            "TALLY_REDIS_URL": self.redis_url,
            **{f"TALLY_{name.upper()}": value for name, value in self._settings.items()},
        }
        self._process = GuardedProcess(
            [
                *(sys.executable, "-m", "uvicorn", "api.main:app_from_environment", "--factory"),
                *("--host", "127.0.0.1", "--port", str(self.port), "--timeout-graceful-shutdown", "2"),
            ],
            directory=self._directory,
            stop_signal=signal.SIGTERM,
            environment=environment,
        )
        process = self._process
        wait_until(lambda: self._answers() or not process.running, what="the API")
        assert process.running, self.log
        return self

    def kill(self) -> None:
        """kill -9; `start` brings it back."""
        assert self._process is not None
        self._process.send(signal.SIGKILL)
        self._process.wait()
        self._process.stop(keep_directory=True)

    def close(self) -> None:
        if self._process is not None:
            self._process.stop(keep_directory=False)
        shutil.rmtree(self._directory, ignore_errors=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{self.url}/health/live", timeout=2).status_code == 200
        return False

    @contextlib.contextmanager
    def client(self, *, checked: bool = True, **options: Any) -> Iterator[httpx.Client]:
        """A client of this server whose responses are all checked against the OpenAPI document."""
        with httpx.Client(base_url=self.url, timeout=40, **options) as client:
            if checked:
                contract = self._contract = self._contract or Contract(client.get("/openapi.json").json())

                def check(response: httpx.Response) -> None:
                    response.read()
                    contract.check(response)

                client.event_hooks = {"response": [check]}
            yield client
