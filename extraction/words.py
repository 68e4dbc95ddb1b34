"""Reads the English word lists: ``extraction/en/*.toml``, each a table of lists."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_data(name: str) -> dict[str, Any]:
    """The content of ``extraction/en/NAME.toml``; treat it as read-only, it is shared."""
    return tomllib.loads((files("extraction") / "en" / f"{name}.toml").read_text("utf-8"))


@cache
def word_set(name: str, *lists: str) -> frozenset[str]:
    """The union of some lists of ``extraction/en/NAME.toml``."""
    data = word_data(name)
    return frozenset(word for key in lists for word in data[key])
