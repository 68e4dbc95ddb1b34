"""Reads years as they are said: "in twenty-twenty-three", "nineteen ninety-eight", "since two thousand and eight"."""

import re
from functools import cache

from extraction.text.nouns import is_plural
from extraction.text.words import word_data, word_set

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_CENTURIES = ("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty")
_FIRST_CENTURY = 15
_LAST_YEAR = 60  # of this century that is told without a cue
CENTURY_WORDS = frozenset((*_CENTURIES, "thousand"))


@cache
def _cardinals() -> dict[str, int]:
    return {word: int(value) for word, value in word_data("numerals")["cardinals"].items() if int(value) > 0}


def said_year_pattern() -> str:
    """Matches the words of a year with the word in front (``cue``) and the one behind (``next``)."""
    ones, centuries = "|".join(_ONES), "|".join(_CENTURIES)
    teens = "|".join(word for word, value in _cardinals().items() if 10 <= value < 20)
    tens = "|".join(word for word, value in _cardinals().items() if value >= 20)
    below = rf"(?:{tens})(?:[ -](?:{ones})\b)?|{teens}"
    return (
        r"(?ia:(?<![\w-])(?:(?P<cue>[a-z]{1,12}),? )?"
        rf"(?P<span>(?P<century>{centuries})[ -](?:(?:oh|o)[ -](?P<oh>{ones})|(?P<below>{below}))"
        rf"|two[ -]thousand(?:[ -]and)?[ -](?P<later>{ones}|{below}))"
        r"(?!\w)(?!-\w)(?=(?P<next>(?: [a-z]{1,20})?)))"
    )


def year_said(match: re.Match[str]) -> int:
    """The year that the words of a match of `said_year_pattern` name."""
    if match["later"]:
        return 2000 + _below_hundred(match["later"])
    century = _FIRST_CENTURY + _CENTURIES.index(match["century"].lower())
    return century * 100 + _below_hundred(match["oh"] or match["below"])


def _below_hundred(words: str) -> int:
    return sum(_cardinals()[word] for word in re.split("[ -]", words.lower()))


def is_said_year(match: re.Match[str]) -> bool:
    """Whether the words around say that it is a year: not "two thousand and eight cases", "paid nineteen fifty"."""
    cue, following = (match["cue"] or "").lower(), match["next"].lower().strip()
    if following in ("per", "each", "point") or following in _magnitudes() or _is_counted(following):
        return False  # "a town of two thousand four hundred"
    if cue in word_set("times", "strong_year_cues", "said_year_cues") or (cue in _JOINING and _follows_year(match)):
        return True
    if match["later"] or match["century"].lower() not in ("nineteen", "twenty") or following in ("a", "an"):
        return False  # "paid twenty fifty a tonne"
    if match["century"].lower() == "twenty" and match["below"]:
        below = _below_hundred(match["below"])
        if below > _LAST_YEAR or (below == 20 and following and following not in word_set("times", "after_year")):
            return False  # "twenty-twenty vision"
    return not cue or cue in word_set("times", "weak_year_cues", "year_determiners", "after_year") | _months()


_JOINING = frozenset(("and", "to", "or", "through"))
_BEFORE = 30  # characters


def _follows_year(match: re.Match[str]) -> bool:
    """Whether a year in words stands in front of the match.

    As in "between nineteen ninety-eight and two thousand and three".
    """
    words = match.string[max(match.pos, match.start() - _BEFORE) : match.start()].lower()
    return any(century in words for century in _CENTURIES)


def _is_counted(word: str) -> bool:
    plural = is_plural(word) and word not in word_set("times", "not_plurals")
    return plural or word in word_set("times", "counted")


@cache
def _magnitudes() -> frozenset[str]:
    return frozenset(word_data("numerals")["magnitudes"])


@cache
def _months() -> frozenset[str]:
    return frozenset(name for group in word_data("times")["months"] for name in group)
