"""Sums of money with another in brackets behind them: "5,400 yuan ($752) per ton"."""

import itertools
from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.rates import settle_rate
from extraction.text.lexemes import Lexeme, at


def share_rate(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives both sums the rate that stands behind the brackets: "310.2 yen ($2.14) per kg"."""
    for first, second in itertools.pairwise(amounts):
        if first.mark is None or second.mark is None or first.per is not None or second.per is not None:
            continue
        opened = first.end == second.start - 1 and at(lexemes, first.end) == "("
        if opened and at(lexemes, second.end) == ")":
            settle_rate(lexemes, second, start=second.end + 1)
            first.per = second.per
