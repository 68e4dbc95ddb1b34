"""Reads numbers that are said without their hundred or their point: "three-twenty", "one-fifty million"."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from extraction.currencies.marks import mark_after
from extraction.numerals.spoken import digit_at, is_nought, past_hyphen
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.nouns import is_plural
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set
from extraction.units.denominators import denominator
from extraction.units.match import match_unit

PAIR_RULE = "numeral.words_pair"
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
_ENDS_OF_PRICES = (95, 99)


class Pair(NamedTuple):
    """Two number words below a hundred that stand right behind each other; the second begins at lexeme ``middle``.

    ``oh`` says that a nought stands between them: "seven-oh-five".
    """

    first: int
    second: int
    middle: int
    end: int
    hyphened: bool
    oh: bool

    @property
    def spans(self) -> bool:
        """Whether the two are so near that they are the ends of a range: "ten-fifteen minutes", "two-three weeks"."""
        return self.first < self.second <= 2 * self.first and not self.oh

    @property
    def in_digits(self) -> bool:
        """Whether the two are one digit each: "four-two", "three one"."""
        return self.first < _TEN and self.second < _TEN and not self.oh


def pair_at(lexemes: Sequence[Lexeme], i: int) -> Pair | None:
    """The pair of numbers whose first begins at lexeme ``i``; None for the one number of "twenty-three"."""
    first, k = _below_hundred(lexemes, i)
    if first is None or k >= len(lexemes):
        return None
    middle = past_hyphen(lexemes, k)
    hyphened = middle > k
    if lexemes[middle].type is not LexemeType.WORD or (lexemes[middle].glued and not hyphened):
        return None
    oh = is_nought(lexemes[middle].lower)
    second: int | None
    if oh:
        digit = past_hyphen(lexemes, middle + 1)
        second, end = digit_at(lexemes, digit), digit + 1
    else:
        second, end = _below_hundred(lexemes, middle)
    if second is None or (not oh and (second == 0 or _is_tens_and_ones(first, second))):
        return None
    behind = past_hyphen(lexemes, end)
    if behind > end and lexemes[behind].lower not in vocabulary()["magnitudes"]:
        return None  # "two ten-pound notes", "five-four-three"
    return Pair(first, second, middle, end, hyphened, oh)


def _is_tens_and_ones(first: int, second: int) -> bool:
    """Whether the two are tens and ones, which is one number: "twenty three"."""
    return first >= _TWENTY and first % _TEN == 0 and second < _TEN


def _below_hundred(lexemes: Sequence[Lexeme], i: int) -> tuple[int | None, int]:
    """The number of "eight" and "twenty-five" at lexeme ``i``, and where it ends."""
    cardinal = vocabulary()["cardinals"].get(lexemes[i].lower) if i < len(lexemes) else None
    if cardinal is None:
        return None, i
    behind = past_hyphen(lexemes, i + 1)
    if cardinal >= _TWENTY and behind > i + 1 and (digit_at(lexemes, behind) or 0) > 0:
        return int(cardinal) + (digit_at(lexemes, behind) or 0), behind + 1
    return int(cardinal), i + 1


def paired_number(lexemes: Sequence[Lexeme], i: int) -> tuple[Decimal, int] | None:
    """The number that a pair at lexeme ``i`` is said for, and where it ends; None where it is two, or no quantity.

    Of what is sold by the litre or the hour the first are whole ones: "two-eighty a litre" is 2.80, "two-eighty a
    tonne" is 280; prices end in 99: "four-ninety-nine". Without a hyphen it is one number in front of a unit or a rate
    alone: "one forty kilometres".
    """
    pair = pair_at(lexemes, i)
    if pair is None or pair.first == 0 or pair.in_digits or pair.spans:
        return None
    rate = denominator(lexemes, pair.end) if pair.end < len(lexemes) else None
    falls = pair.first >= pair.second and not pair.oh  # "split sixty-forty", but "seventy-eight-fifty a barrel"
    many = (pair.hyphened or pair.first < _TEN) and _many_follow(lexemes, pair.end)
    if (falls or not pair.hyphened) and rate is None and not many:
        return None
    value = Decimal(pair.first * _HUNDRED + pair.second)
    if pair.second in _ENDS_OF_PRICES or (rate is not None and rate.unit in word_set("cues", "sold_by_small_units")):
        value /= _HUNDRED
    return value, pair.end


def _many_follow(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a plural currency or unit follows: "two fifty dollars", "one forty kilometres".

    Not in "two thirty minute spells".
    """
    if end >= len(lexemes) or not is_plural(lexemes[end].text):
        return False
    return mark_after(lexemes, end) is not None or match_unit(lexemes, end) is not None


def nearer_reading(value: Decimal, like: Decimal) -> Decimal:
    """The 3.20 or the 320 of "three-twenty", whichever is nearer to what a like thing was."""
    whole, parts = (value * _HUNDRED, value) if value < _HUNDRED else (value, value / _HUNDRED)
    if not like or not whole:
        return value
    return min((whole, parts), key=lambda reading: max(reading / abs(like), abs(like) / reading))
