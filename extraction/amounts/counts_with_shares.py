"""Counts with their share in brackets: "34 (8.3%) of 412 patients and 51 (12.5%) of 409"."""

from collections.abc import Sequence

from extraction.amounts.share_steps import with_share
from extraction.claims import COUNTS, Kind
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import looks_past
from extraction.text.word_classes import in_class


def settle_counts_with_shares(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Gives a count with its share, and the whole behind "of", the noun that one of them is said with."""
    noun: Amount | None = None
    listed = False
    starts = {group.first.start: group.last for group in groups if not group.is_range}
    for group in groups:
        amount = group.last
        if group.is_range or not with_share(lexemes, amount):
            continue
        of = next((k for k in range(amount.end + 3, amount.end + 6) if at(lexemes, k - 1) == ")"), amount.end)
        whole = starts.get(of + 1) or starts.get(of + 2) if at(lexemes, of) == "of" else None
        if whole is not None and whole.kind is Kind.COUNT and whole.unit is not None:
            noun = whole
        if noun is None:
            listed = listed or _opens(lexemes, of)
            if listed and amount.kind in COUNTS and amount.unit is None and amount.whole:
                amount.settle(Kind.COUNT, None, "count.with_share")
            continue
        for each in (amount, whole):
            if each is not None and each.kind in COUNTS and each.unit is None and each.whole:
                each.settle(Kind.COUNT, noun.unit, "count.antecedent")
                each.noun_elsewhere = noun.noun or noun.noun_elsewhere


def _opens(lexemes: Sequence[Lexeme], end: int) -> bool:
    """Whether a count with its share tells what the counted did: "Of those on the drug, 112 (17.5 percent) had a
    flare", "45 (9%) died"."""
    acts = end < len(lexemes) and in_class(lexemes[end], "have", "be")
    return lexemes[0].lower == "of" or acts or looks_past(at(lexemes, end))
