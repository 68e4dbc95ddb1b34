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
)
# Latin letters and signs, dashes, quotation marks, signs of money, trade mark and minus: the rest is no English text.
_LIKELY = re.compile(r"[\u00a0-\u017f\u200b\u2010-\u203a\u20a8-\u20bf\u2122\u2212\ufeff]")

# The end of a line only behind that of a sentence: "C:\\new" has none.
_ESCAPED = re.compile(r"\\u(?P<code>[0-9A-Fa-f]{4})|(?<=[.!?”\"])(?P<breaks>(?:\\r)?(?:\\n)+)|\\(?=[\"/])")
_SURROGATES = range(0xD800, 0xE000)


def escaped_characters(text: str) -> Iterator[Mark]:
    """The marks of escapes of JSON: "\\u00a3", "\\n" behind a sentence, "\\\"" for a quotation mark."""
    if "\\" not in text:
        return
    for match in _ESCAPED.finditer(text):
        seen = "\n" if match["breaks"] is not None else ""
        if match["code"] is not None:
            code = int(match["code"], 16)
            seen = "" if code in _SURROGATES or code == 0 else chr(code)
        yield Mark(match.start(), match.end(), seen)


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
