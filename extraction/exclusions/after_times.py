"""Numbers right behind a holiday, a period or a place that opens the clause: "By Christmas 640 people will go"."""

import re
from collections.abc import Sequence
from functools import cache

from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import counts_following, last_words_of_places
from extraction.text.numeral import Numeral
from extraction.text.word_classes import in_class
from extraction.text.words import word_data, word_set

_MOST_WORDS = 4  # of "New Year's Day"
_LEADING = ("this", "last", "next", "every", "each")


def behind_holiday(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether a holiday and a preposition stand in front of lexeme ``start``: "By Easter 120 shops", "After Diwali"."""
    if lexemes[start - 1].lower not in _last_words():
        return False
    for first in range(start - 1, max(0, start - 1 - _MOST_WORDS), -1):
        words = lexemes[first:start]
        if any(word.type is LexemeType.BREAK for word in words):
            return False
        name = "".join(word.text if word.glued or at == 0 else f" {word.text}" for at, word in enumerate(words))
        if _holidays().fullmatch(name) is not None:
            return in_class(lexemes[first - 1], "prepositions") or lexemes[first - 1].lower in _LEADING
    return False


def behind_place(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether a place behind "in" or "across" stands in front, and what is counted behind:
    "In Kenya 300 people left"."""
    if lexemes[start - 1].lower not in last_words_of_places():
        return False
    k = start - 1
    while k > 0 and start - k <= _MOST_WORDS and lexemes[k].capitalised:
        k -= 1
    return lexemes[k].lower in ("in", "across") and k < start - 1 and counts_following(lexemes, end)


@cache
def _holidays() -> re.Pattern[str]:
    return re.compile("|".join(sorted(word_data("times")["holidays"], key=len, reverse=True)))


@cache
def _last_words() -> frozenset[str]:
    """The words that a holiday may end in, and others of their names."""
    return frozenset(word for name in word_data("times")["holidays"] for word in re.findall(r"[a-z]+", name.lower()))


def behind_period(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether the number counts some of a whole and the period in front of it is a time:
    "By the end of the year 40 of the 50 stores had closed"; not in "In week 12 of the season"."""
    led, whole = lexeme_at(lexemes, numeral.start - 2), lexeme_at(lexemes, numeral.end + 1)
    if led is None or whole is None or lexemes[numeral.end].lower != "of":
        return False
    periods = word_set("exclusions", "periods_of_days")
    timed = lexemes[numeral.start - 1].lower in periods and (in_class(led, "determiners") or led.lower in _LEADING)
    return timed and in_class(whole, "determiners", "object_pronouns")
