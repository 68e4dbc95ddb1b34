"""Reads the line above rows without heads that says what their numbers are: "SNOW TOTALS (inches, as of 7 p.m.)"."""

import re
from functools import lru_cache
from typing import NamedTuple

from extraction.claims import Kind, TextSpan
from extraction.text.lexemes import lex
from extraction.text.words import word_set
from extraction.units.match import match_unit

_UNIT = r"[A-Za-z/°²³%\"″](?:[A-Za-z/°²³. ]{0,22}[A-Za-z²³.])?"
_CAPTION = re.compile(
    r"(?P<name>[^\W\d_][^():\n]{1,70}?)"
    rf"(?:,? in (?P<said>{_UNIT})|, (?P<behind>{_UNIT})"
    rf"|:? ?[(\[](?:in )?(?P<inside>{_UNIT})(?:[,;:] [^()\[\]]{{1,50}})?[)\]])"
    r"[*_]{0,2}:?"
)
_UNMEASURED = frozenset((Kind.COUNT, Kind.MONEY, Kind.NUMBER))


class Caption(NamedTuple):
    """The unit that a line above rows gives to their numbers, as it is written, and what it says they measure."""

    unit: str
    name: TextSpan


@lru_cache(maxsize=16)  # all rows of a table have the same
def read_caption(above: TextSpan | None) -> Caption | None:
    """As "River stages (feet)", "Snowfall in inches:", "Top speeds, km/h"; None where no unit is told."""
    match = None if above is None else _CAPTION.fullmatch(above.text)
    if above is None or match is None:
        return None
    unit = match["said"] or match["behind"] or match["inside"]
    words = {word.strip(",.;").lower() for word in match["name"].split()}
    if not words.isdisjoint(word_set("grammar", "be", "have", "modals") | word_set("attribution", "say")):
        return None  # a sentence
    if unit in ("pound", "pounds") and not words.isdisjoint(word_set("cues", "names_of_prices")):
        return None
    lexemes = lex(f"12 {unit}")
    measured = match_unit(lexemes, 1)
    if measured is None or measured.end < len(lexemes) or measured.unit.kind in _UNMEASURED:
        return None
    return Caption(unit, TextSpan(match["name"], above.start, above.start + len(match["name"])))
