"""Magnitudes that are told once for two numbers: "$89 to $93 billion", "two to three hundred"."""

from decimal import Decimal

from extraction.amounts.amount import Amount
from extraction.numerals.numeral import EXACT
from extraction.numerals.pairs import PAIR_RULE

_THOUSAND = 1000
_FURTHEST_APART = 10  # times that the second of two amounts with one magnitude is the first


def share_magnitude(first: Amount, second: Amount, join: str) -> None:
    """As in "$89 to $93 billion", "five or six million": the first number takes the second's magnitude."""
    magnitude = second.numeral.magnitude
    if magnitude is None and second.numeral.rule == PAIR_RULE and (second.value or 0) >= _HUNDRED:
        magnitude = Decimal(_HUNDRED)  # "one to one-fifty"
    if magnitude is None or first.numeral.magnitude is not None:
        return
    if magnitude < _THOUSAND and (join == "list" or not _shares_hundreds(first, second, magnitude)):
        return
    if first.value is None or second.value is None or abs(first.value) >= _THOUSAND:
        return
    if join == "list" and first.mark is None and not first.bare:
        return
    scaled = EXACT.multiply(first.value, magnitude)
    if join != "list" and abs(scaled) > abs(second.value):
        return
    if join == "list" and first.mark is not None and abs(second.value) > abs(scaled) * _FURTHEST_APART:
        return  # "earnings and revenue of $1.58 and $24.1 billion"
    first.value = scaled
    first.rules.append("share.magnitude")


def _shares_hundreds(first: Amount, second: Amount, magnitude: Decimal) -> bool:
    """As in "two to three hundred people", "two or three dozen": so many hundreds or dozens both."""
    if first.value is None or second.numeral.value is None or not 0 < first.value < _TEN:
        return False
    said = second.numeral.rule == PAIR_RULE
    return (said or second.numeral.value % magnitude == 0) and first.value * magnitude < second.numeral.value


_TEN, _HUNDRED = 10, 100
