"""Finds characters that are not what they stand for: "$5<zero width space>m", "12·5 per cent", "５ people", "Â£5m".

Some went through the wrong encoding: "Â£5m" is UTF-8 read as Windows-1252, "\x805m" the reverse, and "\\u00a35m" was
escaped for JSON once too often.
"""

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


# What Windows-1252 makes of the bytes that are not in ASCII; five of them stand for nothing there.
_BYTES = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0xA0)}
_CHARACTERS = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_BEHIND_LEAD = "".join(re.escape(character) for character, byte in _BYTES.items() if byte < 0xC0)
_MISREAD = re.compile(
    rf"(?P<utf>[\u00c2-\u00df][{_BEHIND_LEAD}]|[\u00e0-\u00ef][{_BEHIND_LEAD}]{{2}})|(?P<windows>[\x80-\x9f])"
    r"|(?P<stray>(?<=[\d.,;:%])\u00c2(?= ))"
)
# A name in capitals may stand in front of such marks: "the MARACANÃ’S gates".
_IN_NAMES = re.compile(r"[\u00c2-\u00c5][’‘“”–—…\u00a0]")
# Latin letters and signs, dashes, quotation marks, signs of money, trade mark and minus: the rest is no English text.
_LIKELY = re.compile(r"[\u00a0-\u017f\u200b\u2010-\u203a\u20a8-\u20bf\u2122\u2212\ufeff]")
# The end of a line stands behind that of a sentence; where one does, all others are meant as well.
_END_OF_LINE = re.compile(r"(?<=[.!?”\"])(?:\\r)?\\n(?![a-z])")
_ESCAPED = re.compile(r"\\u(?P<code>[0-9A-Fa-f]{4})|(?P<space>(?:\\r)?\\n|\\t)(?![a-z])|\\(?=[\"/])")
_SURROGATES = range(0xD800, 0xE000)


def escaped_characters(text: str) -> Iterator[Mark]:
    """The marks of escapes of JSON: "\\u00a3", "\\n" behind a sentence, "\\\"" for a quotation mark."""
    if "\\" not in text:
        return
    lines_end = _END_OF_LINE.search(text) is not None
    for match in _ESCAPED.finditer(text):
        if match["space"] is not None:
            if lines_end:
                yield Mark(match.start(), match.end(), "\t" if match["space"] == "\\t" else "\n")
            continue
        code = 0 if match["code"] is None else int(match["code"], 16)
        yield Mark(match.start(), match.end(), "" if code == 0 or code in _SURROGATES else chr(code))


def misread_characters(text: str) -> Iterator[Mark]:
    """The marks of such characters, several of which often stand for one."""
    if text.isascii():
        return
    found = [(match, _read(match)) for match in _MISREAD.finditer(text)]
    sure = any(read is not None and _IN_NAMES.fullmatch(match[0]) is None for match, read in found)
    for match, read in found:
        if read is not None and (sure or _IN_NAMES.fullmatch(match[0]) is None):
            yield Mark(match.start(), match.end(), read)


def _read(match: re.Match[str]) -> str | None:
    """What the characters were, or None where they are likely what they seem."""
    if match["utf"] is None:
        return "" if match["windows"] is None else _CHARACTERS[match[0]]
    read = bytes(map(_BYTES.__getitem__, match[0])).decode("utf-8", "replace")
    return read if _LIKELY.fullmatch(read) is not None else None
