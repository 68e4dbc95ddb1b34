"""Finds the line breaks of a narrow page inside sentences: "spend $4" at the end of a line and "million" on the next.

Lines that go on in the middle of a sentence tell how wide the page is. Where the next word would have found no room in
any of them, every such line goes on below; pages that are set in type, whose letters are not all as wide, are told by
most lines being nearly full. Paragraphs, lists and tables are not like that.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from extraction.parser.model import shipped_model
from extraction.parser.wordforms import word_key
from extraction.plain.view import Mark

_LINE = re.compile(r"(?m)^[ \t]*(?P<words>\S.*)")
_SENTENCE_END = re.compile(r"[.!?:][\"”'’)]*$")
_ENDED = re.compile(r"[.;!?:][\"”'’)]*$")
_STOP_INSIDE = re.compile(r"[.!?][\"”'’)]*\s+\S")
_CUT = re.compile(r"(?P<word>[^\W\d_]+)[-‐]$")
_REST = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"[•‣◦▪●■*·–—-]\s|\d{1,2}[.)]\s")
_BETWEEN_CELLS = re.compile(r"\t|\S {3,}\S|\|")
_NARROWEST, _WIDEST = 30, 130  # characters
_FEWEST = 3  # breaks in the middle of a sentence
_SMALL = re.compile(r"\n[ \t]*(?=[^\W\d_])(?![A-Z])")
_NEARLY_ALL = 0.95
_FULL, _LEAST_FULL = 0.7, 0.5  # of the width
_SHARE_FULL, _SHARE_GOING_ON = 0.6, 0.35
_LOOKED_AT = 400  # lines

_Line = tuple[int, int, str]
_Pair = tuple[_Line, _Line]


def wrapped_lines(text: str) -> Iterator[Mark]:
    """The marks of the line breaks inside paragraphs, with the hyphen of a word that they part."""
    if sum(1 for _ in islice(_SMALL.finditer(text), _FEWEST)) < _FEWEST:
        return
    sample = list(_neighbours(text, islice(_lines(text), _LOOKED_AT)))
    going_on = [pair for pair in sample if pair[1][2][0].islower()]
    if len(going_on) < _FEWEST or _is_list(sample, going_on):
        return
    width = max(len(first[2]) for first, _ in going_on)
    if not _NARROWEST <= width <= _WIDEST:
        return
    filled = sum(_is_filled(pair, width) for pair in going_on) >= _NEARLY_ALL * len(going_on)
    if not filled and not _is_ragged(sample, width):
        return
    for pair in _neighbours(text, _lines(text)):
        if _is_filled(pair, width) or (not filled and _goes_on(pair, width)):
            yield _mark(*pair)


def _is_list(sample: Sequence[_Pair], going_on: Sequence[_Pair]) -> bool:
    """Whether the lines open small for another reason: headlines or verse without capitals, clauses of a law."""
    ended = sum(_ENDED.search(first[2]) is not None for first, _ in going_on)
    if 2 * ended >= len(going_on):
        return True
    small = all(first[2][0].islower() for first, _ in sample)
    return small and not any(_STOP_INSIDE.search(line[2]) for pair in sample for line in pair)


def _lines(text: str) -> Iterator[_Line]:
    return ((match.start("words"), match.end(), match["words"].rstrip()) for match in _LINE.finditer(text))


def _neighbours(text: str, lines: Iterable[_Line]) -> Iterator[_Pair]:
    """Lines right under each other, but for rows of a table."""
    for first, second in pairwise(lines):
        apart = text.count("\n", first[1], second[0]) > 1
        if not apart and not _BETWEEN_CELLS.search(first[2]) and not _BETWEEN_CELLS.search(second[2]):
            yield first, second


def _is_filled(pair: _Pair, width: int) -> bool:
    """Whether the next word found no room in the line."""
    first, second = (words for _, _, words in pair)
    if first.isupper() or _ITEM.match(second) is not None:
        return False
    return len(first) <= width < len(first) + 1 + len(second.split(maxsplit=1)[0])


def _is_ragged(pairs: Sequence[_Pair], width: int) -> bool:
    """Whether most lines are nearly full, as on pages whose letters are not all as wide, and many go on."""
    full = [second[2] for first, second in pairs if _FULL * width <= len(first[2]) <= width]
    going_on = sum(words[0].islower() for words in full)
    return len(full) >= _SHARE_FULL * len(pairs) and going_on >= _SHARE_GOING_ON * len(full)


def _goes_on(pair: _Pair, width: int) -> bool:
    """Whether a line of a ragged page ends in the middle of a sentence."""
    first, second = (words for _, _, words in pair)
    if not _LEAST_FULL * width <= len(first) <= width or _ITEM.match(second) is not None:
        return False
    return not second[0].isupper() or _SENTENCE_END.search(first) is None


def _mark(first: _Line, second: _Line) -> Mark:
    end = first[0] + len(first[2])
    if (cut := _CUT.search(first[2])) is not None and (rest := _REST.match(second[2])) is not None:
        whole = word_key(cut["word"] + rest[0]) in shipped_model().word_rows
        return Mark(end - whole, second[0], "")
    return Mark(end, second[0], "" if first[2][-1] in "-‐–—/" and not first[2].endswith((" -", " –", " —")) else " ")
