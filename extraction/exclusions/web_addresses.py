"""Finds addresses of the web and of mail, hashtags, handles, telephone numbers, coordinates and names of substances.

Their digits say nothing about how much.
"""

import re

from extraction.text.lexemes import lex
from extraction.text.surfaces import MAGNITUDES
from extraction.units.match import match_unit

# Bounded repetition keeps the scan linear.
_PROTECTED = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]{1,2000}|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"
    r"|(?<!\w)[#@][^\W\d]\w{0,100}|(?<![\w.])[\w-]{1,63}\.(?:com|org|net|gov|edu|co\.\w\w)\b"
)
# Without one of the signs of the others only a name with such an ending is left.
_ENDING = re.compile(r"\.(?:com|org|net|gov|edu|co\.)")
# "+44 20 7946 0958", "1800 333 000", "13 11 14"; "33°51′S", "12.5° N"; "2,4-D".
_CODES = re.compile(
    r"(?<![\w+])\+\d{1,3}(?:[ .-]\(?\d{1,4}\)?){2,5}(?!\d)|(?<![\w.,-])1[38]00[ -]\d{3}[ -]\d{3}(?![\w,.-]*\d)"
    r"|(?<![\w.,])13 \d\d \d\d(?!\d)(?! \w+s\b)"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,8})?° ?(?:\d{1,2}(?:\.\d{1,5})?[′'’] ?)?(?:\d{1,2}(?:\.\d{1,5})?[″\"”] ?)?[NSEW]\b"
    r"|(?<![\w.,])\d(?:,\d){1,4}-(?P<substance>[A-Za-z]\w{0,20})"
)
_CODE_SIGN = re.compile(r"\d,\d{1,2}\b")


def protected_spans(text: str) -> list[tuple[int, int]]:
    """Sorted character spans of what holds digits and no claim: addresses, hashtags, handles, codes."""
    spans: list[tuple[int, int]] = []
    if "@" in text or "#" in text or "www" in text or "://" in text or _ENDING.search(text) is not None:
        spans = [match.span() for match in _PROTECTED.finditer(text)]
    coded = "+" in text or "°" in text or "13 " in text or "1300" in text or "1800" in text
    if coded or _CODE_SIGN.search(text) is not None:
        codes = (match.span() for match in _CODES.finditer(text) if not _is_measured(match["substance"]))
        spans = _apart(sorted([*spans, *codes]))
    return spans


def _is_measured(word: str | None) -> bool:
    """Whether the word is a magnitude, a unit or "per", and so no substance: "a 3,5-litre engine"."""
    if word is None:
        return False
    return word in MAGNITUDES or word == "per" or match_unit(lex(word), 0) is not None


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans without those that begin inside the one before."""
    apart: list[tuple[int, int]] = []
    for span in spans:
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart
