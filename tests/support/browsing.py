"""A service as `tally up` runs it, and a window of a browser on its page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import BrowserContext, Page

from tests.support.guarded_processes import DIES_WITH_US
from tests.support.servers import free_port

PATIENCE = 30_000


class Service:
    """A running `tally up` with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TALLY_")}
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.data = folder / "data"
        self.environment = environment
        self._errors = (folder / "errors.log").open("w")
        self._process = subprocess.Popen(
            [
                *DIES_WITH_US,
                sys.executable,
                "-P",
                "-m",
                "cli.main",
                "up",
                "--port",
                str(port),
                "--data",
                str(self.data),
                "--workers",
                "1",
            ],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), (folder / "errors.log").read_text()

    def submit(self, text: str, **about: str) -> str:
        """Sends an article, waits for its job to succeed and returns the article's id."""
        answer = httpx.post(
            f"{self.url}/v1/articles", json={"text": text, **about}, headers={"Prefer": "wait=30"}, timeout=40
        )
        job = answer.json()
        assert job["state"] == "succeeded", job
        return str(job["article_id"])

    @contextmanager
    def worker_held(self) -> Iterator[None]:
        """The worker and its pool stand still for so long: what waits for them waits, on a machine of any speed."""
        group = os.getpgid(self._worker())
        os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(group, signal.SIGCONT)

    def _worker(self) -> int:
        mine = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        (worker,) = (pid for pid in mine if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes())
        return int(worker)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)
        self._errors.close()


class Window:
    """A page with what went wrong on it: uncaught errors, and what the console says of blocked content."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if "Policy" in message.text else None)
