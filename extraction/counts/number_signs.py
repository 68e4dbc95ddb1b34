"""Counts as planning notices write them: "112 no. dwellings", "4no. houses", "12no flats", "a 3 storey building"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.words import word_set

_OPEN_COMPOUNDS, _BUILT = word_set("cues", "open_compounds"), word_set("cues", "built_things")


def counts_behind(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether the number that ends before ``end`` counts there and is no name: "Construct 18 No. apartments"."""
    return past_no(lexemes, end) > end or opens_compound(lexemes, end)


def opens_compound(lexemes: Sequence[Lexeme], k: int) -> bool:
    """As in "a 3 storey building", "2 bedroom flats": a singular that other writers tie to its number."""
    return k + 1 < len(lexemes) and lexemes[k].lower in _OPEN_COMPOUNDS and lexemes[k + 1].lower in _BUILT


def past_no(lexemes: Sequence[Lexeme], j: int) -> int:
    """Past the "no." at lexeme ``j``, right behind a number and in front of what that counts; else ``j``."""
    if not 0 < j < len(lexemes) - 1 or lexemes[j].lower != "no" or not lexemes[j - 1].is_number:
        return j
    stop = lexemes[j + 1].text == "." and lexemes[j + 1].glued
    if not stop and not lexemes[j].glued:
        return j  # "46 no votes"
    k = j + 2 if stop else j + 1
    counts = k < len(lexemes) and (lexemes[k].text.islower() or lexemes[k].is_number) and not lexemes[k].glued
    return k if counts and lexemes[k].type is not LexemeType.SYMBOL else j
