"""Tells names that look like amounts with a unit: "60 Minutes", "Three Mile Island", "an ES 300h", "3M", "HbA1c"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType, lex, lexeme_at
from extraction.text.nouns import counts_following, is_people, names_people
from extraction.text.surfaces import squeezed
from extraction.text.words import word_set

_MAGNITUDE_NAMES = word_set("exclusions", "magnitude_names")
_NAMED_NUMBERS = frozenset(lex(name)[0].text for name in _MAGNITUDE_NAMES)


def in_word(lexemes: Sequence[Lexeme], start: int) -> bool:
    """Whether letters of both sizes, where no currency stands, are glued in front of the digits: "HbA1c"."""
    before = lexemes[start - 1].text if start and lexemes[start].glued else ""
    return before[-1:].isupper() and not before.isupper()


def titled(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number and a capitalised unit of time inside a sentence are a title:
    "told 60 Minutes", "the film “28 Days Later”".

    Behind a number word any unit: "Three Mile Island", "Nine Inch Nails" (headlines are lowered).
    """
    if end >= len(lexemes):
        return False
    unit, before = lexemes[end], lexeme_at(lexemes, start - 1)
    if unit.text == "h":
        return _model_in_hours(lexemes, start, end)
    if not (unit.capitalised and unit.text[1:].islower() and not unit.glued):
        return False
    following = lexeme_at(lexemes, end + 1)
    if is_people(unit.text) or (following is not None and names_people(f"{unit.text} {following.text}")):
        return False  # "One Briton in eight", "One New Zealander in five"
    if lexemes[start].type is LexemeType.WORD and lexemes[start].capitalised and not lexemes[start].text.isupper():
        inside = before is not None and before.text.islower()
        return (inside or _goes_on_small(lexemes, end)) and unit.lower not in _NAMED_UNITS
    if before is None:
        return False
    if len(lexemes[start].text) < 2 or not (lexemes[start].text.isdecimal() or lexemes[start].capitalised):
        return False
    opened = before.text in "“\"‘'" or (before.type is LexemeType.WORD and before.text.islower() and not before.glued)
    return opened and unit.lower.removesuffix("s") in word_set("cues", "time_units")


_NAMED_UNITS = word_set("exclusions", "eponymous_units")
_SMALL_REACH = 8


def _goes_on_small(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether words in small letters follow, so that the line is no heading: "Nine Inch Nails headlined"."""
    return any(
        x.type is LexemeType.WORD and x.text.islower() and len(x.text) > 2 for x in lexemes[end : end + _SMALL_REACH]
    )


def _model_in_hours(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether what looks like hours is the code of a car: "The ES 300h hybrid"."""
    series = lexeme_at(lexemes, start - 1)
    if series is None or not lexemes[end].glued or len(lexemes[start].text) != 3:
        return False
    return len(series.text) == 2 and series.type is LexemeType.WORD and series.text.isupper()


def named_like_amount(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the amount is a name, with nothing behind it that three million could count: "Shares of 3M rose"."""
    if lexemes[start].text not in _NAMED_NUMBERS:
        return False
    return squeezed(lexemes[start:end]) in _MAGNITUDE_NAMES and not counts_following(lexemes, end)
