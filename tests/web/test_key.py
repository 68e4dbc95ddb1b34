"""With keys in the service the page asks for one and keeps it for the tab alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.support.browsing import Service, Window


@pytest.fixture
def locked_service(tmp_path: Path) -> Iterator[Service]:
    """A service of its own: once a key exists, nobody gets in without."""
    started = Service(tmp_path)
    yield started
    started.stop()


def test_a_key_is_asked_for_and_kept_in_the_tab(locked_service: Service, window: Window) -> None:
    service = locked_service
    made = subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", "keys", "create", "desk", "--data", str(service.data)],
        env=service.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    key = next(word for word in made.stdout.split() if word.startswith("tally_"))
    assert httpx.get(f"{service.url}/v1/articles").status_code == 401
    page = window.page
    page.goto(service.url)
    page.get_by_role("textbox", name="API key").fill("wrong")
    page.get_by_role("button", name="Use this key").click()
    expect(page.locator("#key-detail")).to_be_visible()
    page.get_by_role("textbox", name="API key").fill(key)
    page.get_by_role("button", name="Use this key").click()
    expect(page.get_by_role("button", name="Forget the API key")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Forget the API key")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("Object.values(sessionStorage)") == [key]
    # What a plain link or an event stream of the browser could not do: both carry the key.
    long = " ".join(f"Mill {number} cost ${number} million." for number in range(1000, 2000))
    with page.expect_response("**/v1/jobs/*/events") as followed:
        page.locator("#files").set_input_files({"name": "mills.txt", "mimeType": "text/plain", "buffer": long.encode()})
    assert followed.value.status == 200
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert "$1999 million" in started.value.path().read_text("utf-8")
    page.get_by_role("button", name="Forget the API key").click()
    assert page.evaluate("sessionStorage.length") == 0
