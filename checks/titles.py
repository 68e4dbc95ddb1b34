"""Amounts in the title of an article, which is no part of its text and has no claims.

Only the plainest are read: money with its sign and percentages, in digits. A title that bounds or hedges any number is
left alone as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_AMOUNT = re.compile(
    r"(?P<money>[$€£]\s?)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?P<percent>\s?(?:%|(?:per ?cent|pc)\b))"
    r"|\s?(?P<magnitude>k|m|mn|bn|b|tn|thousand|million|billion|trillion)\b)?",
    re.IGNORECASE,
)
_MAGNITUDES = {"k": 3, "t": 3, "m": 6, "b": 9}
_NOT_PLAIN = re.compile(
    r"\b(?:about|above|almost|approximately|around|as (?:much|many|high|low)|at (?:the )?(?:least|most)|below|between|"
    r"circa|close to|could|estimated?|exceed(?:s|ing)?|fewer|from|less|may|maximum|might|minimum|more|nearly|no more|"
    r"or so|over|roughly|some|to|under|up to|upwards)\b|[~<>+≈]|\d\s?(?:[a-z]{1,8}|%)?\s?[-–]\s?[$€£]?\d",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"[:'\"‘’“”]|\b(?:accord\w+|alleg\w+|claim\w*|report\w*|sa(?:ys?|id)|tells?|told|warns?)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """A number of a title as it is written, with its kind (`money` or `percent`) and its value."""

    text: str
    kind: str
    value: Decimal


def stated_amounts(title: str) -> Iterator[StatedAmount]:
    """The amounts that a title states plainly; none where a word of it may bound, hedge or join numbers."""
    # "to" before a verb says nothing about a number: "Town to spend $8m".
    if _NOT_PLAIN.search(re.sub(r"\bto (?=[a-z])", "", title)):
        return
    for found in _AMOUNT.finditer(title):
        if bool(found["money"]) == bool(found["percent"]):
            continue
        value = Decimal(found["number"].replace(",", "")).scaleb(_zeros(found["magnitude"]))
        yield StatedAmount(found.group().strip(), "money" if found["money"] else "percent", value)


def says_who(title: str) -> bool:
    """Whether a title may name a source, or quotes one."""
    return _WHO.search(title) is not None


def _zeros(magnitude: str | None) -> int:
    if magnitude is None:
        return 0
    lowered = magnitude.lower()
    return 12 if lowered in ("tn", "trillion") else _MAGNITUDES[lowered[0]]
