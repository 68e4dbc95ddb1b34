"""Counts with their share in brackets: "34 (8.3%) of 412 patients and 51 (12.5%) of 409"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount, at
from extraction.amounts.ranges import Group
from extraction.amounts.share_steps import with_share
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme

_PLAIN = frozenset((Kind.COUNT, Kind.NUMBER))


def settle_counts_with_shares(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Gives a count with its share, and the whole behind "of", the noun that one of them is said with."""
    noun: Amount | None = None
    starts = {group.first.start: group.last for group in groups if not group.is_range}
    for group in groups:
        amount = group.last
        if group.is_range or not with_share(lexemes, amount):
            continue
        of = amount.end + _LONGEST_SHARE
        whole = starts.get(of + 1) or starts.get(of + 2) if at(lexemes, of) == "of" else None
        if whole is not None and whole.kind is Kind.COUNT and whole.unit is not None:
            noun = whole
        if noun is None:
            continue
        for each in (amount, whole):
            if each is not None and each.kind in _PLAIN and each.unit is None and each.value == int(each.value or 0):
                each.settle(Kind.COUNT, noun.unit, "count.antecedent")
                each.noun_elsewhere = noun.noun or noun.noun_elsewhere


_LONGEST_SHARE = 4  # lexemes of "(8.3%)"
