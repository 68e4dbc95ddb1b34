"""Reads the fractions inside numerals: "½", "1/16", "and three quarters"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.text.lexemes import VULGAR_FRACTIONS, Lexeme, LexemeType
from extraction.text.numeral import EXACT, ratio, vocabulary

VULGAR_VALUES = {
    sign: ratio(*map(Decimal, fraction.split("/")))
    for sign, fraction in zip(
        VULGAR_FRACTIONS,
        ["1/2", "1/3", "2/3", "1/4", "3/4", "1/5", "2/5", "3/5", "4/5", "1/6", "5/6", "1/8", "3/8", "5/8", "7/8"],
        strict=True,
    )
}
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_FRACTION_ENDINGS = ("s", "rd", "rds", "th", "ths")  # "2/3rds of the seats"


def slash_fraction(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The value and end of "1/16" or "1⁄16" at lexeme ``i``; None for dates ("5/17/2018") and other slashes."""
    if i + 2 >= len(lexemes) or lexemes[i + 1].text not in "/⁄":
        return None
    top, slash, bottom = lexemes[i : i + 3]
    if not (slash.glued and bottom.glued):
        return None
    if not (top.text.isdecimal() and bottom.text.isdecimal() and len(top.text) <= 3 and len(bottom.text) <= 4):
        return None
    if i + 3 < len(lexemes) and lexemes[i + 3].glued and lexemes[i + 3].text in "/⁄":
        return None
    if int(bottom.text) < 2 or int(top.text) == 0 or int(top.text) >= int(bottom.text):
        return None
    of = i + 3 < len(lexemes) and lexemes[i + 3].lower == "of"
    if _FIRST_YEAR <= int(bottom.text) <= _LAST_YEAR and top.text != "1" and not of:
        return None  # "Tender No. 14/2025", but "a 1/2000 chance"
    ending = i + 3 < len(lexemes) and lexemes[i + 3].glued and lexemes[i + 3].lower in _FRACTION_ENDINGS
    return ratio(Decimal(top.text), Decimal(bottom.text)), i + 4 if ending else i + 3


def and_a_part(lexemes: Sequence[Lexeme], j: int) -> tuple[Decimal, int] | None:
    """The part of one and the end of "and a half", "-and-a-half", "and three quarters" at lexeme ``j``."""
    if j >= len(lexemes) or lexemes[j].lower not in ("and", "-"):
        return None
    rest = [k for k in range(j, min(j + 6, len(lexemes))) if lexemes[k].text != "-"]
    if len(rest) < 3 or lexemes[rest[0]].lower != "and":
        return None
    top, name = lexemes[rest[1]].lower, lexemes[rest[2]].lower
    part = vocabulary()["fractions"].get(name)
    times = Decimal(1) if top in ("a", "one") else vocabulary()["cardinals"].get(top)
    if part is None or times is None or (name.endswith("s") and times == 1) or times * part >= 1:
        return None
    if rest[2] + 1 < len(lexemes) and (lexemes[rest[2] + 1].lower == "of" or _over_age(lexemes, rest[2] + 1)):
        return None  # "five and a third of the staff" are two amounts
    return EXACT.multiply(times, part), rest[2] + 1


def _over_age(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a share of people ends in front of lexeme ``k``: "half were over 75 and a third over 85"."""
    bounded = lexemes[k].lower in ("over", "under", "aged") and k + 1 < len(lexemes) and lexemes[k + 1].is_number
    return bounded and (k + 2 >= len(lexemes) or lexemes[k + 2].type is not LexemeType.WORD)
