"""Ties times to numbers over the colon of an item: "$1.94: Price of eggs last week", "Net sales in 2025: $4.1bn"."""

import re

_LONGEST_LABEL = 60
# "About 40,000", "• $", "More than": what may stand in front of a number that opens its line.
_OPENING = re.compile(r"[^\w]{0,4}(?:[A-Za-z]{2,8} ){0,2}[A-Z]{0,3}[^\w\n]{0,2}")
_LABEL = re.compile(r"[^\n.!?;]{0,60}:\s(?:(?:about|around|nearly|almost|over|up to|more than|at least) )?")
_CLOSED = re.compile(r"\s*(?:[,(.;]|vs\b|\Z|[\n\r])")


def over_colon(text: str, sentence_start: int, start: int, end: int, between: str, *, before: bool) -> str:
    """The words ``between`` a claim and a time without the colon that parts a label from its number."""
    if not before:
        opens = between.startswith(":") and _OPENING.fullmatch(text, sentence_start, start) is not None
        return between[1:] if opens else between
    if start - sentence_start > _LONGEST_LABEL or ":" not in between or _CLOSED.match(text, end) is None:
        return between
    return between.replace(":", "", 1) if _LABEL.fullmatch(text, sentence_start, start) is not None else between
