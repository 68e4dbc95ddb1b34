"""Claims as NDJSON, CSV and Web Annotations; counts; entity tags."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import jsonschema
import pytest

from models.job_state import claim_job
from models.session import Sessions
from tests.support.single_jobs import finish_job, store_claims

Problem = Callable[[httpx.Response], dict[str, Any]]

TEXT = "=Costs fell to -5 degrees, “é” said.\nThey paid $8 million for 12 cars."
PIPELINE = "tally-en test"
SCHEMA = json.loads((Path(__file__).parent / "web_annotation.schema.json").read_text("utf-8"))
FORMATS = {"ndjson": "application/x-ndjson", "csv": "text/csv", "jsonld": "application/ld+json"}


def claim(text: str, value: str | None, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    sentence = next(line for line in TEXT.splitlines() if text in line)
    at = TEXT.index(sentence)
    empty = "low high unit unit_text per currency change counterpart subject measure of predicate attribution time"
    return {
        **dict.fromkeys(("id", "article_id", *empty.split())),
        "kind": "number",
        "text": text,
        "start": start,
        "end": start + len(text),
        "shape": "exact",
        "value": value,
        "qualifiers": [],
        "modality": "asserted",
        "hedges": [],
        "negated": False,
        "sentence": {"text": sentence, "start": at, "end": at + len(sentence)},
        "rules": ["test"],
        "pipeline": PIPELINE,
        **fields,
    }


@pytest.fixture(scope="module")
def article_id(server: Any, store: Sessions) -> Iterator[str]:
    money = {"code": "USD", "basis": "default", "evidence": [], "alternatives": []}
    claims = [
        claim("-5", "-5", unit="degree_Celsius", kind="temperature"),
        claim("$8 million", "8000000", kind="money", unit="USD", currency=money, high="8000000", shape="at_most"),
        claim("12", None, kind="count", unit="car", low="12", high="15", per={"unit": "day", "text": "a day"}),
    ]
    with server.client() as client:
        article = {"text": TEXT, "title": "@title", "url": "https://example.org/a", "published_at": "2023-04-18"}
        job = client.post("/v1/articles", json=article).json()
        job_id = UUID(job["id"])
        with store.begin() as session:
            taken = claim_job(session, job_id, lease=timedelta(seconds=60), max_attempts=3)
            assert taken is not None
            assert finish_job(session, job_id, taken.token, claims_count=len(claims))
            store_claims(session, job_id, PIPELINE, claims)
        yield str(job["article_id"])
        client.delete(f"/v1/articles/{job['article_id']}")


@pytest.fixture(params=["/v1/articles/{}/claims", "/v1/claims?article_id={}&sort=value"])
def address(request: pytest.FixtureRequest, article_id: str) -> httpx.URL:
    return httpx.URL(request.param.format(article_id))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html, */*;q=0.1", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/ld+json, text/csv;q=0.5", "application/ld+json"),
        ("application/ld+json;q=0.4, text/csv;q=0.5", "text/csv"),
        ("application/jsonl", "application/x-ndjson"),
        ("application/json;q=0, */*", "application/x-ndjson"),
        ('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "application/ld+json"),
        ("text/csv;q=high, application/x-ndjson", "application/x-ndjson"),
    ],
)
def test_accept(client: httpx.Client, address: httpx.URL, accept: str | None, media_type: str) -> None:
    headers = {"Accept": accept} if accept else {"Accept": ""}
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert response.headers["vary"] == "Accept"


@pytest.mark.parametrize("accept", ["image/png", "text/html", "application/json;q=0", "nonsense"])
def test_nothing_acceptable(client: httpx.Client, address: httpx.URL, problem: Problem, accept: str) -> None:
    response = client.get(address, headers={"Accept": accept})
    assert response.status_code == 406
    assert problem(response)["type"] == "/problems/not-acceptable"


def test_the_format_goes_before_the_header(client: httpx.Client, address: httpx.URL, problem: Problem) -> None:
    for name, media_type in FORMATS.items():
        response = client.get(address.copy_merge_params({"format": name}), headers={"Accept": "image/png"})
        assert response.headers["content-type"].startswith(media_type)
    wrong = client.get(address.copy_merge_params({"format": "xml"}))
    assert [error["pointer"] for error in problem(wrong)["errors"]] == ["/format"]


def test_lines_are_the_items(client: httpx.Client, address: httpx.URL) -> None:
    items = client.get(address).json()["items"]
    assert len(items) == 3
    response = client.get(address.copy_merge_params({"format": "ndjson"}))
    assert [json.loads(line) for line in response.content.split(b"\n")[:-1]] == items


def test_rows(client: httpx.Client, address: httpx.URL, article_id: str) -> None:
    response = client.get(address.copy_merge_params({"format": "csv"}))
    assert response.headers["content-disposition"] == 'attachment; filename="claims.csv"'
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert not response.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.content.decode(), newline="")))
    others = [("8000000", "", "USD"), ("", "12", "car")]
    in_order = others[::-1] if "sort" in str(address) else others
    numbers = [(row["value"], row["low"], row["unit"]) for row in rows]
    assert numbers == [("-5", "", "degree_Celsius"), *in_order]
    assert {row["title"] for row in rows} == {"'@title"}
    assert rows[0]["sentence"] == "'=Costs fell to -5 degrees, “é” said."
    assert rows[0]["published_at"] == "2023-04-18T00:00:00Z"
    assert {row["article_id"] for row in rows} == {article_id}


def validate(value: Any, definition: str) -> None:
    jsonschema.Draft202012Validator(
        {**SCHEMA, "$ref": f"#/$defs/{definition}"}, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(value)


def test_annotations(client: httpx.Client, address: httpx.URL, article_id: str) -> None:
    page = client.get(address.copy_merge_params({"format": "jsonld"})).json()
    validate(page, "page")
    assert len(page["items"]) == 3
    for annotation in page["items"]:
        position, quote = annotation["target"]["selector"]
        assert TEXT[position["start"] : position["end"]] == quote["exact"]
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert around in TEXT
        assert annotation["target"]["source"]["id"].endswith(f"/v1/articles/{article_id}")
        assert annotation["target"]["source"]["via"] == "https://example.org/a"
    bodies = {each["target"]["selector"][1]["exact"]: each["body"][0] for each in page["items"]}
    assert bodies["$8 million"] == {
        "type": "schema:MonetaryAmount",
        "schema:currency": "USD",
        "schema:value": "8000000",
        "schema:maxValue": "8000000",
    }
    assert bodies["12"]["schema:unitText"] == "car per day"


def test_one_annotation(client: httpx.Client, article_id: str) -> None:
    item = client.get(f"/v1/claims?article_id={article_id}&kind=money").json()["items"][0]
    response = client.get(f"/v1/claims/{item['id']}", headers={"Accept": "application/ld+json"})
    assert response.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
    validate(response.json(), "annotation")
    assert client.get(response.json()["id"]).json()["id"] == item["id"]
    assert client.get(f"/v1/claims/{item['id']}", headers={"Accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize("name", ["ndjson", "csv", "jsonld"])
def test_a_limit_makes_pages_of_an_export(client: httpx.Client, address: httpx.URL, name: str) -> None:
    whole = client.get(address.copy_merge_params({"format": name}))
    assert "link" not in whole.headers
    url, bodies = str(address.copy_merge_params({"format": name, "limit": "2"})), []
    while url:
        page = client.get(url)
        bodies.append(page)
        url = page.links.get("next", {}).get("url", "")
    assert len(bodies) == 2
    if name == "jsonld":
        items = [item for page in bodies for item in page.json()["items"]]
        assert items == whole.json()["items"]
        first, last = (page.json() for page in bodies)
        validate(first, "page")
        assert first["next"] == last["id"]
        assert "next" not in last
        assert "next" not in whole.json()
    elif name == "csv":
        assert bodies[0].text + bodies[1].text.split("\r\n", 1)[1] == whole.text
    else:
        assert bodies[0].text + bodies[1].text == whole.text


@pytest.mark.parametrize("name", ["ndjson", "csv", "jsonld"])
def test_nothing_found(client: httpx.Client, name: str) -> None:
    response = client.get(f"/v1/claims?article_id={uuid4()}&format={name}")
    assert response.status_code == 200
    if name == "jsonld":
        validate(response.json(), "page")
    else:
        assert response.text.count("\n") == (name == "csv")


def test_head_of_an_export(client: httpx.Client, address: httpx.URL) -> None:
    response = client.head(address.copy_merge_params({"format": "csv"}))
    assert (response.status_code, response.content) == (200, b"")


def test_unchanged_resources(client: httpx.Client, article_id: str) -> None:
    item = client.get(f"/v1/claims?article_id={article_id}").json()["items"][0]
    for path in (f"/v1/claims/{item['id']}", f"/v1/articles/{article_id}"):
        first = client.get(path)
        assert first.status_code == 200
        again = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content
    shown = client.get(f"/v1/claims/{item['id']}?format=jsonld")
    assert shown.headers["etag"] != client.get(f"/v1/claims/{item['id']}").headers["etag"]


def test_counts(client: httpx.Client, article_id: str, problem: Problem) -> None:
    response = client.get("/v1/stats", params={"article_id": article_id})
    assert response.json() == {
        "claims": 3,
        "articles": 1,
        "by_kind": [{"value": kind, "claims": 1} for kind in ("count", "money", "temperature")],
        "by_currency": [{"value": None, "claims": 2}, {"value": "USD", "claims": 1}],
        "by_speaker": [{"value": None, "claims": 3}],
        "by_day": [{"value": "2023-04-18", "claims": 3}],
    }
    some = client.get("/v1/stats", params={"article_id": article_id, "kind": "money", "min_value": "5"}).json()
    assert (some["claims"], some["by_kind"]) == (1, [{"value": "money", "claims": 1}])
    wrong = client.get("/v1/stats?sort=value")
    assert [error["pointer"] for error in problem(wrong)["errors"]] == ["/sort"]
