"""Finds characters that were read in the wrong encoding: "Â£5m" is UTF-8 read as Windows-1252, "\x805m" the reverse."""

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
)
# Latin letters and signs, dashes, quotation marks, signs of money, trade mark and minus: the rest is no English text.
_LIKELY = re.compile(r"[\u00a0-\u017f\u200b\u2010-\u203a\u20a8-\u20bf\u2122\u2212\ufeff]")


def misread_characters(text: str) -> Iterator[Mark]:
    """The marks of such characters, several of which often stand for one."""
    if text.isascii():
        return
    for match in _MISREAD.finditer(text):
        found = match[0]
        if match["windows"] is not None:
            yield Mark(match.start(), match.end(), _CHARACTERS[found])
            continue
        read = bytes(map(_BYTES.__getitem__, found)).decode("utf-8", "replace")
        if _LIKELY.fullmatch(read) is not None:
            yield Mark(match.start(), match.end(), read)
