"""Settles whether a number that is said without hundred and point is 3.20 or 320, by what the sentence told before."""

from extraction.amounts.amount import Amount
from extraction.claims import Kind
from extraction.numerals.pairs import PAIR_RULE, nearer_reading


def settle_said(amount: Amount, before: Amount | None) -> None:
    """As in "two dollars a litre, up from one-eighty", "eight hundred dollars a tonne, up from four-fifty".

    ``before`` is the sum of money or the number of the same sort that was told last.
    """
    if amount.numeral.rule != PAIR_RULE or not amount.bare or amount.numeral.magnitude is not None or before is None:
        return
    alike = before.kind is Kind.MONEY or before.numeral.rule == PAIR_RULE
    if not alike or amount.value is None or before.value is None:
        return
    like = before.value if before.mark is None else before.value / before.mark.scale
    amount.value = nearer_reading(amount.value, like)
