"""The web page in a real Chromium, against the whole service as `tally up` runs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from servers import free_port

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000
EXECUTABLE = next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a browser these tests are left out, and said to be; TALLY_TEST_BROWSER=required keeps them in to fail."""
    if EXECUTABLE or os.environ.get("TALLY_TEST_BROWSER") == "required":
        return
    here = Path(__file__).parent
    left_out = [item for item in items if here in item.path.parents]
    items[:] = [item for item in items if here not in item.path.parents]
    config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not EXECUTABLE:
        names = ", ".join(BROWSERS)
        terminalreporter.write_line(f"NOT RUN: the tests of the web page, for want of a browser ({names})", red=True)


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

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)
        self._errors.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, one for each file of tests."""
    started = Service(tmp_path_factory.mktemp("service"))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    assert EXECUTABLE, f"no browser: install one of {', '.join(BROWSERS)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield browser
        browser.close()


class Window:
    """A page with what went wrong on it: uncaught errors, and what the console says of blocked content."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda message: self.errors.append(message.text) if "Policy" in message.text else None)


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """A window of a desktop size. No test may leave an error in it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = Window(context)
    yield opened
    context.close()
    assert opened.errors == []
