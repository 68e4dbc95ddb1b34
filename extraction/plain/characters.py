"""Finds characters that nobody sees or that stand for others: "$5<zero width space>m", "12·5 per cent", "５ people"."""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark

# Zero width spaces, joiners and byte order marks, soft hyphens; hyphens that break no line; the forms of full width.
_ODD = re.compile(
    r"(?P<unseen>[\u00ad\u200b-\u200d\u2060\ufeff]+)|(?P<hyphen>[\u2010\u2011])|(?P<wide>[\uff01-\uff5e])"
    r"|(?<=\d)(?P<point>[\u00b7\u2219])(?=\d)|(?<=[^\W\d_]{3})(?P<note>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![^\W_])"
)
# Behind a digit they are inches: "a 65'' screen".
_DOUBLED = re.compile(r"(?<![\d'`])(?:''|``)(?!['`])")
_LOST = re.compile(
    r"(?P<apostrophe>(?<=[^\W\d_])\ufffd(?=[^\W\d_]))|(?P<opening>(?<![^\s(])\ufffd(?=[^\W\d_]))"
    r"|(?P<closing>(?<=[\w.,!?])\ufffd(?![^\s.,;)]))|(?P<dash>(?<=\s)\ufffd(?=\s))"
)
_LIKELY = {"apostrophe": "’", "opening": "“", "closing": "”", "dash": "–"}
_NARROW = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}


def odd_characters(text: str) -> Iterator[Mark]:
    """The marks of such characters; a raised number behind a word is that of a footnote."""
    if text.isascii():
        return
    for match in _ODD.finditer(text):
        kind = match.lastgroup or ""
        seen = _NARROW[match[0]] if kind == "wide" else {"hyphen": "-", "point": "."}.get(kind, "")
        yield Mark(match.start(), match.end(), seen)


def doubled_quotes(text: str) -> Iterator[Mark]:
    """The marks of two apostrophes that stand for one quotation mark: "''We lost 5%,'' he said"."""
    if "''" in text or "``" in text:
        for match in _DOUBLED.finditer(text):
            yield Mark(match.start(), match.end(), '"')


def lost_characters(text: str) -> Iterator[Mark]:
    """The marks of U+FFFD, which stands for a lost character, where the letters around it tell which it was."""
    if "\ufffd" in text:
        for match in _LOST.finditer(text):
            yield Mark(match.start(), match.end(), _LIKELY[match.lastgroup or ""])
