"""All claims on the page: filters, figures, downloads."""

from __future__ import annotations

import csv
import io
import json

import httpx
import pytest
from playwright.sync_api import expect

from tests.browsing import Service, Window


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
    page.get_by_role("link", name="percent, 1 claim").click()
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
