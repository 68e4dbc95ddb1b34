"""The articles that are measured with: those of seeds/, each made different from all others."""

from typing import Any

import seeds.load

_SENTENCE = "Order {}: the mill sold flour for ${} million."


def numbered(count: int, *, first: int = 0) -> list[dict[str, Any]]:
    """``count`` bodies of POST /v1/articles of which no two have the same text."""
    bodies = seeds.load.articles()
    return [_numbered(bodies[number % len(bodies)], number) for number in range(first, first + count)]


def short(count: int, *, first: int = 0) -> list[dict[str, Any]]:
    """``count`` articles of one sentence with two claims."""
    return [{"text": _SENTENCE.format(n, n % 90 + 2)} for n in range(first, first + count)]


def _numbered(body: dict[str, Any], number: int) -> dict[str, Any]:
    return {**body, "external_id": f"bench-{number}", "text": f"{body['text']}\n\nReference {number}."}
