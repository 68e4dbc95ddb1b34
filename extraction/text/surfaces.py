"""A trie of spellings over lexemes, with guards that say where an ambiguous spelling is accepted.

A look-up costs no more than the longest spelling. Guards are written in the TOML tables of ``en/``:

``case``          the case of letters must be that of the spelling (default true)
``digits``        the number is in digits (default true)
``glued``         nothing but a hyphen stands between number and spelling; false: something does
``large``         the number has a magnitude, a comma, a decimal point or three digits
``next``          the word after the spelling is in the list ("" is the end of the text or line)
``not_next``      it is not in the list, nor is the word behind a hyphen
``not_previous``  the word before the number is not in the list
``not_number``    the number is not in the list
``decimal``       the number has a decimal point
``small``        no more than two digits stand in front of the decimal point
``scaled``        the number ends in a magnitude ("five million", "6bn")
``alone``         its sentence has no other words than those of ``near``
``near``          a word of the list stands within ten lexemes on either side
``not_near``      none does

A word list may name a list of the file's ``[words]`` as "@name".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from extraction.text.lexemes import Lexeme, LexemeType, lex
from extraction.text.words import word_set

T = TypeVar("T")
HYPHENS = ("-", "‐", "‑")
# Behind a hyphen and an amount of money these are magnitudes: "a P10-B fund".
HYPHENED_LETTERS = frozenset(("M", "B", "T"))
# What makes an amount of the number before a spelling: "five million", "6bn".
MAGNITUDES = word_set("cues", "magnitudes")
_NEAR = 10
_SMALL = 2  # digits


@dataclass(frozen=True, slots=True)
class Guard:
    """When an ambiguous spelling is accepted; see the head of this module."""

    case: str | None = None
    digits: bool = True
    glued: bool | None = None
    large: bool = False
    decimal: bool = False
    small: bool = False
    scaled: bool = False
    alone: bool = False
    next: frozenset[str] = frozenset()
    not_next: frozenset[str] = frozenset()
    not_previous: frozenset[str] = frozenset()
    not_number: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    not_near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """One meaning of a spelling; ``exact`` is the spelling where the case of letters matters."""

    meaning: T
    guard: Guard | None = None
    exact: str | None = None


@dataclass(slots=True)
class Trie(Generic[T]):
    """Spellings by their lexemes in lower case; hyphens and full stops inside a spelling are optional."""

    children: "dict[str, Trie[T]]" = field(default_factory=dict)
    readings: list[Reading[T]] = field(default_factory=list)

    def add(self, surface: str, reading: Reading[T]) -> None:
        """Adds a spelling; the readings of one spelling are tried guarded first, then exact, then the rest."""
        node = self
        for lexeme in lex(surface.lower()):
            if lexeme.text not in (*HYPHENS, ".") or len(surface) == 1:
                node = node.children.setdefault(lexeme.text, Trie())
        if reading not in node.readings:
            node.readings.append(reading)
            node.readings.sort(key=lambda one: (one.guard is None, one.exact is None))

    def longest(
        self, lexemes: Sequence[Lexeme], i: int, *, after_currency: bool = False
    ) -> tuple[Reading[T] | None, int]:
        """The reading of the longest accepted spelling at lexeme ``i``, and the lexeme where it ends.

        ``after_currency`` refuses guarded readings, which are unsafe behind an amount of money.
        """
        if i >= len(lexemes) or lexemes[i].lower not in self.children:
            return None, i
        found: list[tuple[Trie[T], int]] = []
        node, j = self, i
        while j < len(lexemes):
            child = node.children.get(lexemes[j].lower)
            if child is not None and j > i and lexemes[j].type is LexemeType.NUMBER and not lexemes[j].glued:
                child = None  # "12 ft 2 in" has no square feet
            if child is None and j > i and lexemes[j].glued and lexemes[j].text in (*HYPHENS, "."):
                j += 1
                child = node.children.get(lexemes[j].lower) if j < len(lexemes) else None
            if child is None:
                break
            node, j = child, j + 1
            if node.readings:
                found.append((node, j))
        for node, end in reversed(found):
            for reading in node.readings:
                if _accepts(reading, lexemes, i, end, after_currency=after_currency):
                    return reading, end
        return None, i


def squeezed(lexemes: Sequence[Lexeme]) -> str:
    """The lexemes' text without spaces."""
    return "".join(lexeme.text for lexeme in lexemes)


def word_at(lexemes: Sequence[Lexeme], j: int) -> str:
    """The lexeme's text in lower case; empty at a line break and beyond the ends."""
    return lexemes[j].lower if 0 <= j < len(lexemes) and lexemes[j].type is not LexemeType.BREAK else ""


def is_large(lexemes: Sequence[Lexeme], number: int) -> bool:
    """Whether the number that ends at lexeme ``number`` looks like an amount: 5,000, 1.85, 500, "five million"."""
    if number < 0:
        return False
    lexeme = lexemes[number]
    if lexeme.type is LexemeType.NUMBER:
        return len(lexeme.text) > 2
    return lexeme.lower in MAGNITUDES


def words_of(source: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """The ``[words]`` of a table, in lower case."""
    return {name: frozenset(word.lower() for word in members) for name, members in source.items()}


def guard_of(rule: Mapping[str, Any], words: Mapping[str, frozenset[str]]) -> Guard:
    """The guard that a row of a table describes, for its ``text``."""

    def members(key: str) -> frozenset[str]:
        return frozenset(
            member for item in rule.get(key, ()) for member in (words[item[1:]] if item[:1] == "@" else (item.lower(),))
        )

    return Guard(
        case=squeezed(lex(rule["text"])).rstrip(".") if rule.get("case", True) else None,
        digits=rule.get("digits", True),
        glued=rule.get("glued"),
        large=rule.get("large", False),
        decimal=rule.get("decimal", False),
        small=rule.get("small", False),
        scaled=rule.get("scaled", False),
        alone=rule.get("alone", False),
        next=members("next"),
        not_next=members("not_next"),
        not_previous=members("not_previous"),
        not_number=members("not_number"),
        near=members("near"),
        not_near=members("not_near"),
    )


def _accepts(reading: Reading[T], lexemes: Sequence[Lexeme], i: int, end: int, *, after_currency: bool) -> bool:
    if reading.exact is not None:
        return squeezed(lexemes[i:end]) == reading.exact
    guard = reading.guard
    if guard is None:
        return True
    if after_currency or (guard.case is not None and squeezed(lexemes[i:end]) != guard.case):
        return False
    before = i - 1
    hyphen = before > 0 and lexemes[before].text in HYPHENS and lexemes[before].glued
    if hyphen:
        before -= 1
    return _number_fits(guard, lexemes, i, before, hyphen=hyphen) and _words_fit(guard, lexemes, i, before, end)


def _number_fits(guard: Guard, lexemes: Sequence[Lexeme], i: int, before: int, *, hyphen: bool) -> bool:
    if guard.digits and not (before >= 0 and lexemes[before].type is LexemeType.NUMBER):
        return False
    if guard.glued is not None and guard.glued != (hyphen or lexemes[i].glued):
        return False
    if guard.decimal and "." not in word_at(lexemes, before):
        return False
    if guard.small and len(word_at(lexemes, before).partition(".")[0]) > _SMALL:
        return False
    if guard.scaled and word_at(lexemes, before) not in MAGNITUDES:
        return False
    return not (guard.large and not is_large(lexemes, before)) and word_at(lexemes, before) not in guard.not_number


def _words_fit(guard: Guard, lexemes: Sequence[Lexeme], i: int, before: int, end: int) -> bool:
    following = word_at(lexemes, end)
    if (guard.next and following not in guard.next) or following in guard.not_next:
        return False
    if following in HYPHENS and lexemes[end].glued and word_at(lexemes, end + 1) in guard.not_next:
        return False
    if guard.not_previous and word_at(lexemes, before - 1) in guard.not_previous:
        return False
    if guard.near and not is_near(guard.near, lexemes, i, end):
        return False
    if guard.alone and any(x.type is LexemeType.WORD and x.lower not in guard.near for x in lexemes):
        return False
    return not (guard.not_near and is_near(guard.not_near, lexemes, i, end))


def is_near(words: frozenset[str], lexemes: Sequence[Lexeme], start: int, end: int, reach: int = _NEAR) -> bool:
    """Whether one of the words stands within ``reach`` lexemes of lexemes ``start:end``."""
    around = (*lexemes[max(0, start - reach) : start], *lexemes[end : end + reach])
    return any(lexeme.lower in words for lexeme in around)
