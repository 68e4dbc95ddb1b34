"""Words of a text that name a time."""

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from extraction.text.words import word_data, words_in


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time, without a leading preposition.

    ``iso`` is a date, month, year, week or interval of ISO 8601, or None where the text and the day of publication do
    not settle it. ``duration_like`` says that a quantity of time stands in it ("the past two years"). ``article`` is
    the whole text that ``start`` and ``end`` refer to.
    """

    start: int
    end: int
    text: str
    iso: str | None
    duration_like: bool
    article: str = field(default="", repr=False)


class Times(NamedTuple):
    """The time that the words around a claim give it, or else the mentions that other words part from it."""

    chosen: TimeMention | None = None
    parted: tuple[TimeMention, ...] = ()


def apart(mentions: list[TimeMention]) -> list[TimeMention]:
    """Of mentions that overlap, the one that starts first and then the longest; a later one that is swallowed goes."""
    kept: list[TimeMention] = []
    for mention in sorted(mentions, key=lambda one: (one.start, -one.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(_on_a_day(kept.pop(), mention) if kept and _is_hour_of(kept[-1], mention) else mention)
    return kept


_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?|noon|midnight|midday", re.IGNORECASE)
_OF_DAY = re.compile(r",? (?:on )?")
_LONGEST_GAP = 5


def _is_hour_of(hour: TimeMention, day: TimeMention) -> bool:
    """Whether the time of the clock is that of the day behind it: "2:30am on Saturday", "noon Sunday"."""
    gap = hour.article[hour.end : min(day.start, hour.end + _LONGEST_GAP)]
    close = hour.end + len(gap) == day.start and _OF_DAY.fullmatch(gap) is not None
    return close and hour.iso is None and _CLOCK.fullmatch(hour.text) is not None and _is_day(day)


def _is_day(mention: TimeMention) -> bool:
    """Whether a weekday, a month or "today" stands in a mention."""
    return not _names_of_days().isdisjoint(words_in(mention.text, 0, len(mention.text)))


@cache
def _names_of_days() -> frozenset[str]:
    names = (group[0] for key in ("weekdays", "months") for group in word_data("times")[key])
    return frozenset(("today", "yesterday", "tomorrow", *names))


def _on_a_day(hour: TimeMention, day: TimeMention) -> TimeMention:
    return replace(day, start=hour.start, text=hour.article[hour.start : day.end])
