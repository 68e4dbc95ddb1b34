"""Numbers behind a name that are no part of it, for they are quoted: "EUR/USD 1.0850", "PMI 50.8"."""

from collections.abc import Sequence

from extraction.amounts.index_names import gives_level
from extraction.currencies.pairs import ends_pair
from extraction.numerals.numeral import Numeral
from extraction.text.lexemes import Lexeme, lexeme_at


def is_quoted(lexemes: Sequence[Lexeme], numeral: Numeral) -> bool:
    """As in "EUR/USD 1.0850", "PMI 50.8 in November", "Baht 35.12 per dollar": a decimal that has no name's digits."""
    if ends_pair(lexemes, numeral.start - 1) or gives_level(lexemes, numeral.start):
        return True
    behind = lexeme_at(lexemes, numeral.end)
    return behind is not None and (behind.lower == "per" or (behind.text == "/" and behind.glued))
