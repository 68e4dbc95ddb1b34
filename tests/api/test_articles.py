"""POST /v1/articles and the articles that are stored: refusals first, then what is accepted."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
import redis

from models.idempotency import claim_idempotency_key
from tests.support.servers import RedisServer

Problem = Callable[[httpx.Response], dict[str, Any]]


def unique(text: str = "Sales rose 5 per cent.") -> str:
    return f"{text} {uuid4()}"


def submit(client: httpx.Client, **fields: Any) -> httpx.Response:
    return client.post("/v1/articles", json={"text": unique(), **fields})


def test_malformed_json_names_line_and_column(client: httpx.Client, problem: Problem) -> None:
    response = client.post("/v1/articles", content=b'{"text":\n "a",, }', headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert problem(response) == {
        "type": "/problems/malformed-json",
        "title": "The body is not JSON",
        "status": 400,
        "detail": "Expecting property name enclosed in double quotes at line 2, column 6.",
    }


@pytest.mark.reliability(17)
@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"text": "a", "metadata": {"x": NaN}}', "NaN is not a JSON number."),
        (b'{"text": "a", "metadata": {"x": 1e999}}', "A number is too large."),
        (b'{"text": "a", "metadata": {"x": ' + b"9" * 5000 + b"}}", "A number has too many digits."),
        (b'{"text": "a", "text": "b"}', "The key 'text' stands twice in one object."),
        (b"[" * 100_000, "The value is nested too deeply."),
    ],
)
def test_json_that_cannot_be_kept_is_refused(client: httpx.Client, problem: Problem, body: bytes, detail: str) -> None:
    response = client.post("/v1/articles", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert problem(response)["detail"] == detail


@pytest.mark.reliability(17)
@pytest.mark.parametrize("media_type", ["application/json", "text/plain", "text/html", "text/plain; charset=utf-8"])
def test_invalid_utf8_is_refused(client: httpx.Client, problem: Problem, media_type: str) -> None:
    response = client.post("/v1/articles", content=b'"\xff\xfe 5%"', headers={"Content-Type": media_type})
    assert response.status_code == 400
    assert problem(response) == {
        "type": "/problems/invalid-encoding",
        "title": "The body is not text in its declared encoding",
        "status": 400,
        "detail": "The body is not valid utf-8: byte 1 is where it goes wrong.",
    }


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/xml"}, {"Content-Type": "nonsense"}])
def test_unknown_content_type(client: httpx.Client, problem: Problem, headers: dict[str, str]) -> None:
    response = client.post("/v1/articles", content=b"x", headers=headers)
    assert response.status_code == 415
    assert problem(response)["type"] == "/problems/unsupported-media-type"
    assert response.headers["accept-post"] == "application/json, text/plain, text/html"


def test_unknown_charset_and_compressed_bodies(client: httpx.Client, problem: Problem) -> None:
    charset = client.post("/v1/articles", content=b"x", headers={"Content-Type": "text/plain; charset=base64"})
    assert charset.status_code == 415
    assert problem(charset)["detail"] == "The charset 'base64' is not supported; send UTF-8."
    packed = client.post(
        "/v1/articles", content=b"x", headers={"Content-Type": "text/plain", "Content-Encoding": "gzip"}
    )
    assert packed.status_code == 415
    assert packed.headers["accept-encoding"] == "identity"


def test_every_wrong_field_is_named(client: httpx.Client, problem: Problem) -> None:
    response = client.post(
        "/v1/articles",
        json={
            "text": "Sales rose 5%.",
            "titel": "typing error",
            "a/b~c": 1,
            "url": "javascript:alert(1)",
            "published_at": "yesterday",
            "publisher": "x" * 201,
            "country": "XX",
            "language": "de",
            "metadata": [],
        },
    )
    assert response.status_code == 422
    body = problem(response)
    assert body["type"] == "/problems/validation-failed"
    assert body["detail"] == "8 fields are not valid in the article."
    assert {each["pointer"]: each["message"] for each in body["errors"]} == {
        "/url": "must be an http or https URL",
        "/published_at": "must be a date or a time of RFC 3339, such as 2023-04-18T09:30:00Z",
        "/publisher": "may have at most 200 characters",
        "/country": "must be a two-letter country code of ISO 3166, such as NZ",
        "/language": "must be 'en'",
        "/metadata": "must be an object",
        "/titel": "is not a known field",
        "/a~1b~0c": "is not a known field",
    }
    assert {each["in"] for each in body["errors"]} == {"body"}


@pytest.mark.reliability(17)
@pytest.mark.parametrize(
    ("article", "pointer", "message"),
    [
        ({"text": "a\x00b"}, "/text", "holds U+0000 at character 1"),
        ({"text": "ab\ud800"}, "/text", "holds the lone surrogate U+D800 at character 2"),
        ({"text": "a", "title": "\x00"}, "/title", "holds U+0000 at character 0"),
        ({"text": "a", "metadata": {"k": [{"x": "\udfff"}]}}, "/metadata/k/0/x",
         "holds the lone surrogate U+DFFF at character 0"),
        ({"text": "a", "metadata": {"\x00": 1}}, "/metadata/\x00", "the name holds U+0000 at character 0"),
        ({"text": "a", "published_at": "0001-01-01T00:00:00+14:00"}, "/published_at", "is not a time that exists"),
        ({"text": "a", "published_at": "2023-02-30"}, "/published_at", "is not a time that exists"),
        ({"text": "a", "published_at": 1681810200}, "/published_at",
         "must be a date or a time of RFC 3339, in quotation marks"),
        ({"text": "a", "metadata": {"k": "x" * 17_000}}, "/metadata", "may take at most 16,384 bytes as JSON"),
        ({}, "", "must hold exactly one of text and html"),
        ({"text": "a", "html": "<p>a"}, "", "must hold exactly one of text and html"),
        ([], "", "must be an object"),
    ],
)  # fmt: skip
def test_what_no_database_can_hold_and_what_makes_no_sense(
    client: httpx.Client, problem: Problem, article: Any, pointer: str, message: str
) -> None:
    response = client.post("/v1/articles", content=json.dumps(article), headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert problem(response)["errors"] == [{"in": "body", "pointer": pointer, "message": message}]


@pytest.mark.parametrize("depth", [17, 900])
def test_deep_metadata(client: httpx.Client, problem: Problem, depth: int) -> None:
    body = '{"text": "a", "metadata": ' + '{"k": ' * depth + "1" + "}" * depth + "}"
    response = client.post("/v1/articles", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    message = "may be nested at most 16 levels deep"
    assert problem(response)["errors"] == [{"in": "body", "pointer": "/metadata", "message": message}]


@pytest.mark.parametrize("text", ["", " \r\n\t\u3000"])
def test_empty_text(client: httpx.Client, problem: Problem, text: str) -> None:
    for response in (
        client.post("/v1/articles", json={"text": text}),
        client.post("/v1/articles", content=text.encode(), headers={"Content-Type": "text/plain"}),
    ):
        assert response.status_code == 422
        body = problem(response)
        assert (body["type"], body["detail"]) == ("/problems/empty-text", "The text is empty or white space.")


def test_too_long_texts(client: httpx.Client, problem: Problem) -> None:
    response = client.post("/v1/articles", json={"text": "é" * 500_001})
    assert response.status_code == 413
    assert problem(response) == {
        "type": "/problems/article-too-long",
        "title": "The article is too long",
        "status": 413,
        "detail": "The text has 500,001 characters; at most 500,000 are accepted.",
    }


def test_accepted_article(client: httpx.Client, redis_server: RedisServer) -> None:
    before = int(redis_server.command("LLEN", "tally").removeprefix(":"))
    text = unique("Up to $8 million,\r\nsaid \u201cshe\u201d \U0001f95d.")
    fields = {
        "title": "Kiwifruit",
        "url": "https://news.example/a?b=c",
        "published_at": "2023-04-18T09:30:00+12:00",
        "publisher": "Example News",
        "country": "nz",
        "language": "en",
        "external_id": "story-1",
        "metadata": {"z": 1, "a": [1.5, None, "ü"]},
    }
    response = client.post("/v1/articles", json={"text": text, **fields})
    assert response.status_code == 202
    job = response.json()
    assert response.headers["location"] == f"/v1/jobs/{job['id']}"
    assert response.headers["retry-after"] == "1"
    assert {key: job[key] for key in job if key not in ("id", "article_id", "created_at", "links")} == {
        "state": "queued",
        "done": False,
        "attempts": 0,
        "progress": {"sentences_done": 0, "sentences_total": None},
        "claims_count": None,
        "started_at": None,
        "finished_at": None,
        "error": None,
        "duplicate": False,
    }
    assert job["created_at"].endswith("Z")
    assert int(redis_server.command("LLEN", "tally").removeprefix(":")) == before + 1
    article = client.get(job["links"]["article"]).json()
    assert article["text"] == text
    assert article["characters"] == len(text)
    expected = {**fields, "country": "NZ", "published_at": "2023-04-17T21:30:00Z"}
    assert {key: article[key] for key in expected} == expected
    assert list(article["metadata"]) == ["z", "a"]
    assert client.get(response.headers["location"]).json()["id"] == job["id"]
    assert client.get(article["links"]["jobs"]).json()["items"][0]["id"] == job["id"]


@pytest.mark.reliability(1)
def test_the_message_carries_the_id_of_the_job_alone(sqlite_url: str, start_api: Any, redis_url: str) -> None:
    with start_api(sqlite_url, redis_url) as running, running.client() as client:
        article = {"text": "A sentence about 5%.", "title": "A title", "external_id": "story-1"}
        job = client.post("/v1/articles", json=article, headers={"Idempotency-Key": "a-key"}).json()
    with redis.Redis.from_url(redis_url) as broker:
        (raw,) = broker.lrange("tally", 0, -1)
    message = json.loads(raw)
    arguments, named, _ = json.loads(base64.b64decode(message["body"]))
    assert (arguments, named) == ([job["id"]], {})
    for secret in ("sentence", "title", "story-1", "a-key", job["article_id"]):
        assert secret not in raw.decode()
        assert secret not in base64.b64decode(message["body"]).decode()


@pytest.mark.parametrize(
    ("text", "opening"),
    [("\n First line \r\nIt cost $5.", "First line"), ("🌊" * 130, "🌊" * 120)],
)
def test_opening_is_the_first_line(client: httpx.Client, text: str, opening: str) -> None:
    job = client.post("/v1/articles", json={"text": text}).json()
    assert client.get(f"/v1/articles/{job['article_id']}").json()["opening"] == opening
    assert client.get("/v1/articles").json()["items"][0]["opening"] == opening


def test_same_text_again_is_a_duplicate(client: httpx.Client) -> None:
    text = unique()
    first = client.post("/v1/articles", json={"text": text, "title": "One"})
    again = client.post("/v1/articles", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {**first.json(), "duplicate": True}
    assert again.headers["location"] == first.headers["location"]


@pytest.mark.parametrize(
    ("media_type", "encoding"),
    [
        ("text/plain", "utf-8"),
        ("text/plain", "utf-8-sig"),
        ("text/plain; charset=ISO-8859-1", "latin-1"),
        ('text/plain; charset="windows-1252"', "cp1252"),
        ("text/plain; charset=UTF-16", "utf-16"),
    ],
)
def test_plain_text_in_several_encodings(client: httpx.Client, media_type: str, encoding: str) -> None:
    text = unique("Le café a vendu 5 %")
    response = client.post("/v1/articles", content=text.encode(encoding), headers={"Content-Type": media_type})
    assert response.status_code == 202
    assert client.get(response.json()["links"]["article"]).json()["text"] == text


PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title> Kiwi  sales </title></head><body>
<nav><a href="/">Home</a> <a href="/x">999 things to buy</a></nav>
<article><h1>Kiwi sales</h1><p>Zespri expects sales of $750 million in Japan this year, caf\u00e9s included, it said
on Tuesday. The company sold 12 per cent more fruit than a year ago.</p><p>{mark} It employs 1,200 people in
three countries, and plans to hire 80 more of them before the next season begins in May.</p></article>
<footer>Copyright 2023 Example News, 44 Some Street</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_main_text_of_a_page(client: httpx.Client, charset: str) -> None:
    page = PAGE.format(charset=charset, mark=uuid4())
    response = client.post("/v1/articles", content=page.encode(charset), headers={"Content-Type": "text/html"})
    assert response.status_code == 202
    article = client.get(response.json()["links"]["article"]).json()
    assert "caf\u00e9s included" in article["text"]
    assert "80 more of them" in article["text"]
    assert "999 things" not in article["text"]
    assert "<p>" not in article["text"]
    assert article["title"] == "Kiwi sales"


def test_html_in_json_keeps_the_given_title(client: httpx.Client) -> None:
    page = PAGE.format(charset="utf-8", mark=uuid4())
    response = client.post("/v1/articles", json={"html": page, "title": "Mine"})
    article = client.get(response.json()["links"]["article"]).json()
    assert (article["title"], "<" in article["text"]) == ("Mine", False)


def test_short_fragment_is_text_too(client: httpx.Client) -> None:
    mark = str(uuid4())
    response = client.post(
        "/v1/articles", content=f"<p>Sales rose 5%. {mark}</p>".encode(), headers={"Content-Type": "text/html"}
    )
    assert client.get(response.json()["links"]["article"]).json()["text"] == f"Sales rose 5%. {mark}"


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "", "<script>var a = 5</script>", "<div>" * 50_000, "<!--", "\x00<p>\x00"]
)
def test_page_without_text(client: httpx.Client, problem: Problem, page: str) -> None:
    response = client.post("/v1/articles", content=page.encode(), headers={"Content-Type": "text/html"})
    assert response.status_code in (202, 422)
    if response.status_code == 422:
        assert problem(response)["detail"] == "No main text was found in the page."


@pytest.mark.reliability(6)
def test_idempotency_key_replays_the_answer(client: httpx.Client, problem: Problem) -> None:
    text, headers = unique(), {"Idempotency-Key": str(uuid4())}
    first = client.post("/v1/articles", json={"text": text}, headers=headers)
    again = client.post("/v1/articles", json={"text": text}, headers=headers)
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.content == first.content
    assert again.headers["location"] == first.headers["location"]
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    other = client.post("/v1/articles", json={"text": unique()}, headers=headers)
    assert other.status_code == 422
    assert problem(other) == {
        "type": "/problems/idempotency-mismatch",
        "title": "The key was used for another request",
        "status": 422,
        "detail": "This Idempotency-Key was used for a request with another body. Use a new key.",
        "errors": [{"in": "header", "pointer": "/Idempotency-Key", "message": "was used for another request"}],
    }


def test_idempotency_key_of_an_erased_article(client: httpx.Client) -> None:
    """The stored answer would name a job that is gone."""
    text, headers = unique(), {"Idempotency-Key": str(uuid4())}
    first = client.post("/v1/articles", json={"text": text}, headers=headers)
    client.delete(f"/v1/articles/{first.json()['article_id']}")
    second = client.post("/v1/articles", json={"text": text}, headers=headers)
    assert (second.status_code, second.json()["duplicate"]) == (202, False)
    assert "idempotency-replayed" not in second.headers
    assert client.get(second.headers["location"]).status_code == 200
    third = client.post("/v1/articles", json={"text": text}, headers=headers)
    assert (third.content, third.headers["idempotency-replayed"]) == (second.content, "true")


def test_idempotency_key_and_a_wait(client: httpx.Client) -> None:
    text, headers = unique(), {"Idempotency-Key": str(uuid4())}
    first = client.post("/v1/articles", json={"text": text}, headers=headers).json()
    client.post(f"{first['links']['self']}/cancel")
    again = client.post("/v1/articles", json={"text": text}, headers={**headers, "Prefer": "wait=5"})
    assert (again.status_code, again.json()["id"], again.json()["state"]) == (200, first["id"], "cancelled")
    assert again.headers["idempotency-replayed"] == "true"


def test_idempotency_key_of_a_bad_form(client: httpx.Client, problem: Problem) -> None:
    response = client.post("/v1/articles", json={"text": unique()}, headers={"Idempotency-Key": "x" * 256})
    assert response.status_code == 422
    assert problem(response)["errors"][0]["message"] == "must be 1 to 255 visible ASCII characters"


@pytest.mark.reliability(6)
def test_same_key_many_times_at_once_makes_one_job(client: httpx.Client) -> None:
    text, headers = unique(), {"Idempotency-Key": str(uuid4())}
    answers: list[httpx.Response] = []

    def send() -> None:
        answers.append(client.post("/v1/articles", json={"text": text}, headers=headers))

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {202, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 202}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers if answer.status_code == 202) == 1


@pytest.mark.reliability(6)
def test_idempotency_key_in_flight(
    postgresql_url: str, redis_server: RedisServer, start_api: Any, open_store: Any, problem: Problem
) -> None:
    """The first request under a key has not ended: a second one waits a little, then hears it."""
    headers = {"Idempotency-Key": str(uuid4())}
    with (
        start_api(postgresql_url, redis_server.url) as running,
        running.client() as client,
        open_store(postgresql_url) as store,
    ):
        with store() as session:
            assert claim_idempotency_key(session, "", headers["Idempotency-Key"], "digest") is None
            refused = client.post("/v1/articles", json={"text": unique()}, headers=headers)
        assert refused.status_code == 409
        assert problem(refused)["type"] == "/problems/idempotency-in-flight"
        # The first one came to nothing.
        assert client.post("/v1/articles", json={"text": unique()}, headers=headers).status_code == 202


@pytest.mark.reliability(7)
def test_same_text_many_times_at_once_makes_one_job(client: httpx.Client) -> None:
    text = unique()
    answers: list[httpx.Response] = []

    def send(number: int) -> None:
        headers = {"Idempotency-Key": f"{number}-{uuid4()}"}
        answers.append(client.post("/v1/articles", json={"text": text}, headers=headers))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [202]
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_unknown_articles(client: httpx.Client, problem: Problem) -> None:
    unknown = uuid4()
    for response in (
        client.get(f"/v1/articles/{unknown}"),
        client.get(f"/v1/articles/{unknown}/claims"),
        client.delete(f"/v1/articles/{unknown}"),
    ):
        assert response.status_code == 404
        assert problem(response) == {
            "type": "/problems/not-found",
            "title": "There is nothing here",
            "status": 404,
            "detail": f"There is no article '{unknown}'.",
        }
    assert client.get("/v1/articles/not-an-id").status_code == 404
    assert client.get("/v1/articles/%00").status_code == 404


def test_erased_article_is_gone_with_its_job(client: httpx.Client) -> None:
    job = submit(client).json()
    assert client.delete(f"/v1/articles/{job['article_id']}").status_code == 204
    assert client.get(f"/v1/articles/{job['article_id']}").status_code == 404
    assert client.get(f"/v1/jobs/{job['id']}").status_code == 404
    assert client.delete(f"/v1/articles/{job['article_id']}").status_code == 404


def test_list_of_articles_page_by_page(client: httpx.Client) -> None:
    sent = [submit(client).json()["article_id"] for _ in range(5)]
    found: list[str] = []
    url: str | None = "/v1/articles?limit=2"
    while url and len(found) < 5:
        response = client.get(url)
        assert all("text" not in item for item in response.json()["items"])
        found += [item["id"] for item in response.json()["items"]]
        url = response.links["next"]["url"] if "next" in response.links else None
    assert found[:5] == sent[::-1]


@pytest.mark.parametrize(
    "cursor", ["x", "e30", "W10", "bnVsbA", "WyJqb2JzIiwiLWNyZWF0ZWRfYXQiLCIyMDIzIiwiMSJd", "é", "A" * 400]
)
def test_forged_cursor(client: httpx.Client, problem: Problem, cursor: str) -> None:
    response = client.get("/v1/articles", params={"cursor": cursor})
    assert response.status_code == 422
    assert problem(response) == {
        "type": "/problems/invalid-cursor",
        "title": "The cursor is not valid",
        "status": 422,
        "detail": "The cursor is not one that this list gave out, or the sort order has changed since.",
        "errors": [{"in": "query", "pointer": "/cursor", "message": "is not a cursor of this list"}],
    }


@pytest.mark.parametrize(
    ("query", "pointer", "message"),
    [
        ("limit=0", "/limit", "must be greater than or equal to 1"),
        ("limit=501", "/limit", "must be less than or equal to 500"),
        ("limt=5", "/limt", "is not a known parameter"),
    ],
)
def test_wrong_query(client: httpx.Client, problem: Problem, query: str, pointer: str, message: str) -> None:
    response = client.get(f"/v1/articles?{query}")
    assert response.status_code == 422
    assert problem(response)["errors"] == [{"in": "query", "pointer": pointer, "message": message}]
