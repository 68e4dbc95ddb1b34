"""All claims on the page: filters, figures, downloads."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import expect

from tests.support.browsing import Service, Window


def test_filter(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}")
    page.get_by_label("Kind", exact=True).select_option("money")
    page.get_by_label("Said by").fill("hana rewi")
    page.get_by_label("At least").fill("1000000")
    page.get_by_role("button", name="Search").click()
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("$8 million")
    page.get_by_label("At least").fill("9000000")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results")).to_contain_text("No claim meets these conditions")
    expect(page.get_by_role("link", name="CSV")).to_have_count(0)


def test_a_claim_leads_to_its_place_in_the_article(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}&kind=count")
    page.locator("#results a").click()
    expect(page.locator("#card-title")).to_have_text("eight")
    expect(page.locator("a.claim.chosen")).to_be_in_viewport()


def test_every_filter_of_the_interface_is_in_the_form(service: Service, window: Window) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims")
    described = httpx.get(f"{service.url}/openapi.json").json()["paths"]["/v1/claims"]["get"]["parameters"]
    offered = page.locator("#filters [name]").evaluate_all("(fields) => fields.map((field) => field.name)")
    assert sorted(offered) == sorted({each["name"] for each in described} - {"limit", "cursor", "format"})


def test_figures_of_what_was_found(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}")
    expect(page.locator("#results-title")).to_have_text("3 claims in 1 article")
    expect(page.get_by_role("img", name="Claims over time, from 2026-03-02")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name="2026-03-02 3")).to_be_visible()
    expect(page.get_by_label("Largest amounts in NZD")).to_contain_text("≤ 8,000,000 NZD")
    expect(page.get_by_label("Most quoted")).to_contain_text("Hana Rewi")
    page.get_by_role("link", name="percent, 1 claim").click()
    rows = page.locator("#results tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("40 per cent")
    expect(page.get_by_label("Kind", exact=True)).to_have_value("percent")
    chosen = page.get_by_role("link", name="percent, 1 claim")
    expect(chosen).not_to_have_attribute("href", re.compile("kind=percent"))  # the figures come behind the list
    chosen.click()
    expect(rows).to_have_count(3)


@pytest.mark.parametrize(
    ("name", "file"), [("CSV", "claims.csv"), ("JSONL", "claims.ndjson"), ("JSON-LD", "claims.jsonld")]
)
def test_downloads_hold_what_the_filter_finds(
    service: Service, window: Window, article: str, name: str, file: str
) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}&kind=money")
    with page.expect_download() as started:
        page.get_by_role("link", name=name, exact=True).click()
    assert started.value.suggested_filename == file
    text = started.value.path().read_text("utf-8")
    match name:
        case "CSV":
            assert text.startswith("\ufeff"), "Excel takes it for the code page of the machine"
            text = text.removeprefix("\ufeff")
            amounts = [row["text"] for row in csv.DictReader(io.StringIO(text))]
        case "JSONL":
            amounts = [json.loads(line)["text"] for line in text.splitlines()]
        case _:
            quotes = [selector for item in json.loads(text)["items"] for selector in item["target"]["selector"]]
            amounts = [selector["exact"] for selector in quotes if selector["type"] == "TextQuoteSelector"]
    assert amounts == ["$8 million"]


def test_a_wrong_condition_is_told_by_the_name_of_its_field(service: Service, window: Window) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?min_value=many")
    expect(page.locator("#claims-error")).to_contain_text("At least: must be a number in plain notation")
    expect(page.get_by_label("At least")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("At least").fill("1")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#claims-error")).to_be_hidden()
    expect(page.get_by_label("At least")).not_to_have_attribute("aria-invalid", "true")


def test_numbers_may_be_typed_as_the_page_prints_them(service: Service, window: Window) -> None:
    article = service.submit("The dam cost $750 million and the road $2 million. The low was -1,500 points.")
    page = window.page
    rows = page.locator("#results tbody tr")
    for least, most, found in (
        ("750,000,000", "", "$750 million"),
        ("750\u00a0000\u202f000", "7,50,000,000", "$750 million"),
        ("1 000 000", "2,000,000.00", "$2 million"),
        ("", "\u22121,000", "-1,500 points"),
    ):
        page.goto(f"{service.url}/#/claims?article_id={article}")
        expect(rows).to_have_count(3)
        page.get_by_label("At least").fill(least)
        page.get_by_label("At most").fill(most)
        page.get_by_role("button", name="Search").click()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(found)
    # What may be a decimal comma is asked about and not guessed.
    page.get_by_label("At most").fill("1,5")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#claims-error")).to_contain_text("At most: must be a number in plain notation")


def test_days_of_publication_are_sent_as_days(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?article_id={article}")
    page.get_by_label("Published from").fill("2026-03-02")
    page.get_by_label("Published to").fill("2026-03-02")
    with page.expect_request("**/v1/claims?*") as sent:
        page.get_by_role("button", name="Search").click()
    asked = parse_qs(urlsplit(sent.value.url).query)
    assert asked["published_from"] == asked["published_to"] == ["2026-03-02"]
    expect(page.locator("#results tbody tr")).to_have_count(3)


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ("kind=foo", "Kind: must be 'money'"),
        ("published_from=soon", "Published from: must be a date"),
        ("colour=red", "colour: is not a known parameter"),
    ],
)
def test_an_address_with_a_filter_that_there_is_not(
    service: Service, window: Window, article: str, conditions: str, told: str
) -> None:
    page = window.page
    page.goto(f"{service.url}/#/claims?{conditions}")
    expect(page.locator("#claims-error")).to_contain_text(told)
    expect(page.locator("#results tbody tr")).to_have_count(0)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#claims-error")).to_be_hidden()
    expect(page.locator("#results tbody tr").first).to_be_visible()


def test_kinds_stand_on_one_line(service: Service, window: Window, article: str) -> None:
    service.submit("The crew of 8 took 45 minutes, 80 per cent of the $9 million went on 3.2 gigahertz radios.")
    page = window.page
    page.goto(f"{service.url}/#/claims")
    expect(page.locator("#results .kind").first).to_be_visible()
    lines = page.locator("#results .kind").evaluate_all("(kinds) => kinds.map((kind) => kind.getClientRects().length)")
    assert set(lines) == {1}


def test_on_a_phone_a_search_leads_to_what_it_found(service: Service, window: Window, article: str) -> None:
    page = window.page
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(f"{service.url}/#/claims?article_id={article}")
    expect(page.locator("#results-title")).to_have_text("3 claims in 1 article")
    expect(page.locator("#results-title")).not_to_be_in_viewport()
    page.get_by_label("Kind", exact=True).select_option("money")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#results-title")).to_have_text("1 claim in 1 article")
    expect(page.locator("#results-title")).to_be_in_viewport()


def test_back_from_an_article_leads_to_the_same_place_of_the_list(
    service: Service, window: Window, article: str
) -> None:
    page = window.page
    page.set_viewport_size({"width": 375, "height": 740})
    page.goto(f"{service.url}/#/claims?article_id={article}")
    expect(page.locator("#results-title")).to_have_text("3 claims in 1 article")
    last = page.locator("#results a").last
    last.click()
    expect(page.locator("#card-title")).to_be_visible()
    page.go_back()
    expect(last).to_be_in_viewport()
    # A link to the list leads to its beginning.
    page.get_by_role("link", name="Read an article").click()
    page.get_by_role("link", name="All claims").click()
    expect(page.locator("#claims-title")).to_be_in_viewport()
