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
# "Party support, per cent of decided voters", "Figures are in per cent", "Percentage of respondents", "% who agree".
_SHARE = r"%|[Pp]er ?cent"
_SHARE_AT_END = re.compile(rf"(?:[,:;?–—-] |[(\[]|\bin )(?P<unit>{_SHARE})(?: of [a-z ]{{3,40}})?[)\]]?:?$")
_SHARE_AT_START = re.compile(rf"(?P<unit>{_SHARE}|percentage) (?:of|who|that|saying)\b", re.IGNORECASE)
_LONGEST = 100  # characters
_UNMEASURED = frozenset((Kind.COUNT, Kind.MONEY, Kind.NUMBER))


class Caption(NamedTuple):
    """The unit that a line above rows gives to their numbers, as it is written, and what it says they measure."""

    unit: str
    name: TextSpan | None

    @property
    def is_share(self) -> bool:
        return self.unit.lower() in word_set("tables", "units_of_shares")


@lru_cache(maxsize=16)  # all rows of a table have the same
def read_caption(above: TextSpan | None) -> Caption | None:
    """The unit and name that a line above rows gives: "River stages (feet)", "Snowfall in inches:", "Top speeds, km/h".

    None where no unit is told.
    """
    if above is None or len(above.text) > _LONGEST:
        return None
    match = _CAPTION.fullmatch(above.text)
    if match is not None:
        unit: str = match["said"] or match["behind"] or match["inside"]
        if _is_unit(unit, match["name"]):
            return Caption(unit, _name(above, match["name"]))
    share = _SHARE_AT_END.search(above.text)
    if share is not None:
        return Caption(share["unit"], _name(above, above.text[: share.start()]))
    share = _SHARE_AT_START.match(above.text)
    return None if share is None else Caption(share["unit"], None)


def _name(above: TextSpan, name: str) -> TextSpan | None:
    """What stands in front of the unit, unless it is the beginning of a sentence: "Figures are in per cent"."""
    return TextSpan(name, above.start, above.start + len(name)) if name and not _is_sentence(name) else None


def _is_sentence(name: str) -> bool:
    words = {word.strip(",.;").lower() for word in name.split()}
    return not words.isdisjoint(word_set("grammar", "be", "have", "modals") | word_set("attribution", "say"))


def _is_unit(unit: str, name: str) -> bool:
    """Whether a word is a unit that numbers can have; ``name`` is what stands in front of it, which is no sentence."""
    if _is_sentence(name):
        return False
    prices = word_set("tables", "names_of_prices")
    if unit in ("pound", "pounds") and not prices.isdisjoint(name.lower().split()):
        return False
    measured = match_unit(lexemes := lex(f"12 {unit}"), 1)
    return measured is not None and measured.end == len(lexemes) and measured.unit.kind not in _UNMEASURED
