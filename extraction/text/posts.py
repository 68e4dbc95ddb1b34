"""Tells the numbers of posts that make one thread: "1/7 Thread: what we know", "(2/3)" behind one, "3/ Banks fell".

They count up from one in the lines of a text. Fractions that open the lines of a recipe or a poll do not, or end too
early: "1/3 cup sugar", "2/3 cup flour". Each line is looked at once.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extraction.text.lines import LINE

_NUMBER = r"(?P<mark>[(\[])?(?P<span>(?P<number>\d{1,3})/(?:(?P<of>\d{1,3}|[nNxX])\b)?)(?(mark)[)\]])"
_OPENS = re.compile(rf"\s{{0,8}}(?:🧵 ?)?{_NUMBER}[.:)]?(?=\s)[ \t]{{0,8}}")
_CLOSES = re.compile(rf"(?:(?<=\s)|🧵){_NUMBER}[ \t🧵👇]{{0,4}}$")
_LONGEST_END = 16  # characters that close a post
_LONG = 40  # characters of a line whose number needs no brackets
_FEWEST, _SOME, _MANY = 2, 3, 5


class Post(NamedTuple):
    """A line of a thread: where its number stands, and where its words start if the number opens it."""

    start: int
    number: tuple[int, int]
    words: int | None


def posts(text: str) -> list[Post]:
    """The posts of a text that have numbers, in its order; none of ordinary text."""
    if "1/" not in text:
        return []
    lines = [match for match in LINE.finditer(text) if "/" in match[0]]
    opened = [match for line in lines if (match := _OPENS.match(text, *line.span())) is not None]
    if _is_thread(opened):
        return [Post(match.start(), match.span("span"), match.end()) for match in opened]
    ends = [(max(line.start(), line.end() - _LONGEST_END), line.end()) for line in lines]
    closed = [match for span in ends if (match := _CLOSES.search(text, *span)) is not None]
    told = "🧵" in text
    if not _is_thread(closed) or not all(told or _closes_post(match) for match in closed):
        return []
    return [Post(match.start(), match.span("span"), None) for match in closed]


def _closes_post(match: re.Match[str]) -> bool:
    """Whether a number closes a post and no short line: "Kings lose 1/5" needs brackets or the sign of a thread."""
    return match["mark"] is not None or match.end() - (match.string.rfind("\n", 0, match.start()) + 1) >= _LONG


def _is_thread(found: Sequence[re.Match[str]]) -> bool:
    """Whether the numbers go up from one by ones, and are not two of a few parts."""
    numbers = [int(match["number"]) for match in found]
    if len(found) < _FEWEST or numbers[0] != 1 or any(second - first != 1 for first, second in pairwise(numbers)):
        return False
    wholes = {match["of"] for match in found}
    if len(wholes) > 1 and wholes != {"n", "N"}:
        return len(wholes - {None}) == 1  # "1/7" at the head and "2/" behind it
    of = next(iter(wholes)) or ""
    if not of.isdecimal():
        return True
    string = found[0].string
    if not all(match["mark"] or not string[match.end() : match.end() + 1].islower() for match in found):
        return False
    return numbers[-1] == int(of) or (numbers[-1] < int(of) and (len(found) >= _SOME or int(of) >= _MANY))
