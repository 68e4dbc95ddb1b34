"""What a reader does with the page: submit, read, open a card, filter, download."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

ARTICLE = (
    "WELLINGTON - The New Zealand government will put up to $8 million into research on tidal power 🌊, Energy "
    "Minister Hana Rewi said on Monday.\n\n"
    '"We have eight companies ready to share the work," Rewi said. '
    "About 40 per cent of the money goes to the South Island."
)


@pytest.fixture(scope="module")
def article(service) -> str:
    return service.submit(ARTICLE, title="Tidal power gets a push", publisher="Harbour Wire", published_at="2026-03-02")


def test_paste_an_article_and_see_its_claims(service, window) -> None:
    page = window.page
    page.goto(service.url)
    page.get_by_label("The text of the article").fill(ARTICLE + " It starts in 14 weeks.")
    page.get_by_role("button", name="Find the numbers").click()
    claims = page.locator("a.claim")
    expect(claims.first).to_be_visible()
    assert claims.all_text_contents() == ["$8 million", "eight", "40 per cent", "14 weeks"]


def test_a_card_tells_bound_currency_and_evidence(service, window, article) -> None:
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    page.locator("a.claim", has_text="$8 million").click()
    card = page.locator("#side")
    expect(card).to_contain_text("≤ 8,000,000 NZD")
    expect(card).to_contain_text("up to eight million New Zealand dollars")
    expect(card).to_contain_text("Hana Rewi")
    # The words that tell the currency and the bound are marked in the text, to the character and behind no emoji.
    assert page.locator("#prose .is-bound").all_text_contents() == ["up to"]
    assert "New Zealand" in "".join(page.locator("#prose .is-evidence").all_text_contents())


def test_everything_can_be_reached_by_keyboard(service, window, article) -> None:
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    first = page.locator("a.claim").first
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "eight"
    page.keyboard.press("Enter")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "eight"


def test_filter(service, window, article) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims")
    page.get_by_label("Kind", exact=True).select_option("money")
    page.get_by_label("At least").fill("1000000")
    page.get_by_role("button", name="Search").click()
    rows = page.locator("#results tbody tr")
    expect(rows.first).to_contain_text("$8 million")
    assert {row.locator(".kind").text_content() for row in rows.all()} == {"money"}


def test_figures_of_what_was_found(service, window, article) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}")
    expect(page.locator("#results-title")).to_have_text("3 claims in 1 article")
    expect(page.get_by_role("img", name="Claims over time, from 2026-03-02")).to_be_visible()
    expect(page.get_by_label("Largest amounts in NZD")).to_contain_text("≤ 8,000,000 NZD")
    expect(page.get_by_label("Most quoted")).to_contain_text("Hana Rewi")
    page.get_by_role("link", name="percent, 1 claim").click()
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("40 per cent")
    expect(page.get_by_label("Kind", exact=True)).to_have_value("percent")
    page.get_by_role("link", name="percent, 1 claim").click()
    expect(rows).to_have_count(3)


@pytest.mark.parametrize(
    ("name", "file"), [("CSV", "claims.csv"), ("JSONL", "claims.ndjson"), ("JSON-LD", "claims.jsonld")]
)
def test_downloads_hold_what_the_filter_finds(service, window, article, name: str, file: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}&kind=money")
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    assert started.value.suggested_filename == file
    text = started.value.path().read_text("utf-8")
    match name:
        case "CSV":
            amounts = [row["text"] for row in csv.DictReader(io.StringIO(text))]
        case "JSONL":
            amounts = [json.loads(line)["text"] for line in text.splitlines()]
        case _:
            quotes = [selector for item in json.loads(text)["items"] for selector in item["target"]["selector"]]
            amounts = [selector["exact"] for selector in quotes if selector["type"] == "TextQuoteSelector"]
    assert amounts == ["$8 million"]


def test_wrong_conditions_are_told_in_words(service, window) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?min_value=many")
    expect(page.locator("#claims-error")).to_contain_text("min value: must be a number in plain notation")
    page.goto(service.url)
    page.get_by_label("The text of the article").fill("   ")
    page.get_by_role("button", name="Find the numbers").click()
    expect(page.locator("#submit-error")).to_contain_text("empty")


def test_several_files_at_once(service, window, tmp_path: Path) -> None:
    page = window.page
    (tmp_path / "one.txt").write_text("The bridge cost $3 million.")
    (tmp_path / "two.json").write_text(json.dumps({"text": "The tunnel cost $9 million.", "title": "Tunnel"}))
    (tmp_path / "three.html").write_text(f"<html><body><article><p>{'The road is long. ' * 20}It cost $5 million.</p>")
    (tmp_path / "four.png").write_bytes(b"\x89PNG")
    page.goto(service.url)
    names = ("one.txt", "two.json", "three.html", "four.png")
    page.locator("#files").set_input_files([tmp_path / name for name in names])
    lines = page.locator("#jobs > li")
    for name in names[:3]:
        expect(lines.filter(has_text=name)).to_contain_text("done, 1 claim")
    expect(lines.filter(has_text="four.png")).to_contain_text("This kind of file is not read here")


def test_markup_in_an_article_is_text(service, window) -> None:
    hostile = (
        "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> It cost $5 million "
        "<svg onload='window.ran = 1'> said <b onmouseover=window.ran=1>Ann Lee</b>. javascript:window.ran=1"
    )
    identifier = service.submit(
        hostile, title="<img src=x onerror='window.ran = 1'>", publisher="<script>window.ran=1</script>"
    )
    page = window.page
    for place in (f"/#/articles/{identifier}", "/#/claims", "/"):
        page.goto(service.url + place)
        page.wait_for_load_state("networkidle")
    page.goto(f"{service.url}/#/articles/{identifier}")
    page.locator("a.claim").first.click()
    expect(page.locator("#prose")).to_contain_text("<script>window.ran = 1</script>")
    assert page.evaluate("window.ran === undefined")
    assert page.locator("#article img, #article script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (360, 740)], ids=["desktop", "phone"])
def test_accessible_and_within_the_screen(
    service, chromium: Browser, article, scheme: str, size: tuple[int, int]
) -> None:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    for place in ("/", f"/#/articles/{article}", "/#/claims"):
        page.goto(service.url + place)
        page.wait_for_load_state("networkidle")
        if "articles" in place:
            page.locator("a.claim").first.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_policy_forbids_foreign_and_inline_content(service, window) -> None:
    page = window.page
    answer = page.goto(service.url)
    assert answer is not None
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    loaded = page.evaluate("performance.getEntriesByType('resource').map((entry) => new URL(entry.name).origin)")
    assert set(loaded) == {service.url}
