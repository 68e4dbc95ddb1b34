"""What amounts of forecasts and warnings share: they are foreseen, of the day that opens their line, of some weather.

As in "Tonight: Snow, heavy at times. Low 12.", "* WHAT...Winds gusting as high as 45 mph".
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from extraction.claims import Claim, Kind, Subject, TextSpan, TimeReference
from extraction.text.bulletins import Foreseen, foreseen_lines
from extraction.text.words import word_set, words_in
from extraction.times.dates import match_dates
from extraction.times.mentions import find_times

_WEATHER = frozenset((Kind.TEMPERATURE, Kind.LENGTH, Kind.SPEED))  # an article that measures none holds no forecast
_SHARED = _WEATHER | {Kind.PERCENT, Kind.DURATION}
_LISTS = {Kind.LENGTH: "falling", Kind.SPEED: "blowing"}
_WORD = re.compile(r"[A-Za-z]+")
_STOP = re.compile(r"(?<![ap]\.m)[.;](?=\s|$)")
_LONGEST_FRAGMENT = 200


def with_forecasts(text: str, published_at: datetime | date | None, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of a document, those of forecasts and warnings as foreseen and with the day of their line."""
    lines = foreseen_lines(text) if any(claim.kind in _WEATHER for claim in claims) else ()
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
    """As in "HAZARD...60 mph wind gusts": the word for the section is not what blows."""
    labels = word_set("cues", "sections_of_warnings")
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
    """As in "Snow tapering by evening, 3-5 inches": what falls or blows is measured."""
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
