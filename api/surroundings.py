"""The sentences before and after a stretch of an article, found without a parser."""

import re
from typing import Any

# An end of a sentence: a stop with its closing quotation marks before white space, or a line break.
_END = re.compile(r"""[.!?…]["'”’)\]]*(?=\s)|\n""")
_WINDOW = 1000


def surroundings(text: str, start: int, end: int) -> dict[str, Any]:
    """`before` and `after`: the neighbouring sentences as spans of ``text``; null where the text begins or ends.

    A neighbour reaches at most 1,000 characters. An abbreviation such as "Mr." can end one early.
    """
    return {"before": _before(text, start), "after": _after(text, end)}


def _before(text: str, start: int) -> dict[str, Any] | None:
    low = max(0, start - _WINDOW)
    stop = low + len(text[low:start].rstrip())
    # The last end is the neighbour's own.
    ends = [found.end() for found in _END.finditer(text, low, stop) if text[found.end() : stop].strip()]
    return _span(text, ends[-1] if ends else low, stop)


def _after(text: str, end: int) -> dict[str, Any] | None:
    high = min(len(text), end + _WINDOW)
    begin = end + len(text[end:high]) - len(text[end:high].lstrip())
    found = _END.search(text, begin, high)
    return _span(text, begin, found.end() if found else high)


def _span(text: str, start: int, end: int) -> dict[str, Any] | None:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    return {"text": words, "start": start, "end": start + len(words)} if words else None
