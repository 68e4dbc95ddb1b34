"""What the parser's network sees of a word: itself, with its digits levelled, and its edges and shape.

Words and edges are known by a 32-bit checksum, so that the shipped model holds no strings. Two spellings with the same
checksum are taken for the same; among the tens of thousands that are known, a stray one meets that once in 100,000.
"""

import re
from zlib import crc32

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SHAPE_LENGTH = 5
AFFIXES = 8


def word_key(word: str) -> int:
    """The checksum of the word in lower case, with one 0 for its digits: "1,250" and "7" are one word."""
    return crc32(_DIGITS.sub("0", word.lower().replace("’", "'")).encode("utf-8", "replace"))


def affix_keys(word: str) -> list[int]:
    """Checksums of the first one to three and the last one to four characters and of the shape."""
    lower = word.lower().replace("’", "'")
    parts = (
        "a" + lower[:1], "b" + lower[:2], "c" + lower[:3],
        "w" + lower[-1:], "x" + lower[-2:], "y" + lower[-3:], "z" + lower[-4:],
        "s" + shape(word),
    )  # fmt: skip
    return [crc32(part.encode("utf-8", "replace")) for part in parts]


def shape(word: str) -> str:
    """ "Xx" for a name, "dd,ddd" for a number: letters and digits by their kind, runs cut to five."""
    marks: list[str] = []
    run = 0
    for character in word[:24]:
        mark = (
            "d" if character.isdigit()
            else "X" if character.isupper()
            else "x" if character.isalpha()
            else character
        )  # fmt: skip
        run = run + 1 if marks and marks[-1] == mark else 1
        if run <= (_SHAPE_LENGTH if mark == "d" else 2):
            marks.append(mark)
    return "".join(marks)
