"""Periods that leave out their unit: "returned 22.4% over one year, 19.1% over three and 15.6% over five"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount, copy_unit
from extraction.claims import Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.text.lexemes import Lexeme


def share_periods(lexemes: Sequence[Lexeme], amounts: Sequence[Amount]) -> None:
    """Gives the numbers behind "over" the unit of the first period; in "19.1% over three" they are years.

    Not in "waited over 12 hours, half of them aged over 75": there other words lead to "over".
    """
    period: Amount | None = None
    measured = False  # whether the first period stands right behind an amount
    end = 0  # of the amount in front
    for amount in amounts:
        over, opens = amount.start - 1, end
        end = amount.end
        if over < 0 or lexemes[over].lower != "over":
            continue
        gap = [lexeme.lower for lexeme in lexemes[opens:over]]
        right_behind = opens > 0 and (not gap or (len(gap) == 2 and gap[0] in ("a", "per")))
        if amount.kind is Kind.DURATION:
            period, measured = amount, right_behind
            continue
        joined = (right_behind and measured) or (opens > 0 and gap in ([","], ["and"], [",", "and"]))
        if period is not None and joined and amount.bare and counted_noun(lexemes, amount.end, amount.value) is None:
            copy_unit(amount, period)
