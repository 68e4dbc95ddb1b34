"""Reads the English word lists: ``extraction/en/*.toml``, each a table of lists; and which words a text holds.

Most expressions need a word that most sentences lack. Asking for the word first costs a fraction of the search.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
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


@cache
def phrases_by_word(name: str, key: str) -> dict[str, list[list[str]]]:
    """The words of each phrase of a list of ``extraction/en/NAME.toml``, under its first one; treat it as read-only."""
    phrases: dict[str, list[list[str]]] = {}
    for phrase in word_data(name)[key]:
        parts = phrase.split()
        phrases.setdefault(parts[0], []).append(parts)
    return phrases


@cache
def classes_by_word(name: str) -> dict[str, frozenset[str]]:
    """The names of the lists of ``extraction/en/NAME.toml`` that hold each word; treat it as read-only."""
    data = word_data(name)
    words = {word for members in data.values() for word in members}
    return {word: frozenset(key for key, members in data.items() if word in members) for word in words}


_LETTERS = re.compile(r"[a-zA-Z]++(?!\w)|[^\W\d_]+")  # the first is the second, and faster


@lru_cache(maxsize=64)
def words_in(text: str, start: int, end: int) -> frozenset[str]:
    """The runs of letters in ``text[start:end]``, in lower case: "Isn't" gives "isn" and "t"."""
    return frozenset(_LETTERS.findall(text[start:end].lower()))


def leading_words(phrases: Iterable[str]) -> frozenset[str]:
    """The first run of letters of each phrase: a text that holds the phrase as words of their own holds it too."""
    return frozenset(match.group() for phrase in phrases if (match := _LETTERS.search(phrase.lower())))
