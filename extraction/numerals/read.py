"""Reads the numeral at a place of the text, whatever it is written in."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.numerals.digits import digit_numeral
from extraction.numerals.words import vague_numeral, word_numeral
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.numeral import Numeral

_LARGEST = Decimal(10) ** 40


def read_numeral(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool = False) -> Numeral | None:
    """The longest numeral that starts at lexeme ``i``, or None.

    ``after_currency`` settles magnitude letters ("$8m" is eight million, "8m deep" is not).
    """
    lexeme = lexemes[i]
    numeral = None
    if lexeme.type is LexemeType.NUMBER:
        numeral = digit_numeral(lexemes, i, after_currency=after_currency)
    elif lexeme.type is LexemeType.WORD:
        numeral = vague_numeral(lexemes, i) or word_numeral(lexemes, i)
    return None if numeral is None or (numeral.value is not None and numeral.value > _LARGEST) else numeral
