"""Finds what a calendar or a clock can name: dates, months with years, years, quarters, decades and clock times.

The numbers in them are no claims. Every expression is linear: bounded counts and no nested repetition.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from functools import cache

from extraction.text.money_signs import SIGNS
from extraction.text.words import word_data, word_set, words_in
from extraction.times.hours_of_day import is_time_of_day
from extraction.times.said_years import CENTURY_WORDS, is_said_year, said_year_pattern
from extraction.times.years import ERA, ERA_WORDS, YEAR, is_era, is_old_year, is_year, is_year_range

# "2H gross margin", not "2H 30M"
_FIGURES = "|".join(sorted(word_set("modality", "wired", "kinds_of_figures")))


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A calendar or clock expression; ``kind`` names the pattern and ``match`` holds its parts."""

    start: int
    end: int
    kind: str
    match: re.Match[str]


def match_dates(text: str, start: int, end: int) -> list[DateMatch]:
    """Calendar dates, clock times, years with a cue, quarters and decades in ``text[start:end]``, ascending and apart.

    Of two that overlap, the one that starts first and is longer stands.
    """
    found = sorted(_all_matches(text, start, end), key=lambda match: (match.start, -match.end))
    apart: list[DateMatch] = []
    for match in found:
        if not apart or match.start >= apart[-1].end:
            apart.append(match)
    return apart


def _all_matches(text: str, first: int, last: int) -> Iterator[DateMatch]:
    held = _held(text, first, last)
    for need, kind, pattern, holds in _patterns():
        if need not in held:
            continue
        for match in pattern.finditer(text, first, last):
            if holds is None or holds(match):
                start, end = match.span("span") if "span" in match.re.groupindex else match.span()
                yield DateMatch(start, end, kind, match)


_Check = Callable[[re.Match[str]], bool]


class _Need(StrEnum):
    """What a sentence holds; a pattern is tried only where something that it cannot do without is there."""

    MARKS = auto()  # "1/2/", "1.2.", "1-2-"
    YEAR = auto()
    CODE = auto()  # "FY", "Q1", "2H"
    MONTH = auto()
    ORDINAL = auto()
    CLOCK = auto()
    DECADE = auto()
    OLD_YEAR = auto()
    ERA = auto()  # "BC", "AD"
    SAID_YEAR = auto()  # "twenty", "nineteen"
    LINE = auto()  # a clock time that opens a line


_A_DIGIT = re.compile(r"\d")
_MARKED = re.compile(r"\d[/.-]\d\d?[/.-]\d")
_A_YEAR = re.compile(YEAR)
_AN_OLD_YEAR = re.compile(r"[1-9]\d\d(?<=[ny] \d\d\d)\d?(?!\d)")  # behind "in" or "by"
_A_CLOCK = re.compile(r":[0-5]\d|\.[mM]")  # "7:05", "7 a.m."
_HOUR = r"(?:2[0-4]|1\d|0?\d)"
_CLOCK_OF_LINE = re.compile(rf"{_HOUR}\.[0-5]\d(?=(?::| ?[–—]| -)\s{{1,3}}[\"“‘']?[A-Z])")
_A_DECADE = re.compile(r"0['’‘]?s")


_NEEDED_NUMBERS = (
    (_Need.MARKS, _MARKED),
    (_Need.YEAR, _A_YEAR),
    (_Need.DECADE, _A_DECADE),
    (_Need.OLD_YEAR, _AN_OLD_YEAR),
    (_Need.CLOCK, _A_CLOCK),
)


@cache
def _needed_words() -> tuple[tuple[_Need, frozenset[str]], ...]:
    months = (name for group in word_data("times")["months"] for name in group)
    clock = ("clock", "noon", "midnight", "midday", "am", "pm", *word_data("times")["time_zones"])
    return (
        (_Need.CODE, frozenset(("fy", "h", "q", "hfy"))),
        (_Need.MONTH, frozenset(months)),
        (_Need.ORDINAL, frozenset(("first", "second", "third", "fourth", "final"))),
        (_Need.CLOCK, frozenset(clock)),
        (_Need.ERA, ERA_WORDS),
        (_Need.SAID_YEAR, CENTURY_WORDS),
    )


def _held(text: str, first: int, last: int) -> set[_Need]:
    words = words_in(text, first, last)
    held = {need for need, cues in _needed_words() if not words.isdisjoint(cues)}
    digit = _A_DIGIT.search(text, first, last)
    if digit is not None:
        start = digit.start()
        held.update(need for need, pattern in _NEEDED_NUMBERS if pattern.search(text, start, last) is not None)
        if _CLOCK_OF_LINE.match(text, first, last) is not None:
            held.add(_Need.LINE)
    return held


_NO_MORE_DIGITS = r"(?![\d%°])(?![.,]\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DASH = r"[-–—]"
_APOSTROPHE = "['’‘]"


def month_pattern() -> str:
    """Matches a month's name or abbreviation; in small letters only where it can be no other word ("june", "dec.")."""
    groups: list[list[str]] = word_data("times")["months"]
    plain = [group for group in groups if group[0] not in word_data("times")["ambiguous_months"]]
    names = "|".join(group[0] for group in plain)
    short = "|".join(name for group in plain for name in group[1:])
    return rf"(?:{_names(groups)}|(?:{names})\b|(?:{short})\.)"


def _names(groups: list[list[str]]) -> str:
    """The names of months or weekdays with a capital or in capitals; their abbreviations may end in a full stop."""

    def forms(names: Iterable[str]) -> str:
        written = [form for name in names for form in (name.title(), name.upper())]
        return "|".join(sorted(written, key=len, reverse=True))

    full, short = forms(group[0] for group in groups), forms(name for group in groups for name in group[1:])
    return rf"(?:(?:{full})\b|(?:{short})\b\.?)"


@cache
def _patterns() -> tuple[tuple[_Need, str, re.Pattern[str], _Check | None], ...]:
    month = month_pattern()
    weekday = rf"(?:{_names(word_data('times')['weekdays'])},? )?"
    year_after = rf"(?:,? (?P<year>{YEAR}){_NO_MORE_DIGITS})?"
    half_day = r"(?:[ap]m\b|[ap]\.m\.?|AM\b|PM\b|A\.M\.?|P\.M\.?)"
    hours = "|".join(word_data("times")["numbers"])
    zones = "|".join(
        zone.upper() if zone not in ("hours", "hrs") else zone for zone in word_data("times")["time_zones"]
    )
    return (
        _pattern(
            "iso",
            rf"(?<![\w.,/-])(?P<year>{YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:T[\d:.]{{2,15}}Z?)?(?![\d-])",
            _Need.YEAR,
        ),
        _pattern(
            "numeric",
            rf"(?<![\w.,/{SIGNS}-])(?P<first>[0-3]?\d)(?P<mark>[/.-])(?P<second>[0-3]?\d)(?P=mark)"
            r"(?P<year>(?:1[89]|20)\d\d|\d\d)(?![\w/-])(?!\.\d)",
            _Need.MARKS,
            _is_numeric_date,
        ),
        _pattern(
            "day_month",
            rf"(?<![\w.,{SIGNS}/])(?P<weekday>{weekday})(?:{_DAY}(?:{_DASH}| to | and |, ))?(?P<day>{_DAY}) (?:of )?"
            rf"(?P<month>{month}){year_after}",
            _Need.MONTH,
        ),
        _pattern(
            "month_day",
            rf"(?<!\w)(?P<weekday>{weekday})(?P<month>{month}) (?:the )?(?P<day>{_DAY})(?!\w){_NO_MORE_DIGITS}"
            rf"(?:(?:{_DASH}| to | and ){_DAY}(?!\w){_NO_MORE_DIGITS})?{year_after}",
            _Need.MONTH,
            _no_unit_follows,
        ),
        _pattern(
            "month_year",
            rf"(?<!\w)(?P<month>{month}),? (?:of )?(?P<year>{YEAR})(?!\w){_NO_MORE_DIGITS}",
            _Need.MONTH,
        ),
        _pattern(
            "clock",
            rf"(?<![\w.,{SIGNS}:/])(?:{_HOUR}(?:[:.][0-5]\d)?(?: ?{_DASH} ?| to | and | ?& ?)){{0,3}}"
            rf"{_HOUR}(?:[:.][0-5]\d)?(?::[0-5]\d)? ?{half_day}"
            rf"|(?<![\w.,{SIGNS}:/]){_HOUR}:[0-5]\d(?::[0-5]\d)?(?![\w:])(?! ?%)(?: (?:{zones})\b)?"
            rf"|(?<![\w.,{SIGNS}:/])(?:[01]\d|2[0-4])[.]?[0-5]\d ?(?:{zones})\b"
            rf"|(?<!\w)(?:(?:{_HOUR}|{hours}) (?:and|or|to) )?(?:{_HOUR}|{hours}) ?o{_APOSTROPHE}clock\b"
            rf"|(?<!\w)(?:noon|midnight|midday)\b",
            _Need.CLOCK,
            is_time_of_day,
        ),
        _pattern("clock", _CLOCK_OF_LINE.pattern, _Need.LINE, _opens_line),
        _pattern("era", ERA, _Need.ERA, is_era),
        _pattern(
            "decade",
            rf"(?<![\w.,{SIGNS}])(?:(?:early|late|mid)[ -])?(?P<decade>(?:1[5-9]|20)\d0)s\b"
            rf"|(?<!\w){_APOSTROPHE}\d0{_APOSTROPHE}?s\b|(?<![\w.,{SIGNS}])\d0{_APOSTROPHE}s\b",
            _Need.DECADE,
        ),
        _pattern(
            "years",
            rf"(?<![\w.,{SIGNS}/-])(?P<year>{YEAR})(?:{_DASH}|/)(?P<until>{YEAR}|\d\d)(?!\w){_NO_MORE_DIGITS}(?![/-])",
            _Need.YEAR,
            is_year_range,
        ),
        _pattern(
            "fiscal",
            r"(?<!\w)(?:FY ?['’]?\d\d(?:\d\d)?(?:[/-]\d\d)?|H[12](?: ?FY ?\d\d| (?:of )?20\d\d| ?['’]\d\d)?"
            r"|[12]H ?(?:FY)?\d\d(?:\d\d)?|(?<=[Ii]n )[12]H(?! ?\d)"
            rf"|[12]H(?= (?:{_FIGURES})\b))\b",
            _Need.CODE,
        ),
        _pattern(
            "quarter",
            rf"(?<!\w)(?:Q(?P<q>[1-4])(?:[- ](?:of )?(?P<year>{YEAR})| ?FY ?\d\d|[ -]?{_APOSTROPHE}\d\d)?"
            rf"|(?P<r>[1-4])Q(?: ?{YEAR}| ?\d\d)?)(?!\w|,\d|\.\d| [mbt]r?illion\b)",
            _Need.CODE,
        ),
        _pattern(
            "named_quarter",
            r"(?i:(?<!\w)(?P<ordinal>first|second|third|fourth|final)(?: |-)(?P<part>quarter|half)"
            rf"(?: of (?:fiscal |the )?(?:(?P<year>{YEAR})(?!\d)"
            r"|(?<=the )(?:fiscal |financial )?(?:year|season)))?)(?!\w)",
            _Need.ORDINAL,
        ),
        _pattern(
            "year",
            rf"(?i:(?<![\w{SIGNS}.,])(?P<cue>(?:[a-z]{{1,12}} )?[a-z.]{{1,12}}|['’]s)[ -]|(?<![^\s(\[“\"'‘]))"
            rf"(?P<span>(?P<year>{YEAR})(?:(?:, | and | or | to |, and ){YEAR}(?![\w–/-]){_NO_MORE_DIGITS}){{0,6}})"
            rf"{_NO_MORE_DIGITS}(?!\w)(?P<next>['’]s\b|[)\]]|[ -]?[A-Za-z]{{0,24}})",
            _Need.YEAR,
            is_year,
        ),
        _pattern(
            "year",
            rf"\b(?P<cue>[Ii]n|By|(?<=\band )by) (?P<span>(?P<year>[1-9]\d\d|1[0-7]\d\d)){_NO_MORE_DIGITS}(?!\w)"
            r"(?P<next>,? [^\W\d_]+\b|, (?=[\d,]+[.;])|[.;)]|$)",
            _Need.OLD_YEAR,
            is_old_year,
        ),
        _pattern("said_year", said_year_pattern(), _Need.SAID_YEAR, is_said_year),
    )


def _pattern(
    kind: str, pattern: str, need: _Need, holds: _Check | None = None
) -> tuple[_Need, str, re.Pattern[str], _Check | None]:
    return need, kind, re.compile(pattern), holds


def _is_numeric_date(match: re.Match[str]) -> bool:
    """Two of the three numbers fit a day and a month; with full stops or hyphens the year has four digits."""
    first, second = int(match["first"]), int(match["second"])
    fits = 1 <= first <= 31 and 1 <= second <= 31 and min(first, second) <= 12
    return fits and (match["mark"] == "/" or len(match["year"]) == 4)


def _no_unit_follows(match: re.Match[str]) -> bool:
    """Keeps "the 5 May 10 people came" and "May 10%" out: a month's day carries no unit."""
    rest = match.string[match.end() : match.end() + 12].lstrip(" -")
    if match["year"] is not None:
        return True
    word = re.match(r"[a-z]+", rest)
    # A day has "on" in front: "and in January 22 were killed".
    if word is not None and match.string[max(0, match.start() - 3) : match.start()].lower() == "in ":
        return word.group() not in word_set("times", "counted") | word_set("grammar", "be", "have") | word_set(
            "cues", "people_do"
        )
    return word is None or word.group() not in word_set("times", "counted")


def _opens_line(match: re.Match[str]) -> bool:
    """Whether the clock opens its line, as in a running report.

    As in "11.05: Sterling hits $1.32", "16.40 — Ryanair cancels 120 flights".
    """
    return match.start() == match.pos
