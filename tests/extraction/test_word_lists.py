"""The lists of ``extraction/en/*.toml``."""

import ast
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
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


_EXTRACTION = Path(__file__).parents[2] / "extraction"
_OF_ONE_ROOM = (
    "amounts",
    "bounds",
    "context",
    "counts",
    "tables",
    "text",
)  # whose tables hold nothing but what the room itself asks for
_OF_MANY_ROOMS = "cues"


def _readers() -> dict[tuple[str, str], set[str]]:
    """Which rooms ask for which list of which table, by the calls of ``word_set`` that name both."""
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for path in _EXTRACTION.rglob("*.py"):
        room = path.relative_to(_EXTRACTION).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "word_set":
                table, *lists = [each.value for each in node.args if isinstance(each, ast.Constant)]
                for name in lists:
                    readers[str(table), str(name)].add(room)
    return readers


@pytest.mark.parametrize("table", _OF_ONE_ROOM)
def test_the_table_of_a_room_is_read_by_that_room(table: str) -> None:
    readers = {name: rooms for (of, name), rooms in _readers().items() if of == table}
    assert readers
    assert {name: rooms for name, rooms in readers.items() if rooms != {table}} == {}


def test_what_one_room_alone_asks_for_stands_in_its_table() -> None:
    together = _named_together()
    alone = {
        name: rooms
        for (table, name), rooms in _readers().items()
        if table == _OF_MANY_ROOMS and len(rooms) == 1 and rooms < set(_OF_ONE_ROOM) and name not in together
    }
    assert alone == {}


def _named_together() -> set[str]:
    """The lists that a call names beside others, which must stand in one table, or that a module passes on."""
    named: set[str] = set()
    for path in _EXTRACTION.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "word_set"]
        for call in calls:
            if len(call.args) > 2:
                named.update(str(each.value) for each in call.args[1:] if isinstance(each, ast.Constant))
        if any(not isinstance(each, ast.Constant) for call in calls for each in call.args):
            named.update(str(each.value) for each in ast.walk(tree) if isinstance(each, ast.Constant))
    return named
