"""Requests that nobody would think of: the interface's own description turned against it, and every kind of text."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from servers import RedisServer

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


@pytest.fixture(scope="module")
def both(request: pytest.FixtureRequest, redis_server: RedisServer) -> Iterator[list[httpx.Client]]:
    """A client of a server on SQLite, and one of a server on PostgreSQL."""
    from servers import database_of

    import migrations

    start_api = request.getfixturevalue("start_api")
    with database_of(request.getfixturevalue("postgres_server")) as postgresql:
        migrations.upgrade(postgresql)
        sqlite = request.getfixturevalue("one_database_url")
        with (
            start_api(sqlite, redis_server.url) as one,
            start_api(postgresql, redis_server.url) as other,
            one.client() as first,
            other.client() as second,
        ):
            yield [first, second]


_SURROGATES = st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"])
_ODD = st.sampled_from(
    [
        *"\0\x01\x08\x0b\x1b\x7f\x85\x9b\xa0\xad\u200b\u200d\u200e\u2028\u2029\u202e\u2066\ufeff\ufffd\ufffe\uffff",
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
_TEXTS = st.lists(st.one_of(_ODD, st.text(max_size=8), _SURROGATES), max_size=12).map("".join)


def outcome(client: httpx.Client, body: bytes) -> tuple[int, Any]:
    """Status and what the server says or has stored, without ids and times."""
    response = client.post("/v1/articles", content=body, headers={"Content-Type": "application/json"})
    found = response.json()
    if response.status_code not in (200, 202):
        return response.status_code, {**found, "request_id": None}
    article = client.get(found["links"]["article"]).json()
    return response.status_code, {name: article[name] for name in ("text", "title", "metadata", "characters")}


@pytest.mark.reliability(17)
@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(text=_TEXTS, title=_TEXTS, word=_TEXTS)
@example(text="x" * 400_000, title="x", word="x")
@example(text="7" * 400_000, title="7", word="7")
@example(text="ok 5%\0", title="ok", word="ok")
@example(text="ok 5%", title="\ud800", word="ok")
def test_every_text_means_the_same_on_both_databases(
    both: list[httpx.Client], text: str, title: str, word: str
) -> None:
    """It is stored as it was sent, or refused in the same words; never lost, never an error of the server."""
    sent = {"text": text, "title": title, "metadata": {word: word}}
    # With \u escapes JSON can carry lone surrogates; as raw UTF-8 it can't.
    bodies = [json.dumps(sent).encode()]
    if not re.search("[\ud800-\udfff]", text + title + word):
        bodies.append(json.dumps(sent, ensure_ascii=False).encode())
    for body in bodies:
        first, second = (outcome(client, body) for client in both)
        assert first == second
        status, found = first
        assert status in (200, 202, 422), found
        if status == 202:
            assert found["characters"] == len(found["text"])
            assert found["metadata"] == {word: word}
