"""The number checks of an article, over HTTP, on claims that were stored as a worker stores them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from extraction import SourceArticle, load
from models.job_groups import Share
from models.messages import pipeline_id
from models.session import Sessions
from worker.persistence import Extracted, finish, take

Problem = Callable[[httpx.Response], dict[str, Any]]

TEXT = "Sales rose 25 per cent from $100 million to $120 million. Around 40 per cent of it was steel."


def test_unknown_article(client: httpx.Client, problem: Problem) -> None:
    assert client.get("/v1/articles/none/checks").status_code == 404
    response = client.get(f"/v1/articles/{uuid4()}/checks")
    assert response.status_code == 404
    assert problem(response)["type"] == "/problems/not-found"


def test_findings_with_the_spans_of_their_claims(client: httpx.Client, store: Sessions) -> None:
    job = client.post("/v1/articles", json={"text": TEXT, "title": "Steel is 40% of sales"}).json()
    path = f"/v1/articles/{job['article_id']}/checks"
    assert client.get(path).json() == {"items": [], "next": None}
    (held,) = take(
        store,
        UUID(job["id"]),
        token=uuid4(),
        lease=timedelta(seconds=60),
        max_attempts=3,
        pipeline=pipeline_id(),
        share=Share(jobs=0, characters=0),
    )
    extracted = Extracted(held, load().extract(SourceArticle(TEXT)), sentences=2, seconds=0.1)
    assert finish(store, [extracted]) == {held.job_id}

    response = client.get(path)
    finding, headline = response.json()["items"]
    assert (finding["type"], finding["severity"]) == ("change", "error")
    assert "a rise of 20%" in finding["message"]
    stored = {claim["id"]: claim["text"] for claim in client.get(path.replace("checks", "claims")).json()["items"]}
    about = stored.popitem()
    assert {span["claim_id"]: span["text"] for span in finding["claims"]} == stored
    assert headline["type"] == "headline"
    assert headline["message"] == 'the title says 40%, the article says "Around" 40 per cent'
    assert [(span["claim_id"], span["text"]) for span in headline["claims"]] == [about]
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in finding["claims"])
    assert client.get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    client.delete(f"/v1/articles/{job['article_id']}")
