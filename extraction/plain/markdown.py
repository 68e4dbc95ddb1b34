"""Finds the marks of Markdown around words of a sentence: "**300** people", "**$4** million", "\\$4 million".

What stands bold or in italics where a line opens may say what the line is about or who speaks, and keeps its marks,
unless it is an amount and the sentence goes on.
"""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark

_MARKUP = re.compile(
    r"(?P<escape>\\)(?=[$%&#_*.+()\[\]!~`<>|-])"
    r"|(?<![\w*_~`\\])(?P<mark>\*{1,3}|_{1,3}|~~|`)(?P<words>(?![\s*_~`)])[^\n*_~`]{0,79}(?<![\s(]))(?P=mark)(?![*_~`])"
)
_OPENING = re.compile(r"[ \t>]{0,20}(?:[•‣◦▪●■*·–—-][ \t]{1,3}|\d{1,2}[.)][ \t]{1,3})?")
_AMOUNT = re.compile(r"[^\w\s]{0,3}\d\S{0,12}")


def markdown(text: str) -> Iterator[Mark]:
    """The marks around words inside a sentence, what is struck out, and the strokes that keep a sign from being one."""
    if not any(sign in text for sign in "*_`~\\"):
        return
    for match in _MARKUP.finditer(text):
        if match["escape"] is not None:
            yield Mark(*match.span(), "")
        elif match["mark"] == "~~":
            yield Mark(match.start(), match.end(), "")  # struck out
        elif _is_emphasis(text, match):
            yield Mark(match.start(), match.start("words"), "")
            yield Mark(match.end("words"), match.end(), "")


def _is_emphasis(text: str, match: re.Match[str]) -> bool:
    behind = text[match.end() : match.end() + 2]
    if match["mark"][0] == "_" and behind[:1].isalnum():
        return False
    line = text.rfind("\n", max(0, match.start() - 30), match.start()) + 1
    opening = _OPENING.fullmatch(text, line, match.start()) if line or match.start() < 30 else None
    if opening is None:
        return True
    return _AMOUNT.fullmatch(match["words"]) is not None and behind[:1] == " " and behind[1:].islower()
