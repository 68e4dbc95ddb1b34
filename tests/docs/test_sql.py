"""What the reference says about the table of claims is so on both databases."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import text

import models
from extraction import SourceArticle, load
from models.claim import Claim
from models.session import Sessions, run_transaction
from models.submission import NewArticle, submit_article
from tests.docs.pages import DOCS, blocks, first_cells, page
from tests.support.single_jobs import store_claims

SECTION = re.search(r"^## In the database\n(.*?)^## ", page("claims.md"), re.DOTALL | re.MULTILINE)


def section() -> str:
    assert SECTION is not None
    return SECTION.group(1)


def test_every_column_is_told() -> None:
    told = first_cells(section())
    assert sorted(told) == sorted(column.name for column in Claim.__table__.columns)


def test_the_query_reads_value_text_and_sentence(sessions: Sessions) -> None:
    article = (DOCS / "example.txt").read_text("utf-8")
    claims = [claim.to_json() for claim in load().extract(SourceArticle(article))]

    def work(session: Any) -> None:
        submitted = submit_article(session, NewArticle(article), pipeline=models.pipeline_id())
        store_claims(session, submitted.job.id, submitted.job.pipeline, claims)

    run_transaction(sessions, work)
    (query,) = [body for language, body in blocks(section()) if language == "sql"]
    with sessions() as session:
        rows = [dict(row) for row in session.execute(text(query)).mappings()]
    expected = [claim for claim in claims if claim["kind"] == "money" and float(claim["value"] or 0) >= 1e6]
    expected.sort(key=lambda claim: float(claim["low"] or claim["value"]), reverse=True)
    assert len(expected) > 1
    assert [(row["text"], float(row["value"]), row["unit"], row["sentence"]) for row in rows] == [
        (claim["text"], float(claim["value"]), claim["unit"], claim["sentence"]["text"]) for claim in expected
    ]
    assert [row["subject"] for row in rows] == [(claim["subject"] or {}).get("text") for claim in expected]
