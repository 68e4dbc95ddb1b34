"""Finds the names that posts write behind a sign: "@cityhall says 300 homes", "$GCRX opened down 9%".

A reader sees a name, and so do the rules for speakers and subjects; claims quote it with its sign.
"""

import re
from collections.abc import Iterator
from functools import cache

from extraction.plain.view import Mark
from extraction.text.words import word_data

# Not in "ann@example.com", "US$GDP"; "$US 5m" and "$AUD5" are money.
_SIGNED = re.compile(
    r"(?<![\w@$.&/])(?P<dot>\.(?=@))?(?P<name>@(?P<handle>[A-Za-z]\w{1,29})(?![\w@]|\.\w)"
    r"|\$(?P<share>[A-Z]{2,6})(?:\.[A-Z])?(?![\w$])(?! ?\d))"
)

_BEFORE_NUMBER = re.compile(r" \d")  # "@united 40 of us are stuck": who is spoken to, and no name with a number
_LONGEST_OPENING = 12  # characters


def handles(text: str) -> Iterator[Mark]:
    """The marks of handles and of the signs of shares: "@mayor_liz" is seen as "Mayorliz", "$GCRX" as "GCRX"."""
    if "@" not in text and "$" not in text:
        return
    for match in _SIGNED.finditer(text):
        share = match["share"]
        if match["dot"]:
            yield Mark(*match.span("dot"), "")
        if share is None:
            if _opens_post(text, match):
                continue  # the label of who speaks
            name = "".join(filter(str.isalpha, match["handle"]))
            counted = _BEFORE_NUMBER.match(text, match.end()) is not None
            yield Mark(*match.span("name"), name[0].upper() + name[1:] + "," * counted)
        elif share not in _codes():
            yield Mark(*match.span("name"), share)


def _opens_post(text: str, match: re.Match[str]) -> bool:
    """Whether the handle and a colon open their post: "@cityhall: 300 homes lost power", "RT @cityhall: 300 homes"."""
    line = text.rfind("\n", max(0, match.start() - _LONGEST_OPENING), match.start()) + 1
    before = text[line : match.start()].strip(" \t*") if line or match.start() < _LONGEST_OPENING else None
    return before in ("", "RT") and text.startswith(":", match.end())


@cache
def _codes() -> frozenset[str]:
    """What "$" and letters are at the head of a column: currencies ("$US") and magnitudes ("$MN")."""
    table = word_data("currencies")
    marks = {mark for row in (*table["currency"], *table["sign"]) for mark in row.get("before", ())}
    codes = {row["code"] for row in table["currency"]} | {mark.replace("$", "") for mark in marks if "$" in mark}
    return frozenset(codes | {letters.upper() for letters in word_data("numerals")["abbreviations"]})
