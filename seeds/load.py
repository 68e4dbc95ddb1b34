"""The articles that come with Tally, written for it."""

import json
from importlib.resources import files
from typing import Any

_FIELDS = ("text", "title", "published_at", "publisher", "country")


def articles() -> list[dict[str, Any]]:
    """The articles in the order of their files, each as a body of POST /v1/articles."""
    folder = files("seeds") / "articles"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return [_body(json.loads((folder / name).read_text(encoding="utf-8"))) for name in names]


def _body(article: dict[str, Any]) -> dict[str, Any]:
    return {"external_id": article["id"], **{name: article[name] for name in _FIELDS if article.get(name) is not None}}
