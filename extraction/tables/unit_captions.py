"""Units that the line above a table gives to all of its numbers: "Primary vote, per cent", "Rainfall (mm)"."""

import re
from collections.abc import Iterator

from extraction.claims import TextSpan
from extraction.tables.layout import Row
from extraction.text.nouns import is_plural
from extraction.text.words import word_set

_LONGEST = 100  # characters of a title
_SHARE = r"%|[Pp]er ?cent"
_UNIT = r"°[CF]|[a-zA-Z]{2,14}(?: [a-z]{3,10})?"
# "Primary vote, per cent", "Snow totals (inches)", "Figures are in per cent", "Support: % of decided voters".
_AT_END = re.compile(
    rf"(?:[,:;?–—-] |[(\[]|\bin )(?P<unit>(?:{_SHARE})(?= of [a-z ]{{3,40}}$)|(?:%|{_UNIT})(?=[)\]]?:?$))"
)
_AT_START = re.compile(rf"(?:{_SHARE}|percentage) (?:of|who|that|saying)\b", re.IGNORECASE)
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{3,}")
_ALL = 100


def unit_above(row: Row, named: TextSpan) -> Iterator[tuple[str, str]]:
    """The unit of the caption as it is read and as it is written; ``named`` is what names the numbers.

    A percentage is none of rows with counts above a hundred, and none of what the caption names as well: the seats of
    "Seats and share of vote (%)". What such a table calls a change is points.
    """
    told = None if row.caption is None else _told(row.caption.text)
    if row.caption is None or told is None:
        return
    title = set(re.findall(r"\w+", row.caption.text.lower()))
    words = named.text.lower().split()
    if told.lower() not in word_set("cues", "units_of_shares"):
        heads = [set(head.text.lower().split()) for _, head in row.cells if head is not None]
        elsewhere = title.isdisjoint(words) and any(not title.isdisjoint(head) for head in heads)
        if named is row.label or not (elsewhere or is_plural(words[-1])):
            yield told, told
    elif not (_counts_many(row) or (words[-1] in title and is_plural(words[-1]))):
        moved = any(word in word_set("cues", "heads_of_steps") for word in words) and title.isdisjoint(words)
        yield "percentage points" if moved else "%", told


def _told(title: str) -> str | None:
    if len(title) > _LONGEST:
        return None
    at_end = _AT_END.search(title)
    if at_end is not None:
        return at_end["unit"]
    start = _AT_START.match(title)
    return None if start is None else start.group().rpartition(" ")[0]


def _counts_many(row: Row) -> bool:
    """Whether a number of the row is whole and above a hundred."""
    numbers = (cell.text.strip("()+-−–*†‡") for cell, _ in row.cells)
    return any(_WHOLE.fullmatch(text) is not None and int(text.replace(",", "")) > _ALL for text in numbers)
