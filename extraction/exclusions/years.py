"""Tells bare years: "in 2019", "below 1990 levels", "the class of '98"; "1500 homes" counts."""

import itertools
import re
from collections.abc import Sequence

from extraction.bounds.qualifiers import qualifier_before
from extraction.exclusions.reasons import Reason
from extraction.text.lexemes import Lexeme, LexemeType, lexeme_at
from extraction.text.nouns import is_person, is_plural, noun_follows
from extraction.text.numeral import Numeral, of_four_digits
from extraction.text.words import word_set

_YEAR_LEADERS = word_set("exclusions", "year_leaders")
_YEAR_NOUNS = word_set("exclusions", "year_nouns")
_FIRST_YEAR = 1500  # older ones stand behind "in" and the like
_LEVELS = word_set("grammar", "be") - {"s", "re"} | {"at"}  # the rest of "Levi`s" is no verb
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


def year(lexemes: Sequence[Lexeme], numeral: Numeral) -> Reason | None:
    """A bare four-digit number of the years 1000-2100 is a year unless it counts what follows."""
    text = lexemes[numeral.start].text
    if _follows_apostrophe(lexemes, numeral.start) or _listed_years(lexemes, numeral.start) or _about(lexemes, numeral):
        return "year"
    if numeral.end - numeral.start > 1 or not (of_four_digits(text) and 1000 <= int(text) <= 2100):
        return None
    before, after = lexeme_at(lexemes, numeral.start - 1), lexeme_at(lexemes, numeral.end)
    if int(text) < _BEST_SCORE and _is_score(lexemes, numeral):
        return None
    until = lexeme_at(lexemes, numeral.end + 1)
    if after is not None and after.text in "-–—" and until is not None and _YEAR.fullmatch(until.text):
        return "year"  # "over 2000 - 2050"
    if after is not None and after.lower in _YEAR_NOUNS:
        return "year"  # "below 1990 levels"
    counts_next = after is not None and after.type is LexemeType.WORD and is_plural(after.text)
    if counts_next and _is_sample(lexemes, numeral.start, numeral.end):
        return None  # "a poll of 1850 voters"
    if before is not None and before.lower in _YEAR_LEADERS and not (counts_next and text.endswith("00")):
        return "year"
    if counts_next and (text.endswith("0") or not 1900 <= int(text) <= 2040):
        return None
    if not 1500 <= int(text) <= 2050 and text.endswith("0"):
        return None
    if int(text) < _FIRST_YEAR and before is not None and before.lower in _LEVELS:
        return None  # "The margin had been 1334"
    qualifier = qualifier_before(lexemes, numeral.start, numeral.value)
    return None if qualifier is not None and text.endswith("0") else "year"


def _about(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether it is a year behind "c.": "circa 980", "(c. 314 – 368)", "c. 1871 – 72"; "c. 300 people" are counted."""
    k, text = numeral.start - 1, lexemes[numeral.start].text
    second = k > 1 and lexemes[k].text in "-–—" and lexemes[k - 1].is_number
    if second:
        k -= 2
    words = [lexeme.lower for lexeme in lexemes[max(0, k - 1) : k + 1]]
    about = words[-1:] == ["circa"] or (words[-1:] == ["."] and words[0] in _ABOUT)
    old = text.isdecimal() and (second or len(text) == _OLD) and len(text) <= len("2000")
    return about and old and not noun_follows(lexemes, numeral.end)


_ABOUT = ("c", "ca")
_OLD = 3  # digits of the years before 1000


def _is_score(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """Whether a word for what is scored is near: "The average SAT score fell to 1024 from 1028", "a 1480 SAT score"."""
    near = [*lexemes[max(0, numeral.start - _TO_SCORE) : numeral.start], *lexemes[numeral.end : numeral.end + 2]]
    return any(lexeme.lower in word_set("cues", "scored_words") for lexeme in near)


_BEST_SCORE = 1601  # of the SAT; later numbers are years
_TO_SCORE = 7  # lexemes


def _listed_years(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether the numbers behind "in" are years: two of the last century, or one and a full year:
    "ran in 88 and 92", "in 97, 98 and 2003"."""
    first = start
    while first > 1 and start - first < _LONGEST_LIST and _in_list(lexemes[first - 1]):
        first -= 1
    if lexemes[first - 1].lower != "in":
        return False
    last = start
    while last + 1 < len(lexemes) and last - start < _LONGEST_LIST and _in_list(lexemes[last + 1]):
        last += 1
    while last > start and not lexemes[last].is_number:
        last -= 1
    if noun_follows(lexemes, last + 1):
        return False
    years = [lexeme.text for lexeme in lexemes[first : last + 1] if lexeme.is_number]
    joined = any(lexeme.lower == "and" for lexeme in lexemes[first:last])
    of_century = all(_is_short(year) or _YEAR.fullmatch(year) for year in years)
    full = [int(year) if len(year) == 4 else 1900 + int(year) for year in years] if of_century else []
    behind = lexeme_at(lexemes, last + 1)
    whole = behind is not None and behind.lower == "of"
    return joined and len(full) > 1 and not whole and all(a < b for a, b in itertools.pairwise(full))


def _is_short(year: str) -> bool:
    return len(year) == 2 and year.isdecimal() and int(year) >= _EARLIEST


_EARLIEST = 45
_LONGEST_LIST = 8  # lexemes


def _in_list(lexeme: Lexeme) -> bool:
    return lexeme.is_number or lexeme.lower in (",", "and")


def _is_sample(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number counts who were asked: "a poll of 1850 voters", "a survey of 1012 people"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, start - 2) : start]]
    asked = len(before) == 2 and before[1] == "of" and before[0] in word_set("exclusions", "samples")
    people = lexemes[end].lower
    return asked and (is_person(people) or people in word_set("cues", "age_groups", "sampled"))


def _follows_apostrophe(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether an apostrophe in front makes two digits a year: "the class of '98"."""
    before = lexeme_at(lexemes, start - 1)
    text = lexemes[start].text
    short = len(text) == 2 and text.isdecimal() and lexemes[start].glued
    return short and before is not None and before.text in "'’‘" and not before.glued
