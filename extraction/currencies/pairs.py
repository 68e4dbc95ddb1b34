"""Names of exchange rates: the "EUR/USD" of "EUR/USD at 1.0850", the "USDJPY" of "USDJPY 149.23"."""

from collections.abc import Sequence
from functools import cache

from extraction.currencies.table import active_codes
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_data

_CODE = 3  # letters


def ends_pair(lexemes: Sequence[Lexeme], i: int) -> bool:
    """Whether the name of an exchange rate ends with lexeme ``i``: what stands behind it is in no currency."""
    text = lexemes[i].text if 0 <= i < len(lexemes) else ""
    if len(text) == 2 * _CODE:
        return _is_code(text[:_CODE]) and _is_code(text[_CODE:])
    if i < 2 or len(text) != _CODE or lexemes[i - 1].text not in ("/", "-"):
        return False
    return lexemes[i].glued and lexemes[i - 1].glued and _is_code(text) and _is_code(lexemes[i - 2].text)


def _is_code(text: str) -> bool:
    """Whether the text is a code: in small letters, as lines of capitals are read, "all" and "try" are words."""
    return text.upper() in _codes() and (text.isupper() or text.upper() not in word_data("currencies")["careful_codes"])


@cache
def _codes() -> frozenset[str]:
    return active_codes().union(word_data("currencies")["traded_codes"])
