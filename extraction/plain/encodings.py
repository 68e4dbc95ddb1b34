"""Finds characters that went through the wrong encoding.

"Â£5m" is UTF-8 read as Windows-1252, "\x805m" the reverse, and "\\u00a35m" was escaped for JSON once too often.
"""

import re
from collections.abc import Iterator

from extraction.plain.view import Mark

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
