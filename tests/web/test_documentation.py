"""The documentation as a site, on a phone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("site")
    subprocess.run(
        [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)], cwd=ROOT, check=True
    )
    return folder


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """A narrow page. Scripts of the theme that want a server may fail on it."""
    page = chromium.new_page(viewport={"width": 375, "height": 740})
    yield page
    page.close()


@pytest.mark.parametrize("name", ["reference/claims", "reference/http", "explanation/architecture", "tutorial"])
def test_page_is_no_wider_than_a_phone(site: Path, phone: Page, name: str) -> None:
    phone.goto((site / name / "index.html").as_uri())
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", [".", "explanation/architecture", "tutorial"])
def test_every_picture_is_shown(site: Path, phone: Page, name: str) -> None:
    phone.goto((site / name / "index.html").as_uri())
    widths = phone.locator("[role=main] img").evaluate_all("(found) => found.map((one) => one.naturalWidth)")
    assert widths
    assert all(widths)
