"""The articles that come with Tally, written for it."""

import json
from importlib.resources import files
from typing import Any


def articles() -> list[dict[str, Any]]:
    """The articles in the order of their files, each as a body of POST /v1/articles."""
    folder = files("seeds") / "articles"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json"))
    return [json.loads((folder / name).read_text(encoding="utf-8")) for name in names]
