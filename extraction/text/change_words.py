"""The words that say a quantity moved, with their directions; they stand in ``en/changes.toml``."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.text.words import word_data


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """The words of change by what they are, each with its direction."""

    verbs: dict[str, str]
    with_by: dict[str, str]
    nouns: dict[str, str]
    after: dict[str, str]
    objects: frozenset[str]
    extent: frozenset[str]


@cache
def change_words() -> ChangeWords:
    """The word lists of ``en/changes.toml``."""
    table: dict[str, Any] = word_data("changes")

    def directions(group: str) -> dict[str, str]:
        return {word: direction for direction in ("up", "down") for word in table[direction][group]}

    return ChangeWords(
        verbs=directions("verbs"),
        with_by=directions("with_by"),
        nouns=directions("nouns"),
        after=directions("after"),
        objects=frozenset(table["objects"]["verbs"]),
        extent=frozenset(table["extent"]["words"]),
    )


@cache
def motions_up() -> frozenset[str]:
    """Verbs whose "up to" moves and bounds nothing."""
    words: list[str] = word_data("qualifiers")["motion_up"]["words"]
    return frozenset(words)
