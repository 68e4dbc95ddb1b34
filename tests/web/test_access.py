"""The page for everybody: screen readers, contrast, small screens; and nothing from elsewhere."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.support.browsing import Service, Window


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (360, 740)], ids=["desktop", "phone"])
def test_accessible_and_within_the_screen(
    service: Service, chromium: Browser, article: str, scheme: Literal["light", "dark"], size: tuple[int, int]
) -> None:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    for place in ("/", f"/#/articles/{article}", "/#/claims", "/#/claims?min_value=many"):
        page.goto(service.url + place)
        page.wait_for_load_state("networkidle")
        if "articles" in place:
            page.locator("a.claim").first.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("size", [(1280, 900), (360, 740)], ids=["desktop", "phone"])
def test_words_of_any_length_stay_within_the_screen(service: Service, window: Window, size: tuple[int, int]) -> None:
    text = f"{'Dampfschiff' * 90} paid $11 million to {'B' * 900} for 5 {'dogs' * 200}."
    article = service.submit(text, title="W" * 400, publisher="P" * 200)
    page = window.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    shown = {
        "/": page.get_by_role("link", name="W" * 400),
        f"/#/articles/{article}": page.locator("a.claim").first,
        f"/#/claims?article_id={article}": page.locator("#results td").first,
    }
    for place, item in shown.items():
        page.goto(service.url + place)
        expect(item).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


@pytest.mark.reliability(21)
def test_the_policy_forbids_foreign_and_inline_content(service: Service, window: Window) -> None:
    page = window.page
    answer = page.goto(service.url)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
    assert set(loaded) == {service.url}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_back_from_the_interface_can_be_read(
    service: Service, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{service.url}/docs")
    expect(page.get_by_role("link", name="Read an article")).to_be_visible()
    found = Axe().run(page, context="nav")
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_the_interface_is_described_and_tried_without_another_server(service: Service, window: Window) -> None:
    page = window.page
    page.goto(f"{service.url}/docs")
    page.locator("#operations-claims-read_stats_v1_stats_get").get_by_role("button").first.click()
    page.get_by_role("button", name="Try it out").click()
    with page.expect_response(f"{service.url}/v1/stats*") as answer:
        page.get_by_role("button", name="Execute").click()
    assert answer.value.status == 200
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
    assert set(loaded) <= {service.url, "null"}
