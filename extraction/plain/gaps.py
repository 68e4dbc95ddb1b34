"""Finds gaps between words that are not one space: "said.The firm", "the   firm" of justified lines, no-break ones."""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark

_SPACES = "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
# Not between digits, where such a space parts thousands: "3 000".
_OTHER_SPACE = re.compile(rf"(?<!\d){_SPACES}|{_SPACES}(?!\d)")
# "Booking.com" goes on small; "U.S.Steel" and "St.Ives" have no two small letters in front; "Amazon.Com" and
# "Console.WriteLine" are names.
_ENDINGS = "Com|Org|Net|Co|Uk|Au|Js|Io|Ai|Html?|Pdf|Txt"
_SENTENCES = re.compile(
    r"[.!?](?:(?<=[a-z]{2}.)|(?<=\bMr.)|(?<=\bMs.)|(?<=\bDr.)|(?<=\d{4}.)|(?<=\d%.))[”\"’']?"
    rf"(?!(?:{_ENDINGS})\b|[A-Z][a-z]+[A-Z])(?=[“\"‘]?[A-Z][a-z])"
)
_IN_ADDRESSES = frozenset("/@=\\#")  # "story.asp?StoryID=164", "Ann.Roe@example.org"
_LONGEST_PART = 60  # characters
_WIDE = re.compile(r" {2,}")
_WIDE_BETWEEN_WORDS = re.compile(r"(?<=[a-z,;]) {2,}(?=[a-z])")
_NARROW_BETWEEN_WORDS = re.compile(r"[a-z,;] [a-z]")
_JUSTIFIED = 3  # gaps between small words that no row of a table has
_SPACED_OUT = 8  # the same in a line without narrow ones
_LINE = re.compile(r"[^\n]+")


def other_spaces(text: str) -> Iterator[Mark]:
    """The marks of spaces that are no plain ones."""
    if text.isascii():
        return
    for match in _OTHER_SPACE.finditer(text):
        yield Mark(match.start(), match.end(), " ")


def missing_spaces(text: str) -> Iterator[Mark]:
    """Where a sentence follows on the stop of the one before without a space."""
    for match in _SENTENCES.finditer(text):
        before = text[max(0, match.start() - _LONGEST_PART) : match.start()].rsplit(maxsplit=1)[-1]
        behind = text[match.end() : match.end() + _LONGEST_PART].split(maxsplit=1)[0]
        if _IN_ADDRESSES.isdisjoint(before) and _IN_ADDRESSES.isdisjoint(behind):
            yield Mark(match.end(), match.end(), " ")


def wide_gaps(text: str) -> Iterator[Mark]:
    """The marks of runs of spaces in justified lines; those between the cells of a table stay."""
    if "  " not in text:
        return
    for line in _LINE.finditer(text):
        wide = len(_WIDE_BETWEEN_WORDS.findall(line[0]))
        narrow = _NARROW_BETWEEN_WORDS.search(line[0]) is not None
        if wide >= (_JUSTIFIED if narrow else _SPACED_OUT):
            first = line.start() + len(line[0]) - len(line[0].lstrip())
            for gap in _WIDE.finditer(text, first, line.end()):
                yield Mark(gap.start(), gap.end(), " ")
