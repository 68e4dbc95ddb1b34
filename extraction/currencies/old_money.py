"""Shillings and pence, twenty and 240 to the pound: "£6 10s. a year", "12s. 6d.", "at 2d. a head"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.currencies.table import CurrencyMark
from extraction.numerals.numeral import ratio
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.surfaces import word_at
from extraction.text.words import word_set

_IN_POUND = {"s": 20, "d": 240}
_LONGEST = 3  # digits
_DECADES = frozenset(("the", "his", "her", "their", "early", "mid", "late", "-", "–", "’", "'"))
_RATED, _JOINTS = frozenset(("a", "an", "per", "each", "the")), frozenset(("to", "or", "and"))


def old_mark(start: int) -> CurrencyMark:
    """The mark of an amount whose letter is lexeme ``start``: pounds, in which ``old_sum`` reckons."""
    return CurrencyMark("GBP", ("GBP",), Decimal(1), "£", start, start + 1)


def old_sum(lexemes: Sequence[Lexeme], i: int, *, behind_pounds: bool = False) -> tuple[Decimal, int] | None:
    """The shillings and pence that start with the number at lexeme ``i``, in pounds, and where they end.

    One of the two alone has its full stop and a price beside it: "2d. a head", "fined 5s.", "8s. to 10s. a week"; not
    "the 80s. a", "in 10s.", "3d prints".
    """
    value, end, letters = Decimal(0), i, ""
    for letter, parts in _IN_POUND.items():
        if _is_part(lexemes, end, letter):
            value += Decimal(lexemes[end].text) / parts
            letters += letter
            end += 3 if word_at(lexemes, end + 2) == "." and lexemes[end + 2].glued else 2
    if not letters or not (behind_pounds or len(letters) > 1 or _is_priced(lexemes, i, end)):
        return None
    if end == len(lexemes) and lexemes[end - 1].text == ".":
        end -= 1  # the full stop of the sentence
    return ratio(value, Decimal(1)), end


def _is_part(lexemes: Sequence[Lexeme], i: int, letter: str) -> bool:
    """Whether the number at ``i`` has the letter glued to it, and no more behind that."""
    if not 0 <= i < len(lexemes) - 1 or not lexemes[i].text.isdecimal() or len(lexemes[i].text) > _LONGEST:
        return False
    after = lexemes[i + 2] if i + 2 < len(lexemes) else None
    runs_on = after is not None and after.glued and (after.type is not LexemeType.SYMBOL or after.text in "-'’/")
    return lexemes[i + 1].text == letter and lexemes[i + 1].glued and not runs_on


def _is_priced(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    before, after = word_at(lexemes, i - 1), word_at(lexemes, end)
    if lexemes[end - 1].text != "." or before in _DECADES:
        return False
    if after in _RATED and lexemes[end].text.islower():
        return True
    for joint, part in ((end, end + 1), (i - 1, i - 4)):
        if word_at(lexemes, joint) in _JOINTS and any(_is_part(lexemes, part, letter) for letter in _IN_POUND):
            return True  # "from 4d. to 6d. in the pound"
    return before in word_set("cues", "costing_verbs") or word_at(lexemes, i - 2) in word_set("cues", "costing_verbs")
