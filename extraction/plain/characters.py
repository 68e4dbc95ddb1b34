"""Finds characters that nobody sees or that stand for others: "$5<zero width space>m", "12·5 per cent", "５ people"."""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark

# Zero width spaces, joiners and byte order marks, soft hyphens; hyphens that break no line; the forms of full width.
_ODD = re.compile(
    r"(?P<unseen>[\u00ad\u200b-\u200d\u2060\ufeff]+)|(?P<hyphen>[\u2010\u2011])|(?P<wide>[\uff01-\uff5e])"
    r"|(?<=\d)(?P<point>[\u00b7\u2219])(?=\d)|(?<=[^\W\d_]{3})(?P<note>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![^\W_])"
)
_NARROW = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}


def odd_characters(text: str) -> Iterator[Mark]:
    """The marks of such characters; a raised number behind a word is that of a footnote."""
    if text.isascii():
        return
    for match in _ODD.finditer(text):
        kind = match.lastgroup or ""
        seen = _NARROW[match[0]] if kind == "wide" else {"hyphen": "-", "point": "."}.get(kind, "")
        yield Mark(match.start(), match.end(), seen)
