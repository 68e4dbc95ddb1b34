"""The web page in a real Chromium, against the whole service as `tally up` runs it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.browsing import PATIENCE, Service, Window

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
ARTICLE = (
    "WELLINGTON - The New Zealand government will put up to $8 million into research on tidal power 🌊, Energy "
    "Minister Hana Rewi said on Monday.\n\n"
    '"We have eight companies ready to share the work," Rewi said. '
    "About 40 per cent of the money goes to the South Island."
)
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


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service, one for each test process: a test looks at what it submitted itself."""
    started = Service(tmp_path_factory.mktemp("service"))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def article(service: Service) -> str:
    """The id of an article with an emoji, a bound, a quotation and a share."""
    return service.submit(ARTICLE, title="Tidal power gets a push", publisher="Harbour Wire", published_at="2026-03-02")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this machine."""
    expect.set_options(timeout=PATIENCE)
    assert EXECUTABLE, f"no browser: install one of {', '.join(BROWSERS)}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """A window of a desktop size. No test may leave an error in it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    opened = Window(context)
    yield opened
    context.close()
    assert opened.errors == []
