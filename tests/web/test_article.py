"""One article on the page: its claims marked in the text, and the card of each."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import expect

from tests.support.browsing import Service, Window


def test_a_card_tells_bound_currency_and_evidence(service: Service, window: Window, article: str) -> None:
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


def test_a_card_names_who_is_meant(service: Service, window: Window) -> None:
    article = service.submit("Mayor Ada Moss won the vote. She has promised to build 300 homes.", title="Vote")
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    page.locator("a.claim", has_text="300").click()
    expect(page.locator("#side")).to_contain_text("She (Ada Moss)")
    page.goto(f"{service.url}/#/claims?article_id={article}&subject=ada+moss")
    expect(page.locator("#results .name-cell").first).to_contain_text("Ada Moss")


def test_names_above_the_text_do_not_run_into_each_other(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{service.url}/#/articles/{article}")
    claims = page.locator("a.claim")
    for text in ("$8 million", "eight", "40 per cent"):
        claims.filter(has_text=text).click()
        expect(page.locator("#card-title")).to_contain_text(text)
        boxes = page.evaluate(
            """() => [...document.querySelectorAll("#prose [data-label]:not(a [data-label])")].map((node) => {
              const { left, top, right } = node.getClientRects()[0];
              const canvas = document.createElement("canvas").getContext("2d");
              canvas.font = getComputedStyle(node, "::before").font;
              const width = canvas.measureText(node.dataset.label).width;
              const start = node.classList.contains("label-end") ? right - width : left;
              return [Math.round(top), start, start + width];
            })"""
        )
        assert boxes
        for (top, _, end), (next_top, start, _) in pairwise(boxes):
            assert top != next_top or end < start
        page.keyboard.press("Escape")
        expect(page.locator("#card-title")).to_have_count(0)


def test_everything_can_be_reached_by_keyboard(service: Service, window: Window, article: str) -> None:
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
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Close the card").press("Enter")
    expect(page.locator("#card-title")).to_have_count(0)
    assert page.evaluate("document.activeElement.textContent") == "eight"


def test_kinds_are_marked_or_not(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    page.get_by_role("button", name="percent 1").click()
    marked = page.locator("a.claim:not(.off)")
    assert marked.all_text_contents() == ["$8 million", "eight"]


def test_number_checks_write_the_sum_out_and_mark_its_numbers(service: Service, window: Window, article: str) -> None:
    page = window.page
    text = "In the poll 55 per cent were in favour, 40 per cent were against and 15 per cent were undecided."
    wrong = service.submit(f"{text} It was asked in nine towns.")
    page.goto(f"{service.url}/#/articles/{wrong}")
    found = page.get_by_role("region", name="1 number check")
    expect(found).to_contain_text("55 + 40 + 15 = 110, more than 100 per cent")
    assert page.locator("a.claim.checked").all_text_contents() == ["55 per cent", "40 per cent", "15 per cent"]
    found.get_by_role("button", name="Show in the text").click()
    framed = page.locator("#prose .flash")
    assert framed.all_text_contents() == ["55 per cent", "40 per cent", "15 per cent"]
    found.get_by_role("button", name="40 per cent").click()
    expect(framed).to_have_text(["40 per cent"])
    page.goto(f"{service.url}/#/articles/{article}")
    expect(page.get_by_text("nothing in this article contradicts itself")).to_be_visible()
    page.route("**/checks", lambda route: route.abort())
    page.reload()
    expect(page.get_by_text("Number checks: they cannot be had just now.")).to_be_visible()
    expect(page.locator("a.claim")).to_have_count(3)


@pytest.mark.reliability(21)
def test_markup_in_an_article_is_text(service: Service, window: Window) -> None:
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


@pytest.mark.parametrize(
    ("title", "name"), [("Māori & Pākehā: 60% say “yes”", "māori-pākehā-60-say-yes"), ("?!", None)]
)
def test_downloads_are_in_text_order_and_named_after_the_article(
    service: Service, window: Window, title: str, name: str | None
) -> None:
    numbers = [str(number) for number in range(101, 141)]
    text = " ".join(f"Ferry {name or 'Q'} carried {number} people." for number in numbers)
    article = service.submit(text, title=title)
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").click()
    assert started.value.suggested_filename == f"{name or article}.csv"
    rows = csv.DictReader(io.StringIO(started.value.path().read_text("utf-8-sig")))
    assert [row["text"] for row in rows] == numbers
    for ending in ("JSONL", "JSON-LD"):
        link = page.get_by_role("link", name=ending, exact=True)
        assert f"/v1/articles/{article}/claims?format=" in str(link.get_attribute("href"))


def test_a_download_that_is_cut_off_is_told_and_not_saved(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    page.route("**/claims?format=csv", lambda route: route.abort())
    link = page.get_by_role("link", name="CSV")
    link.click()
    expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    page.unroute("**/claims?format=csv")
    with page.expect_download() as started:
        link.click()
    assert started.value.suggested_filename == "tidal-power-gets-a-push.csv"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_article_that_cannot_be_erased_says_why(service: Service, window: Window) -> None:
    article = service.submit("The barge carried 70 tonnes.")
    page = window.page
    page.goto(f"{service.url}/#/articles/{article}")
    expect(page.locator("a.claim")).to_have_count(1)
    httpx.delete(f"{service.url}/v1/articles/{article}")
    page.get_by_role("button", name="Erase the article").click()
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("There is no article")


def test_a_day_of_receipt_is_no_day_of_publication(service: Service, window: Window) -> None:
    service.submit("The tram carried 80 people.", title="Undated tram", publisher="Harbour Wire")
    service.submit("The tram carried 90 people.", title="Dated tram", published_at="2026-03-02")
    page = window.page
    page.goto(service.url)
    lines = page.locator("#recent li")
    expect(lines.filter(has_text="Undated tram")).to_contain_text("Harbour Wire · received ")
    expect(lines.filter(has_text="Dated tram").first.locator(".facts")).to_have_text("2 March 2026")
