"""Requests that nobody would think of: the interface's own description turned against it, and every kind of text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.support.servers import RedisServer, wait_until
from tests.support.worker_processes import worker_starter

Measured = Callable[..., None]
_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


@pytest.mark.reliability(17)
@pytest.mark.long
def test_no_generated_request_ends_in_a_server_error(
    one_database_url: str, redis_server: RedisServer, start_api: Any, tmp_path: Path, measured: Measured
) -> None:
    """Requests as the OpenAPI document allows and forbids them, the same ones at every run."""
    program = Path(sys.executable).with_name("schemathesis")
    with start_api(one_database_url, redis_server.url) as api:
        command = [str(program), "run", f"{api.url}/openapi.json", "--checks", _CHECKS, "--seed", "1"]
        command += ["--phases", "fuzzing", "--max-examples", "12", "--generation-database", "none", "--no-color"]
        command += ["--suppress-health-check", "all", "--continue-on-failure", "--no-shrink"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated is not None, done.stdout[-2000:]
    measured(requests=int(generated.group(1)), server_errors=0)


@dataclass(frozen=True)
class Side:
    """A server with what its workers need to know."""

    client: httpx.Client
    environment: dict[str, str]


@pytest.fixture
def both(
    sqlite_url: str, postgresql_url: str, start_api: Any, redis_server: RedisServer, redis_url: str
) -> Iterator[list[Side]]:
    """A server on SQLite and one on PostgreSQL, each with a Redis of its own."""
    with RedisServer() as another, ExitStack() as stack:
        yield [
            Side(
                stack.enter_context(
                    stack.enter_context(start_api(database, broker, max_article_characters="1000000")).client()
                ),
                {"TALLY_DATABASE_URL": database, "TALLY_REDIS_URL": broker, "TALLY_WORKER_CONCURRENCY": "1"},
            )
            for database, broker in ((sqlite_url, redis_url), (postgresql_url, another.url))
        ]


_UNSTORABLE = st.one_of(st.just("\0"), st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"]))
_ODD = st.sampled_from(
    [
        *"\x01\x08\x0b\x1b\x7f\x85\x9b\xa0\xad\u200b\u200d\u200e\u2028\u2029\u202e\u2066\ufeff\ufffd\ufffe\uffff",
        *(
            "e\u0301",
            "\u1100\u1161\u11a8",
            "👩‍👩‍👧‍👦",
            "🇳🇿",
            "\U0010ffff",
            "z\u0335" * 30,
            "\r\n",
            "\r",
            "ﬁ",
            "İ",
            "٣",
            "½",
        ),
        *("٣", "½", "5%", "$8 million", "{}", "\\u0000", "%00", "'; --", "<b>", "\\"),
    ]
)
_SENTENCES = st.sampled_from(
    ["\nThe town has 7 schools. ", " Sales rose 5% to $8 million, she said. ", " Up to 40 people "]
)
_PIECES = st.one_of(_ODD, st.text(max_size=8), _SENTENCES)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=12).map("".join)
_REFUSED = st.lists(st.one_of(_PIECES, _UNSTORABLE), max_size=12).map("".join)


def outcome(client: httpx.Client, body: bytes) -> tuple[int, Any, str]:
    """Status, what the server says or has stored, without ids and times, and the article's id."""
    response = client.post("/v1/articles", content=body, headers={"Content-Type": "application/json"})
    found = response.json()
    if response.status_code not in (200, 202):
        return response.status_code, {**found, "request_id": None}, ""
    article = client.get(found["links"]["article"]).json()
    stored = {name: article[name] for name in ("text", "title", "metadata", "characters")}
    return response.status_code, stored, article["id"]


def claims(side: Side, articles: list[str]) -> list[list[dict[str, Any]]]:
    """The claims of each article, without ids, once all jobs have ended."""

    def ended() -> bool:
        states = {job["state"] for job in side.client.get("/v1/jobs?limit=200").json()["items"]}
        return states == {"succeeded"}

    wait_until(ended, seconds=120, what="the end of the jobs")
    found = [side.client.get(f"/v1/articles/{article}/claims?limit=200").json()["items"] for article in articles]
    return [[{**claim, "id": None, "article_id": None, "job_id": None} for claim in each] for each in found]


@pytest.mark.reliability(17)
def test_every_text_means_the_same_on_both_databases(both: list[Side], tmp_path: Path) -> None:
    """It is stored as it was sent, or refused in the same words; never lost, never an error of the server.

    What is stored has the same claims.
    """
    stored: dict[str, list[str]] = {}

    @settings(
        max_examples=200,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(text=st.one_of(_TEXTS, _REFUSED), title=st.one_of(_TEXTS, _REFUSED), word=_TEXTS)
    @example(text="x" * 1_000_000, title="x", word="x")
    @example(text="7" * 1_000_000, title="7", word="7")
    @example(text="ok 5%\0", title="ok", word="ok")
    @example(text="ok 5%", title="\ud800", word="ok")
    def submit(text: str, title: str, word: str) -> None:
        sent = {"text": text, "title": title, "metadata": {word: word}}
        # With \\u escapes JSON can carry lone surrogates; as raw UTF-8 it can't.
        bodies = [json.dumps(sent).encode()]
        if not re.search("[\ud800-\udfff]", text + title + word):
            bodies.append(json.dumps(sent, ensure_ascii=False).encode())
        for body in bodies:
            *first, one = outcome(both[0].client, body)
            *second, other = outcome(both[1].client, body)
            assert first == second
            status, found = first
            assert status in (200, 202, 422), found
            if status == 202:
                assert found["characters"] == len(found["text"])
                assert found["metadata"] == {word: word}
                stored[one] = [one, other]

    submit()
    for number, side in enumerate(both):
        folder = tmp_path / str(number)
        folder.mkdir()
        with worker_starter(side.environment, folder) as start:
            start()
            found = claims(side, [articles[number] for articles in stored.values()])
        if number == 0:
            expected = found
    assert found == expected
    assert len(found) >= 50
    assert sum(map(len, found)) > 50
