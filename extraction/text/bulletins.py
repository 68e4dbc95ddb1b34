"""Finds the lines of forecasts and warnings: "Tonight: Snow, heavy at times. Low 12.", "* WHAT...Heavy snow".

What they say is foreseen, though no word of theirs hedges it. Time is linear in the text: each line is looked at once,
and no expression has nested repetition.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from extraction.text.lines import LINE
from extraction.text.words import word_set, words_in
from extraction.times.dates import month_pattern
from extraction.times.weekdays import forms_of_weekdays

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


class Foreseen(NamedTuple):
    """A line whose amounts are foreseen; ``day`` is where the day stands that opens it, None in a warning.

    Those of an almanac are ``past`` and have the day of its heading: "ALMANAC (Monday, Harlow airport)".
    """

    start: int
    end: int
    day: tuple[int, int] | None
    past: bool = False


@lru_cache(maxsize=4)  # the claims of one article ask for them one after the other
def foreseen_lines(text: str) -> tuple[Foreseen, ...]:
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
            if words_in(text, start, end).isdisjoint(word_set("cues", "told_of_days")):
                sections.append(Foreseen(start, end, None))
        elif end - start <= _LONGEST_HEADING and text[end - 1] != ".":
            words = words_in(text, start, end)
            headed = headed or not word_set("cues", "forecast_headings").isdisjoint(words)
            almanac = (
                None
                if word_set("cues", "headings_of_almanacs").isdisjoint(words)
                else _ALMANAC_OF.search(text, start, end)
            )
        elif almanac is not None and _tells_weather(words_in(text, start, end)):
            almanacs.append(Foreseen(start, end, almanac.span(), past=True))
    ahead = word_set("cues", "days_ahead")
    if not headed and len(days) < _FEWEST:
        days = [line for line in days if line.day is not None and not ahead.isdisjoint(words_in(text, *line.day))]
    if sections and word_set("cues", "kinds_of_warnings").isdisjoint(words_in(text, 0, len(text))):
        sections = []
    return tuple(sorted([*days, *sections, *almanacs]))


def _foresees(text: str, start: int, end: int) -> bool:
    words = words_in(text, start, end)
    return _tells_weather(words) and words.isdisjoint(word_set("cues", "told_of_days"))


def _tells_weather(words: frozenset[str]) -> bool:
    return not words.isdisjoint(word_set("cues", "words_of_weather", "words_of_almanacs", "levels_in_forecasts"))


def _names_section(name: str) -> bool:
    return name.lower().strip() in word_set("cues", "sections_of_warnings")
