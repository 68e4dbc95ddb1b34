"""Finds characters that nobody sees or that stand for others: "$5<zero width space>m", "12·5 per cent", "５ people"."""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark
from extraction.text.money_signs import SIGNS

# Zero width spaces, joiners and byte order marks, soft hyphens; hyphens that break no line; the forms of full width. A
# point is raised between two numbers and not in a chain of them, a number behind a word that is no unit of another.
_ODD = re.compile(
    r"(?P<gap>(?<=\d)\u200b(?=[^\W\d_]{2}))|(?P<unseen>[\u00ad\u200b-\u200d\u2060\ufeff]+)|(?P<hyphen>[\u2010\u2011])"
    r"|(?P<wide>[\uff01-\uff5e])"
    r"|(?<![·∙]\d)(?<![·∙]\d\d)(?<![·∙]\d{3})(?<![·∙]\d{4})(?<=\d)(?P<point>[·∙])(?=\d)(?!\d{1,9}[·∙^])(?!10[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])"
    r"|(?<=[^\W\d_]{3})(?P<note>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![^\W_]|=)"
)
_MEASURED = re.compile(r"\d[ -]?[^\W\d_]+$")  # "1,200 feet²"
_LONGEST_UNIT = 24  # characters
_NARROW = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_SEEN = {"gap": " ", "hyphen": "-", "point": "."}
# Behind a digit they are inches: "a 65'' screen"; between letters they are one apostrophe.
_DOUBLED = re.compile(
    rf"(?P<one>(?<=[^\W\d_])''(?=[^\W\d_]))|(?P<opening>(?<![\w'`])(?:''|``)(?=[\w{SIGNS}]))"
    r"|(?P<closing>(?<=[^\s\d'`])''(?![\w'`]))|(?P<line>\n)"
)
_LOST = re.compile(
    r"(?P<apostrophe>(?<=[^\W\d_])\ufffd(?=(?:s|t|re|ve|ll|d|m)\b)|(?<=\b[OD])\ufffd(?=[A-Z]))"
    r"|(?P<opening>(?<![^\s(])\ufffd(?=[^\W\d_]))|(?P<ended>(?<=[.,!?])\ufffd(?![^\s.,;)]))"
    r"|(?P<closing>(?<=\w)\ufffd(?![^\s.,;)]))|(?P<dash>(?<=\s)\ufffd(?=\s))|(?P<line>\n)"
)
_WAS = {"apostrophe": "’", "opening": "“", "ended": "”", "closing": "”", "dash": "–"}


def odd_characters(text: str) -> Iterator[Mark]:
    """The marks of such characters; a raised number behind a word is that of a footnote."""
    if text.isascii():
        return
    for match in _ODD.finditer(text):
        kind, start = match.lastgroup or "", match.start()
        if match[0] in "²³" and _MEASURED.search(text, max(0, start - _LONGEST_UNIT), start) is not None:
            continue
        yield Mark(start, match.end(), _NARROW[match[0]] if kind == "wide" else _SEEN.get(kind, ""))


def doubled_quotes(text: str) -> Iterator[Mark]:
    """The marks of two apostrophes that stand for one quotation mark: "''We lost 5%,'' he said"."""
    if "''" not in text and "``" not in text:
        return
    opened = False
    for match in _DOUBLED.finditer(text):
        kind = match.lastgroup
        if kind == "one" or kind == "opening" or (kind == "closing" and opened):
            yield Mark(match.start(), match.end(), "'" if kind == "one" else '"')
        opened = kind == "opening" or (opened and kind == "one")


def lost_characters(text: str) -> Iterator[Mark]:
    """The marks of U+FFFD, which stands for a lost character, where the letters around it tell which it was."""
    if "\ufffd" not in text:
        return
    opened = False
    for match in _LOST.finditer(text):
        kind = match.lastgroup or ""
        if kind != "line" and (kind != "closing" or opened):
            yield Mark(match.start(), match.end(), _WAS[kind])
        opened = kind == "opening" or (opened and kind in ("apostrophe", "dash"))
