"""A numeral, the arithmetic that rounds nothing, and the words that numerals are made of."""

from decimal import Context, Decimal
from functools import cache
from typing import Any, NamedTuple

from extraction.text.lexemes import Lexeme
from extraction.text.words import word_data

# Longer digit strings identify things (accounts, hashes); they do not count them.
MAX_DIGITS = 30
# Wide enough for every product of a numeral that MAX_DIGITS admits and its magnitudes, so nothing is rounded.
EXACT = Context(prec=80)
_SIX_PLACES = Decimal("0.000001")
_A_THOUSANDTH = Decimal("0.001")


class Numeral(NamedTuple):
    """A numeral at lexemes ``start:end``.

    ``value`` is None for a vague magnitude, which has ``low`` and ``high``. ``magnitude`` is the factor that a
    magnitude word or letter contributed (None without one): neighbours in a range may share it.
    """

    start: int
    end: int
    value: Decimal | None
    rule: str
    magnitude: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def in_digits(self) -> bool:
        return self.rule.startswith("numeral.digits")

    @property
    def whole(self) -> bool:
        return is_whole(self.value)


def is_whole(value: Decimal | None) -> bool:
    """Whether there is a value, and one without a broken part."""
    return value is not None and value == int(value)


@cache
def vocabulary() -> dict[str, Any]:
    """The word lists of ``en/numerals.toml``, with values as ``Decimal``."""
    table = word_data("numerals")
    lists = {name: frozenset(table[name]["words"]) for name in ("vague_multipliers", "vague_before")}
    numbers = {
        name: {word: Decimal(value) for word, value in rows.items()}
        for name, rows in table.items()
        if name not in lists
    }
    return {**numbers, **lists}


def is_numeral(lexeme: Lexeme) -> bool:
    """Whether a lexeme is a number in digits or a cardinal in words."""
    return lexeme.is_number or lexeme.lower in vocabulary()["cardinals"]


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """A fraction: exact where its decimals end within twelve places, else to six decimals ("a third" is 0.333333).

    Below a thousandth it has six digits behind the noughts: "one in 45 million" is 0.0000000222222.
    """
    value = EXACT.divide(numerator, denominator)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -12:
        return value
    small = 0 < value < _A_THOUSANDTH
    return EXACT.quantize(value, Decimal(1).scaleb(value.adjusted() - 5) if small else _SIX_PLACES)


def of_four_digits(word: str) -> bool:
    """Whether a word is four digits, as "2028" and "1340" are, whatever the words around say of it."""
    return len(word) == 4 and word.isdecimal()
