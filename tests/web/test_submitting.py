"""Submitting on the page: pasted text, files chosen and dropped, progress as it happens, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import PATIENCE, Service, Window
from tests.support.servers import wait_until

ROOT = Path(__file__).parents[2]
TOKYO = json.loads((ROOT / "seeds" / "articles" / "08-tokyo-talks.json").read_text("utf-8"))["text"]


def paste(page: Page, text: str) -> None:
    page.get_by_label("The text of the article").fill(text)
    page.get_by_role("button", name="Find the numbers").click()


def drop(page: Page, *files: Path) -> None:
    """Drops files on the page, as a file manager does."""
    contents = [{"name": file.name, "text": file.read_text("utf-8")} for file in files]
    carried = page.evaluate_handle(
        """(contents) => {
          const carried = new DataTransfer();
          for (const { name, text } of contents) carried.items.add(new File([text], name));
          return carried;
        }""",
        contents,
    )
    for event in ("dragover", "drop"):
        page.dispatch_event("main", event, {"dataTransfer": carried})


def test_paste_an_article_and_read_up_to_8_million_new_zealand_dollars(service: Service, window: Window) -> None:
    page = window.page
    page.goto(service.url)
    paste(page, TOKYO)
    claims = page.locator("a.claim")
    expect(claims).to_have_text(["an hour", "80 per cent", "$8 million", "two", "eight", "$750 million", "10"])
    claims.filter(has_text="$8 million").click()
    card = page.locator("#side")
    expect(card).to_contain_text("≤ 8,000,000 NZD")
    expect(card).to_contain_text("up to eight million New Zealand dollars")
    expect(card).to_contain_text("Jacinda Ardern")
    assert page.locator("#prose .is-bound").all_text_contents() == ["up to"]
    # Nothing was said about the country: the words that tell the currency are elsewhere in the text, and marked there.
    evidence = card.locator(".evidence-list button").all_text_contents()
    assert evidence == page.locator("#prose .is-evidence").all_text_contents() == ["New Zealand", "NZ"]
    card.locator(".evidence-list button").first.click()
    expect(page.locator("#prose .flash")).to_have_text("New Zealand")
    expect(page.locator("#prose .flash")).to_be_in_viewport()


def test_example(service: Service, window: Window) -> None:
    page = window.page
    page.goto(service.url)
    page.get_by_role("button", name="Take an example").click()
    expect(page.get_by_label("Publisher").first).to_have_value("Harbour Times")
    page.get_by_role("button", name="Find the numbers").click()
    expect(page.get_by_role("heading", name="Kauri Dairy to build two plants")).to_be_visible()
    expect(page.locator("a.claim")).to_have_count(9)
    shown = (ROOT / "api" / "web" / "assets" / "example.json").read_bytes()
    assert shown == (ROOT / "docs" / "example.json").read_bytes()


def test_several_files_at_once(service: Service, window: Window, tmp_path: Path) -> None:
    page = window.page
    (tmp_path / "one.txt").write_text("The bridge cost $3 million.")
    (tmp_path / "two.json").write_text(json.dumps({"text": "The tunnel cost $9 million.", "title": "Tunnel"}))
    (tmp_path / "three.html").write_text(f"<html><body><article><p>{'The road is long. ' * 20}It cost $5 million.</p>")
    (tmp_path / "many.jsonl").write_text('{"text": "The pier cost $6 million."}\n{"txt": 1}\n')
    (tmp_path / "four.png").write_bytes(b"\x89PNG")
    (tmp_path / "latin.txt").write_bytes("The café cost $1 million.".encode("latin-1"))
    page.goto(service.url)
    names = ("one.txt", "two.json", "three.html", "many.jsonl", "four.png", "latin.txt")
    page.locator("#files").set_input_files([tmp_path / name for name in names])
    lines = page.locator("#jobs > li")
    for name in names[:3]:
        expect(lines.filter(has_text=name)).to_contain_text("done, 1 claim")
    expect(lines.filter(has_text="many.jsonl")).to_contain_text("1 of 1 article, 1 claim")
    expect(lines.filter(has_text="many.jsonl")).to_contain_text("line 2: The request is not valid.")
    expect(lines.filter(has_text="four.png")).to_contain_text("This kind of file is not read here")
    expect(lines.filter(has_text="latin.txt")).to_contain_text("The file is not text in UTF-8")


def test_drop_one_file_and_several(service: Service, window: Window, tmp_path: Path) -> None:
    page = window.page
    for number in (1, 2, 3):
        (tmp_path / f"{number}.txt").write_text(f"The ferry carried {number}00 people.")
    page.goto(service.url)
    drop(page, tmp_path / "1.txt")
    expect(page.locator("a.claim")).to_have_text(["100"])
    drop(page, tmp_path / "2.txt", tmp_path / "3.txt")
    lines = page.locator("#jobs > li")
    expect(lines.filter(has_text="2.txt")).to_contain_text("done, 1 claim")
    expect(lines.filter(has_text="3.txt")).to_contain_text("done, 1 claim")
    lines.filter(has_text="3.txt").get_by_role("link", name="Read").click()
    expect(page.locator("a.claim")).to_have_text(["300"])


@pytest.mark.parametrize("way", ["events", "polling"])
def test_progress_is_live(service: Service, window: Window, tmp_path: Path, way: str) -> None:
    page = window.page
    if way == "polling":
        # What a proxy that holds streams back does to the events.
        page.route("**/v1/jobs/*/events", lambda route: route.abort())
    long = tmp_path / "long.txt"
    # Numbers that are no claims, so that reading takes its time and nothing else does.
    dates = (
        f"On {1 + day % 28} May {1950 + day % 70} at 7.05am, flight BA {day} left gate B{day % 40}, as in 2012-13 "
        f"and in the 1990s, and again on {1 + day % 28} June {1950 + day % 60} at 9.{10 + day % 50}pm."
        for day in range(3500)
    )
    long.write_text("\n\n".join([*dates, f"By {way}, the road cost $70 million."]))
    page.goto(service.url)
    with page.expect_request("**/v1/jobs/*/events") as events:
        page.locator("#files").set_input_files(long)
    job = events.value.url.removesuffix("/events")
    wait_until(lambda: httpx.get(job).json()["progress"]["sentences_done"] > 0, what="progress of the job")
    # It goes no further until the page has told how far it is, on a browser of any speed.
    with service.worker_held():
        expect(page.locator("#article .notice")).to_contain_text("of 3,501 sentences")
        assert page.locator("#article progress").evaluate("(bar) => bar.value > 0 && bar.value <= 1")
    # Reading takes seconds, on a busy machine many.
    expect(page.locator("a.claim")).to_have_text(["$70 million"], timeout=3 * PATIENCE)


def test_a_cancelled_article_can_be_tried_again(service: Service, window: Window) -> None:
    page = window.page
    page.goto(service.url)
    with service.worker_held():
        paste(page, "The road cost $70 million.")
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_role("alert")).to_contain_text("The extraction was cancelled")
        expect(page.locator("#article")).to_contain_text("The road cost $70 million.")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("a.claim")).to_have_text(["$70 million"])
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_refused_is_told_in_words(service: Service, window: Window) -> None:
    page = window.page
    page.goto(service.url)
    paste(page, "   ")
    error = page.locator("#submit-error")
    expect(error).to_contain_text("empty")
    page.get_by_text("What is known about the article").click()
    page.get_by_label("Country, two letters").fill("QQ")
    paste(page, "It cost $5 million.")
    expect(error).to_contain_text("country: ")
    expect(page.get_by_label("The text of the article")).to_have_value("It cost $5 million.")


def test_without_a_server_nothing_typed_is_lost(service: Service, window: Window) -> None:
    page = window.page
    page.goto(service.url)
    page.context.set_offline(True)
    paste(page, "The dam cost $5 million.")
    expect(page.locator("#submit-error")).to_have_text("The server does not answer. Is it running, and are you online?")
    page.context.set_offline(False)
    page.get_by_role("button", name="Find the numbers").click()
    expect(page.locator("a.claim")).to_have_text(["$5 million"])


def test_what_is_said_of_a_known_text_is_not_stored_and_the_page_says_so(service: Service, window: Window) -> None:
    text = "The mill will cost $12 million, its owner said."
    service.submit(text, title="Mill")
    page = window.page

    def send(country: str) -> None:
        page.goto(f"{service.url}/#/")
        if not page.get_by_label("Country, two letters").is_visible():
            page.get_by_text("What is known about the article").click()
        page.get_by_label("Country, two letters").fill(country)
        paste(page, text)

    send("nz")
    notice = page.get_by_role("status").filter(has_text="Known since")
    expect(notice).to_contain_text("what you said of it this time (country) was not stored")
    expect(page.locator("#side")).to_contain_text("12,000,000 USD")
    notice.get_by_role("button", name="Erase it and read it again").click()
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.locator("#side")).to_contain_text("12,000,000 NZD")
    expect(notice).to_have_count(0)
    # The same said once more: there is nothing to lose.
    send("NZ")
    expect(notice).to_contain_text("it was not read again")
    expect(notice.get_by_role("button")).to_have_count(0)
    page.goto(f"{service.url}/#/claims")
    page.go_back()
    expect(page.locator("a.claim")).to_have_count(1)
    expect(notice).to_have_count(0)


def test_a_known_file_can_be_read_again_with_what_it_says(service: Service, window: Window, tmp_path: Path) -> None:
    text = "The quarry will cost $14 million, its owner said."
    service.submit(text, published_at="2026-03-02T06:30:00Z")
    about = {"country": "AU", "published_at": "2026-03-02", "publisher": "Harbour Wire"}
    (tmp_path / "quarry.json").write_text(json.dumps({"text": text, **about}))
    page = window.page
    page.goto(service.url)
    page.locator("#files").set_input_files(tmp_path / "quarry.json")
    notice = page.get_by_role("status").filter(has_text="Known since")
    expect(notice).to_contain_text("(publisher, country)")
    notice.get_by_role("button", name="Erase it and read it again").click()
    page.get_by_role("button", name="Erase", exact=True).click()
    expect(page.locator("#side")).to_contain_text("14,000,000 AUD")
