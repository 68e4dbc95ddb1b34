"""Finds the lines of forecasts and warnings, and tells what their amounts share and which level they are.

As in "Tonight: Snow, heavy at times. Low 12.", "* WHAT...Winds gusting as high as 45 mph": they are foreseen, though no
word of theirs hedges it, of the day that opens their line, of some weather. Time is linear in the text: each line is
looked at once, and no expression has nested repetition.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from extraction.claims import Claim, Kind, Subject, TextSpan, TimeReference
from extraction.context.parts import Amount, Found
from extraction.text.lines import LINE
from extraction.text.words import word_set, words_in
from extraction.times.dates import match_dates, month_pattern
from extraction.times.mentions import find_times
from extraction.times.weekdays import forms_of_weekdays
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.tree import Tree

_DAYS = "|".join(sorted(forms_of_weekdays(), key=len, reverse=True))
_PARTS = "night|morning|afternoon|evening"
_DAY = re.compile(
    rf"[ \t]*[•*·–—-]{{0,2}} ?(?P<day>(?:(?:rest of |late |early )?(?:today|tonight|tomorrow|overnight|(?:{_DAYS})\b)"
    rf"|this (?:{_PARTS}))(?: (?:{_PARTS}))?(?: (?:and|through|to) (?:{_DAYS}))?(?:,? (?:\d{{1,2}} )?{month_pattern()}"
    r"(?: \d{1,2})?)?)[*_]{0,2}(?:[:.]{1,3}| [–—-])[*_]{0,2} ?(?=[^\W\d_])",
    re.IGNORECASE,
)
_ALMANAC_OF = re.compile(rf"\b(?:yesterday|today|(?:{_DAYS})\b)", re.IGNORECASE)
_SECTION = re.compile(r"[ \t]*[*•·-]? ?(?P<name>[A-Z][A-Z/ ]{2,30})(?:\.\.\.|:|…) ?")
_LONGEST_HEADING = 60
_FEWEST = 2
_WEATHER = frozenset((Kind.TEMPERATURE, Kind.LENGTH, Kind.SPEED))  # an article that measures none holds no forecast
_SHARED = _WEATHER | {Kind.PERCENT, Kind.DURATION}
_LISTS = {Kind.LENGTH: "falling", Kind.SPEED: "blowing"}
_WORD = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"(?<![ap]\.m)[.;](?=\s|$)")
_LONGEST_FRAGMENT = 200


class Foreseen(NamedTuple):
    """A line whose amounts are foreseen; ``day`` is where the day stands that opens it, None in a warning.

    Those of an almanac are ``past`` and have the day of its heading: "ALMANAC (Monday, Harlow airport)".
    """

    start: int
    end: int
    day: tuple[int, int] | None
    past: bool = False


@lru_cache(maxsize=4)  # the claims of one article ask for them one after the other
def _foreseen_lines(text: str) -> tuple[Foreseen, ...]:
    """The lines of a text that open with a day of a forecast or with the word for a section of a warning."""
    days: list[Foreseen] = []
    sections: list[Foreseen] = []
    almanacs: list[Foreseen] = []
    headed, almanac = False, None
    for line in LINE.finditer(text):
        start, end = line.span()
        if (day := _DAY.match(text, start, end)) is not None:
            if _foresees(text, start, end):
                days.append(Foreseen(start, end, day.span("day")))
        elif (section := _SECTION.match(text, start, end)) is not None and _names_section(section["name"]):
            if words_in(text, start, end).isdisjoint(word_set("context", "told_of_days")):
                sections.append(Foreseen(start, end, None))
        elif end - start <= _LONGEST_HEADING and text[end - 1] != ".":
            words = words_in(text, start, end)
            headed = headed or not word_set("context", "forecast_headings").isdisjoint(words)
            almanac = (
                None
                if word_set("context", "headings_of_almanacs").isdisjoint(words)
                else _ALMANAC_OF.search(text, start, end)
            )
        elif almanac is not None and _tells_weather(words_in(text, start, end)):
            almanacs.append(Foreseen(start, end, almanac.span(), past=True))
    ahead = word_set("context", "days_ahead")
    if not headed and len(days) < _FEWEST:
        days = [line for line in days if line.day is not None and not ahead.isdisjoint(words_in(text, *line.day))]
    if sections and word_set("context", "kinds_of_warnings").isdisjoint(words_in(text, 0, len(text))):
        sections = []
    return tuple(sorted([*days, *sections, *almanacs]))


def _foresees(text: str, start: int, end: int) -> bool:
    words = words_in(text, start, end)
    return _tells_weather(words) and words.isdisjoint(word_set("context", "told_of_days"))


def _tells_weather(words: frozenset[str]) -> bool:
    return not words.isdisjoint(word_set("cues", "words_of_weather", "words_of_almanacs", "levels_in_forecasts"))


def _names_section(name: str) -> bool:
    return name.lower().strip() in word_set("context", "sections_of_warnings")


def with_forecasts(text: str, published_at: datetime | date | None, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a document, those of forecasts and warnings as foreseen and with the day of their line."""
    lines = _foreseen_lines(text) if any(claim.kind in _WEATHER for claim in claims) else ()
    starts = [line.start for line in lines]
    for claim in claims:
        at = bisect_right(starts, claim.start) - 1
        if at >= 0 and claim.start < lines[at].end and claim.kind in _SHARED:
            claim = _foreseen(text, published_at, claim, lines[at])
        yield claim


def _foreseen(text: str, published_at: datetime | date | None, claim: Claim, line: Foreseen) -> Claim:
    first = max(line.start, claim.start - _LONGEST_FRAGMENT)
    opening = max((stop.end() for stop in _STOP.finditer(text, first, claim.start)), default=first)
    if not word_set("cues", "usual_levels", "records_of_weather").isdisjoint(words_in(text, opening, claim.start)):
        return claim  # "Record high 57 in 1981", "Normal high 33"
    if line.day is not None and claim.time is None:
        claim = replace(claim, time=_time(text, published_at, line.day), rules=(*claim.rules, "time.line"))
    if line.day is None:
        claim = _without_label(claim)
    if claim.modality == "asserted" and not line.past:
        claim = replace(claim, modality="projected", rules=(*claim.rules, "modality.forecast"))
    return claim if claim.measure is not None else _with_weather(text, claim, opening)


def _without_label(claim: Claim) -> Claim:
    """The claim without the word for the section, which is not what blows: "HAZARD...60 mph wind gusts"."""
    labels = word_set("context", "sections_of_warnings")
    subject, measure = claim.subject, claim.measure
    if subject is not None and subject.text.isupper() and subject.text.lower() in labels:
        claim = replace(claim, subject=None)
    if measure is not None and measure.text.isupper() and measure.text.lower() in labels:
        claim = replace(claim, measure=None)
    return claim


def _time(text: str, published_at: datetime | date | None, day: tuple[int, int]) -> TimeReference:
    mentions = find_times(text, [day], published_at, match_dates(text, *day))
    iso = mentions[0].iso if mentions and (mentions[0].start, mentions[0].end) == day else None
    return TimeReference(TextSpan(text[slice(*day)], *day), iso)


def _with_weather(text: str, claim: Claim, opening: int) -> Claim:
    """The claim with what falls or blows, if that is named, as its measure: "Snow tapering by evening, 3-5 inches"."""
    words = word_set("cues", _LISTS[claim.kind]) if claim.kind in _LISTS else frozenset()
    named = [match for match in _WORD.finditer(text, opening, claim.start) if match[0].lower() in words]
    if not named:
        return claim
    start, end = named[-1].span()
    subject = claim.subject
    if subject is not None and subject.end + 1 == start:  # "West winds 5 to 10 mph"
        start, subject = subject.start, None
    span = TextSpan(text[start:end], start, end)
    subject = subject or Subject(span.text, span.start, span.end, None)
    return replace(claim, measure=span, subject=subject, rules=(*claim.rules, "context.weather"))


_LONGEST_LEAD = 4  # tokens of "in the low to"
_ANY_VERB = FINITE | {"VB"}
_OPENS_NAME = word_set("cues", "levels_in_forecasts") | {"record"}
_LONGEST_NAME = 4  # tokens of "Average overnight low temperature"


def level_of_heat(tree: Tree, amount: Amount) -> Found | None:
    """The level right in front of a temperature is what is measured, with what describes it: "Record high 57".

    None for what stands in a clause, where the tree says more.
    """
    if amount.kind is not Kind.TEMPERATURE:
        return None
    at = amount.span[0] - 1
    first = max(-1, at - _LONGEST_LEAD)
    while at > first and tree.lower[at] in word_set("context", "leads_of_heat"):
        at -= 1
    if at <= first or tree.lower[at] not in word_set("cues", "levels_of_heat", "levels_in_forecasts", "usual_levels"):
        return None
    if any(fine in _ANY_VERB for k, fine in enumerate(tree.fine) if k != at):
        return None
    start = at
    while start > 0 and at - start < _LONGEST_NAME and _describes(tree, start - 1):
        start -= 1
    if start > 0 and tree.words[start - 1] == ":":
        return None  # "Tonight: Low -19 C" is read as a label
    found = Found()
    found.measure = (start, at + 1)
    found.add("level_of_heat")
    return found


def _describes(tree: Tree, at: int) -> bool:
    """Whether the token may describe a level as "Record" and "overnight" do; not the "Sunny" of "Sunny, high 84"."""
    named = tree.tags[at] in NAMING or tree.tags[at] == "ADJ" or tree.lower[at] in _OPENS_NAME
    return named and tree.amount_at[at] < 0
