"""The OpenAPI document: complete, and free of what the framework would send by itself."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from api import problems


@pytest.fixture
def document(client: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def test_routes(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods} >= {
        "POST /v1/articles",
        "GET /v1/articles",
        "GET /v1/articles/{article_id}",
        "DELETE /v1/articles/{article_id}",
        "GET /v1/articles/{article_id}/claims",
        "POST /v1/batches",
        "GET /v1/batches/{batch_id}",
        "GET /v1/jobs",
        "GET /v1/jobs/{job_id}",
        "POST /v1/jobs/{job_id}/cancel",
        "GET /v1/claims",
        "GET /v1/claims/{claim_id}",
        "GET /health/live",
        "GET /health/ready",
    }


def test_every_error_is_a_declared_problem(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            errors = {status: each for status, each in operation["responses"].items() if status >= "400"}
            assert "500" in errors, (method, path)
            for response in errors.values():
                assert "application/problem+json" in response["content"] or path == "/health/ready"
            if path.startswith("/v1/"):
                assert {"401", "403", "503"} <= set(errors)
                assert operation["security"]
            assert operation["summary"]
            assert operation["tags"]
    assert "HTTPValidationError" not in str(document)


def test_problem_types_are_stable_and_distinct() -> None:
    slugs = [kind.slug for kind in problems.ALL_TYPES]
    assert len(slugs) == len(set(slugs)) > 15
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", slug) for slug in slugs)


def test_examples_of_request_bodies_are_accepted(client: httpx.Client, document: dict[str, Any]) -> None:
    for path in ("/v1/articles", "/v1/batches"):
        content = document["paths"][path]["post"]["requestBody"]["content"]
        for media_type, declared in content.items():
            example = declared.get("example") or declared["schema"]["examples"][0]
            sent = {"json": example} if media_type == "application/json" else {"content": example}
            response = client.post(path, **sent, headers={"Content-Type": media_type})
            assert response.status_code in (200, 202), (media_type, response.text)


def test_docs_page(client: httpx.Client) -> None:
    assert client.get("/docs").headers["content-type"].startswith("text/html")
