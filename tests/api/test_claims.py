"""Searching and reading claims. They are stored through `models`, as a worker does."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.claim_query import ClaimConditions
from models.job_state import claim_job
from models.session import Sessions
from tests.support.single_jobs import finish_job, store_claims

Problem = Callable[[httpx.Response], dict[str, Any]]

TEXT = "It began. The firm sold 12 cars for $8 million! Nobody knows why.\nThe end."


def claim(text: str, value: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    sentence = "The firm sold 12 cars for $8 million!"
    span = {"text": sentence, "start": TEXT.index(sentence), "end": TEXT.index(sentence) + len(sentence)}
    return {
        "id": None,
        "article_id": None,
        "kind": "count",
        "text": text,
        "start": start,
        "end": start + len(text),
        "shape": "exact",
        "value": value,
        "low": None,
        "high": None,
        "unit": None,
        "unit_text": None,
        "per": None,
        "currency": None,
        "qualifiers": [],
        "change": None,
        "counterpart": None,
        "subject": {"text": "The firm", "start": 10, "end": 18},
        "measure": None,
        "of": None,
        "predicate": None,
        "attribution": None,
        "modality": "asserted",
        "hedges": [],
        "negated": False,
        "time": None,
        "sentence": span,
        "rules": ["test"],
        "pipeline": "tally-en test",
        **fields,
    }


ARTICLE_CURSOR = ("article-claims", "ordinal", 0)
CURRENCY = {"code": "USD", "basis": "default", "evidence": [], "alternatives": []}


@pytest.fixture(scope="module")
def article_id(server: Any, store: Sessions) -> str:
    with server.client() as client:
        told = {"title": "Breaking news", "publisher": "Example News", "published_at": "2023-04-18T21:30:00Z"}
        article = {"text": TEXT, **told}
        job = client.post("/v1/articles", json=article).json()
    claims = [
        claim("12", "12", unit="car"),
        claim("$8 million", "8000000.50", kind="money", unit="USD", currency=CURRENCY, modality="estimated"),
    ]
    job_id = UUID(job["id"])
    with store.begin() as session:
        taken = claim_job(session, job_id, lease=timedelta(seconds=60), max_attempts=3)
        assert taken is not None
        assert finish_job(session, job_id, taken.token, claims_count=2)
        store_claims(session, job_id, "tally-en test", claims)
    return str(job["article_id"])


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("kind=monney", "/kind"),
        ("min_valu=3", "/min_valu"),
        ("min_value=1e5", "/min_value"),
        ("max_value=NaN", "/max_value"),
        ("max_value=" + "9" * 100, "/max_value"),
        ("currency=dollar", "/currency"),
        ("modality=sure", "/modality"),
        ("direction=left", "/direction"),
        ("article_id=5", "/article_id"),
        ("published_from=now", "/published_from"),
        ("published_to=9999-12-31T23:59:59-12:00", "/published_to"),
        ("sort=size", "/sort"),
        ("limit=1000", "/limit"),
        ("q=" + "x" * 201, "/q"),
        ("q=%00", "/q"),
        ("q=%25", "/q"),
    ],
)
def test_wrong_conditions(client: httpx.Client, problem: Problem, query: str, pointer: str) -> None:
    response = client.get(f"/v1/claims?{query}")
    assert response.status_code == 422
    body = problem(response)
    assert body["type"] == "/problems/validation-failed"
    assert [(error["in"], error["pointer"]) for error in body["errors"]] == [("query", pointer)]


def test_unknown_claim(client: httpx.Client, problem: Problem) -> None:
    assert problem(client.get("/v1/claims/none"))["detail"] == "There is no claim 'none'."
    assert client.get(f"/v1/claims/{uuid4()}").status_code == 404


def test_claims_of_an_article_in_text_order(client: httpx.Client, article_id: str) -> None:
    first = client.get(f"/v1/articles/{article_id}/claims?limit=1")
    assert [item["text"] for item in first.json()["items"]] == ["12"]
    second = client.get(first.links["next"]["url"])
    assert [item["text"] for item in second.json()["items"]] == ["$8 million"]
    assert second.json()["next"] is None
    item = second.json()["items"][0]
    assert (item["value"], item["article_id"]) == ("8000000.50", article_id)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("kind=money", 1),
        ("unit=car", 1),
        ("unit=usd", 1),
        ("unit=Usd", 1),
        ("currency=USD", 1),
        ("currency=usd", 1),
        ("q=breaking", 0),
        ("min_value=100", 1),
        ("max_value=100.5", 1),
        ("min_value=12&max_value=12", 1),
        ("min_value=-5&max_value=-1", 0),
        ("q=FIRM+sold", 2),
        ("q=%22firm+sold%22+car", 2),
        ("q=%22sold+firm%22", 0),
        ("q=mill*", 2),
        ("q=mill", 0),
        ("subject=the+firm", 2),
        ("speaker=nobody", 0),
        ("modality=estimated", 1),
        ("direction=up", 0),
        ("publisher=example+news", 2),
        ("published_from=2023-04-18&published_to=2023-04-18", 2),
        ("published_to=2023-04-18T21:30:00Z", 2),
        ("published_to=2023-04-18T00:00:00Z", 0),
        ("published_to=2023-04-17", 0),
        ("published_to=9999-12-31", 2),
        ("published_from=2023-04-19", 0),
        ("kind=&q=", 2),
        ("batch_id=7f537112-1f88-43a0-9c8d-ca23d674149f", 0),
    ],
)
def test_conditions(client: httpx.Client, article_id: str, query: str, found: int) -> None:
    query = f"{query}&article_id={article_id}".removeprefix("&")
    assert len(client.get(f"/v1/claims?{query}").json()["items"]) == found
    assert client.get(f"/v1/stats?{query}").json()["claims"] == found


@pytest.mark.parametrize(
    ("given", "unit"),
    [("nzd", "NZD"), ("NZD", "NZD"), ("cup", "cup"), ("CUP", "CUP"), ("car", "car"), ("MP", "MP"), ("Texan", "Texan")],
)
def test_units_that_are_currencies_in_any_case(given: str, unit: str) -> None:
    assert ClaimConditions(unit=given).to_filter().unit == unit


@pytest.mark.parametrize("sort", ["created_at", "-created_at", "published_at", "-published_at", "value", "-value"])
def test_every_order_in_pages(client: httpx.Client, article_id: str, problem: Problem, sort: str) -> None:
    whole = client.get(f"/v1/claims?sort={sort}").json()["items"]
    first = client.get(f"/v1/claims?sort={sort}&limit=1")
    second = client.get(first.links["next"]["url"])
    assert [first.json()["items"][0], second.json()["items"][0]] == whole
    if sort == "-value":
        assert [item["text"] for item in whole] == ["$8 million", "12"]
    other = "value" if sort != "value" else "created_at"
    foreign = client.get("/v1/claims", params={"sort": other, "cursor": first.json()["next"]})
    assert problem(foreign)["type"] == "/problems/invalid-cursor"


@pytest.mark.parametrize("path", ["/v1/claims?", "/v1/articles/{}/claims?"])
def test_a_cursor_of_a_version_before_is_refused(
    client: httpx.Client, article_id: str, problem: Problem, path: str
) -> None:
    name, order, key = ("claims", "-created_at", "2026-01-01T00:00:00+00:00") if "{" not in path else ARTICLE_CURSOR
    for position in ([key, str(uuid4())], [key, str(uuid4()), -1], [key, str(uuid4()), "1"], [key, str(uuid4()), 1, 1]):
        content = json.dumps([name, order, *position]).encode()
        cursor = base64.urlsafe_b64encode(content).rstrip(b"=").decode()
        response = client.get(path.format(article_id), params={"cursor": cursor})
        assert (response.status_code, problem(response)["type"]) == (422, "/problems/invalid-cursor")


def test_claims_stored_together_are_in_text_order(client: httpx.Client, article_id: str) -> None:
    for sort in ("created_at", "-created_at", "published_at", "-published_at"):
        items = client.get("/v1/claims", params={"article_id": article_id, "sort": sort}).json()["items"]
        assert [item["text"] for item in items] == ["12", "$8 million"]


def test_one_claim_with_the_sentences_around_it(client: httpx.Client, article_id: str) -> None:
    claim_id = client.get("/v1/claims?kind=money").json()["items"][0]["id"]
    found = client.get(f"/v1/claims/{claim_id}").json()
    assert found["id"] == claim_id
    before, after = found["context"]["before"], found["context"]["after"]
    assert (before["text"], after["text"]) == ("It began.", "Nobody knows why.")
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in (before, after))


def test_erased_with_the_article(client: httpx.Client, article_id: str) -> None:
    claim_id = client.get("/v1/claims?kind=money").json()["items"][0]["id"]
    assert client.delete(f"/v1/articles/{article_id}").status_code == 204
    assert client.get(f"/v1/claims/{claim_id}").status_code == 404
    assert client.get("/v1/claims").json() == {"items": [], "next": None}
