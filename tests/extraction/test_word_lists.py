"""The lists of ``extraction/en/*.toml``."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

TABLES = sorted(each.name for each in files("extraction.en").iterdir() if each.name.endswith(".toml"))


def _lists(key: str, value: Any) -> Iterator[tuple[str, list[str]]]:
    """All lists of words in a table, with the path to each."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _lists(f"{key}.{name}" if key else name, item)
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield key, value
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from _lists(f"{key}[{at}]", item)


@pytest.mark.parametrize("table", TABLES)
def test_no_word_stands_twice_in_a_list(table: str) -> None:
    content = tomllib.loads(files("extraction.en").joinpath(table).read_text("utf-8"))
    twice = {key: [word for word, times in Counter(words).items() if times > 1] for key, words in _lists("", content)}
    assert {key: words for key, words in twice.items() if words} == {}
