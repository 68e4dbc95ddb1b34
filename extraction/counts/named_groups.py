"""Tells names in front of what is counted that look like units: "32 F-35 fighters", "40 Year 6 pupils"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.counts.counted_nouns import counted_noun
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set

_LONGEST_LETTERS = 3
_LAST_YEAR = 13  # of school
_PUPILS = word_set("cues", "pupils")
_PUPIL_REACH = 3  # lexemes: "Year 6 primary school pupils"


def opens_named_group(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether the letters or the word at ``k``, right behind a number, belong to the name of what it counts."""
    if lexemes[k].type is not LexemeType.WORD or not lexemes[k].capitalised or lexemes[k].glued:
        return False
    return _is_school_year(lexemes, k) or (_is_model(lexemes, k) and counted_noun(lexemes, k, Decimal(2)) is not None)


def _is_model(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether capital letters stand at ``k``, with a hyphen and a number behind: "F-35", "F/A-18"."""
    if k + 4 < len(lexemes) and lexemes[k + 1].text == "/" and lexemes[k + 1].glued and lexemes[k + 2].glued:
        k += 2
    code = lexemes[k : k + 3]
    if len(code) < 3 or not (code[0].text.isupper() and len(code[0].text) <= _LONGEST_LETTERS):
        return False
    return code[1].text in "-‑" and code[1].glued and code[2].glued and code[2].is_number


def _is_school_year(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a year of school stands at ``k``, with pupils behind: "Year 6 pupils", "Year 10 boarding students"."""
    if lexemes[k].text != "Year" or k + 2 >= len(lexemes):
        return False
    number = lexemes[k + 1].text
    if not (number.isdecimal() and len(number) <= 2 and int(number) <= _LAST_YEAR):
        return False
    return any(word.lower in _PUPILS for word in lexemes[k + 2 : k + 2 + _PUPIL_REACH])
