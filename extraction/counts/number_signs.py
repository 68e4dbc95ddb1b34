"""Counts with "no." behind them, as planning notices write: "112 no. dwellings", "4no. houses", "12no flats"."""

from collections.abc import Sequence

from extraction.text.lexemes import Lexeme, LexemeType


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
