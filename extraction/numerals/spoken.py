"""Reads decimals as they are said and as scripts of broadcasts write them: "point six five", "one-point-nine"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set
from extraction.units.match import match_unit

_MOST_DECIMALS = 4
_NOUGHTS = frozenset(("oh", "o"))
_NAMING = word_set("grammar", "determiners", "object_pronouns") | {"one", "at"}


def past_hyphen(lexemes: Sequence[Lexeme], i: int) -> int:
    """Where what stands behind a hyphen that is glued to both sides begins, else ``i``."""
    if i + 1 < len(lexemes) and lexemes[i].text == "-" and lexemes[i].glued and lexemes[i + 1].glued:
        return i + 1
    return i


def is_nought(word: str) -> bool:
    """Whether a word is the "oh" that is said for nought."""
    return word in _NOUGHTS


def digit_at(lexemes: Sequence[Lexeme], i: int) -> int | None:
    """The digit that the word at lexeme ``i`` names: "six", and "oh", which is said for nought."""
    if i >= len(lexemes) or lexemes[i].type is not LexemeType.WORD:
        return None
    if lexemes[i].lower in _NOUGHTS:
        return 0
    cardinal = vocabulary()["cardinals"].get(lexemes[i].lower)
    return int(cardinal) if cardinal is not None and cardinal < 10 else None


def spoken_decimals(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The decimals and the end of "point six five", "-point-nine" and "point twenty-five" at lexeme ``i``.

    Hyphens stand on both sides of "point" or on none, so that "a two-point five-man lead" has none.
    """
    k = past_hyphen(lexemes, i)
    if k + 1 >= len(lexemes) or lexemes[k].lower != "point":
        return None
    behind = past_hyphen(lexemes, k + 1)
    if (behind > k + 1) != (k > i):
        return None
    digits, end = _digits(lexemes, behind)
    if not digits and k > i:
        digits, end = _tens(lexemes, behind)
    return (Decimal(f"0.{digits}"), end) if digits else None


def _digits(lexemes: Sequence[Lexeme], k: int) -> tuple[str, int]:
    """The digits that the words from lexeme ``k`` on name one by one, and where they end."""
    digits, end = "", k
    while len(digits) < _MOST_DECIMALS:
        following = past_hyphen(lexemes, end) if digits else end
        digit = digit_at(lexemes, following)
        if digit is None:
            break
        digits, end = f"{digits}{digit}", following + 1
    return digits, end


def _tens(lexemes: Sequence[Lexeme], k: int) -> tuple[str, int]:
    """Two decimals, said as one number, and where they end: the "twenty-five" of "six-point-twenty-five".

    The text is empty where none stand there.
    """
    if k >= len(lexemes):
        return "", k
    tens = vocabulary()["cardinals"].get(lexemes[k].lower)
    if tens is None or tens < 10:
        return "", k
    after = past_hyphen(lexemes, k + 1)
    one = digit_at(lexemes, after) if tens >= 20 and after > k + 1 else None
    return (f"{int(tens) + one}", after + 1) if one else (f"{int(tens)}", k + 1)


def decimals_alone(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The value and end of "oh point three", and of "point two per cent" and "point oh five" without a nought.

    "At that point two people left" and "the point five speakers made" have none: one digit needs its "per cent".
    """
    if lexemes[i].lower in _NOUGHTS:
        return spoken_decimals(lexemes, i + 1)
    if lexemes[i].lower != "point":
        return None
    first = past_hyphen(lexemes, i + 1)
    digits, end = _digits(lexemes, first)
    if not digits or (first == i + 1 and i and lexemes[i - 1].lower in _NAMING):
        return None
    return (Decimal(f"0.{digits}"), end) if len(digits) > 1 or _is_share(lexemes, end) else None


def _is_share(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a share stands behind: "point two per cent", "point eight of a percentage point"."""
    unit = end
    if end + 1 < len(lexemes) and lexemes[end].lower == "of" and lexemes[end + 1].lower in ("a", "one"):
        unit = end + 2
    match = match_unit(lexemes, unit) if unit < len(lexemes) else None
    return match is not None and match.unit.kind is Kind.PERCENT
