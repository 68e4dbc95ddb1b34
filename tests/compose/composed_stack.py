"""The stack of docker-compose.yml under a project name of its own: other stacks on the machine are not touched."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
COMMAND_SECONDS = 600
# Every request must have its answer within this time, also while a service is down.
REQUEST_SECONDS = 20.0
ENDED = {"succeeded", "failed", "cancelled"}


def compose_command() -> list[str]:
    """Compose v2 where it is installed, else docker-compose 1.29."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    return ["docker", "compose"] if plugin.returncode == 0 else ["docker-compose"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ComposedStack:
    """PostgreSQL, Redis, API and workers in containers, and what the tests ask of them."""

    def __init__(self, directory: Path) -> None:
        self.project = f"tallytest{secrets.token_hex(4)}"
        port = free_port()
        self._settings = directory / "settings.env"
        # Short pauses, so that a lost message is found within the patience of a test.
        self._settings.write_text(
            f"TALLY_POSTGRES_PASSWORD={secrets.token_hex(24)}\nTALLY_REDIS_PASSWORD={secrets.token_hex(24)}\n"
            f"TALLY_PORT={port}\nTALLY_SWEEP_SECONDS=5\nTALLY_STALE_SECONDS=5\n"
            "TALLY_SOFT_TIME_LIMIT=20\nTALLY_HARD_TIME_LIMIT=25\nTALLY_LEASE_SECONDS=30\nTALLY_VISIBILITY_TIMEOUT=60\n"
            "TALLY_WORKER_CONCURRENCY=1\n"
        )
        files = ["docker-compose.yml", *os.environ.get("TALLY_TEST_COMPOSE_OVERRIDE", "").split()]
        self._compose = [*compose_command(), "--project-name", self.project, "--env-file", str(self._settings)]
        self._compose += [part for file in files for part in ("--file", file)]
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=REQUEST_SECONDS)

    def compose(self, *arguments: str) -> str:
        """Run a command of Compose; its output is shown when it fails."""
        done = subprocess.run(
            [*self._compose, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def up(self, *, workers: int = 1) -> None:
        self.compose("up", "--detach", "--no-build", "--scale", f"worker={workers}")

    def containers(self, service: str) -> list[dict[str, Any]]:
        """What `docker inspect` says about the service's containers."""
        ids = self.compose("ps", "--quiet", service).split()
        return json.loads(docker("inspect", *ids)) if ids else []

    def kill(self, service: str) -> None:
        """`docker kill`: no container of the service has time to end anything."""
        docker("kill", *(each["Id"] for each in self.containers(service)))

    def sql(self, query: str) -> str:
        """The answer of PostgreSQL, unaligned and without a heading."""
        psql = ["psql", "--username=tally", "--dbname=tally", "--no-align", "--tuples-only", "--command", query]
        return self.compose("exec", "-T", "postgres", *psql).strip()

    def await_ready(self, seconds: float = 60) -> None:
        """Wait until the API says that it, the database and Redis are ready."""
        self._await(self._is_ready, seconds, "the stack is not ready")

    def await_healthy(self, service: str, seconds: float = 150) -> None:
        """Wait until Docker calls every container of the service healthy."""

        def healthy() -> bool:
            return all(each["State"]["Health"]["Status"] == "healthy" for each in self.containers(service))

        self._await(healthy, seconds, f"{service} is not healthy")

    def submit(self, article: dict[str, Any]) -> str | None:
        """POST the article; its job's id once it is accepted, None when there was no answer or a clear refusal."""
        begun = time.monotonic()
        try:
            answer = self.http.post("/v1/articles", json=article)
        except httpx.TimeoutException as error:
            raise AssertionError(f"no answer within {REQUEST_SECONDS:g} s") from error
        except httpx.TransportError:
            return None
        assert time.monotonic() - begun < REQUEST_SECONDS
        if answer.status_code == 503:
            return None
        assert answer.status_code in (200, 202), answer.text
        return str(answer.json()["id"])

    def await_ended(self, job_ids: Iterable[str], seconds: float = 180) -> dict[str, dict[str, Any]]:
        """Wait until each job has ended; the jobs by their ids."""
        ended: dict[str, dict[str, Any]] = {}
        waiting = set(job_ids)

        def all_ended() -> bool:
            for job_id in list(waiting):
                job = self.http.get(f"/v1/jobs/{job_id}").raise_for_status().json()
                if job["state"] in ENDED:
                    ended[job_id] = job
                    waiting.discard(job_id)
            return not waiting

        self._await(all_ended, seconds, "jobs have not ended")
        return ended

    def claims(self, article_id: str) -> list[dict[str, Any]]:
        """The article's claims in text order."""
        answer = self.http.get(f"/v1/articles/{article_id}/claims", params={"limit": 200}).raise_for_status().json()
        assert answer["next"] is None
        return list(answer["items"])

    def remove(self) -> None:
        """End the stack and delete its volumes."""
        self.http.close()
        self.compose("down", "--volumes", "--timeout", "5")

    def _is_ready(self) -> bool:
        try:
            return self.http.get("/health/ready").status_code == 200
        except httpx.TransportError:
            return False

    def _await(self, condition: Any, seconds: float, otherwise: str) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"{otherwise} after {seconds:g} s\n{self._last_lines()}"
            time.sleep(0.25)

    def _last_lines(self) -> str:
        return self.compose("logs", "--tail", "20")


def docker(*arguments: str) -> str:
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=COMMAND_SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
