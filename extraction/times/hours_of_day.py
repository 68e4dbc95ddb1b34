"""Tells four digits in front of "hrs" that are a time of the clock from so many hours: "tripped at 1412 hrs"."""

import re
from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, lex
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_REACH = 24  # characters on either side
_HOURS = ("hrs", "hours")
_RATE_REACH = 60  # characters in front
_RATE = re.compile(r"\d (?:hrs|hours) (\w+)[^.;]*$")


def is_time_of_day(match: re.Match[str]) -> bool:
    """Whether four digits with "hrs" or a zone behind them are a time of the clock.

    As in "back in service 0520 hrs", "from 0900 hrs to 1700 hrs"; not "has 1200 hrs on it", "1250 hours of work".
    Whole hundreds need a word in front that leads to a time of the clock. Other zones than hours leave no doubt.
    """
    digits, zone = match.group()[:4], match.group().split()[-1].lower()
    if not zone.endswith(_HOURS) or not digits.isdecimal() or digits[0] == "0":
        return True
    text, start, end = match.string, match.start(), match.end()
    before, behind = lex(text, max(0, start - _REACH), start), lex(text, end, min(len(text), end + _REACH))
    words = [lexeme.lower for lexeme in before[-3:]]
    while words and words[-1] in ("about", "around", "approximately"):
        words.pop()
    word = words[-1] if words else ""
    if _per_something(text, start, behind) or (
        word == "in" and words[-2:-1] and words[-2] in word_set("times", "puts_in")
    ):
        return False
    ranged = word in ("to", "and", "-", "–") and words[-2:-1] != [] and words[-2].endswith(_HOURS)
    if ranged or word in word_set("times", "clock_leads"):
        return True
    led = bool(before) and (in_class(before[-1], "have", "determiners") or word in word_set("times", "before_hours"))
    lasted = bool(behind) and behind[0].lower in word_set("times", "behind_hours")
    return not (led or lasted or digits.endswith("00"))


def _per_something(text: str, start: int, behind: Sequence[Lexeme]) -> bool:
    """Whether the digits say how many hours there are in a year or the like.

    As in "open at 1412 hrs per year", "work 1340 hours a year and Mexicans 2130 hours".
    """
    if behind and behind[0].lower == "per":
        return True
    rate = _RATE.search(text, max(0, start - _RATE_REACH), start)
    return rate is not None and rate[1] in word_set("times", "hours_again")
