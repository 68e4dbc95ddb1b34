"""Net ratings without their unit, and their steps: "Net approval: -14 (-3)"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.ranges import Group
from extraction.claims import COUNTS, Kind
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows
from extraction.text.words import word_set

_REACH = 9  # lexemes from "net" to its number
_TO_RATING = 24  # lexemes
_LARGEST = 100


def settle_net_ratings(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes points of percentages of a net rating and of the step behind it."""
    net: Amount | None = None
    for group in groups:
        amount = group.last
        gap = [] if net is None else [lexeme.lower for lexeme in lexemes[net.end : amount.start]]
        stepped = gap in _STEPS and not noun_follows(lexemes, amount.end)
        small = amount.value is not None and abs(amount.value) <= _LARGEST
        if _plain(amount) and small and (stepped or _is_net(lexemes, group.first.start)):
            amount.settle(Kind.PERCENT, "percentage_point", "percent.net")
            net = amount
        else:
            net = None


_STEPS = (
    [",", "up"],
    [",", "down"],
    ["(", "up"],
    ["(", "down"],
    ["(", "+"],
    ["("],
    ["from"],
    [",", "down", "from"],
    [",", "up", "from"],
)


def _errs(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "MoE ±2.8", "margin of error: +/- 3"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, start - _TO_ERROR) : start]]
    while before and before[-1] in _BEFORE_ERROR:
        before.pop()
    signed = at(lexemes, start - 1) in ("±", "-", "minus")
    return (
        (signed or before[-1:] == ["moe"]) and before[-1:] != [] and before[-1] in word_set("cues", "errors_of_polls")
    )


_BEFORE_ERROR = frozenset(("±", "+", "/", "-", ":", "of", "is", "was", "plus", "or", "minus"))
_TO_ERROR = 5  # lexemes


def _plain(amount: Amount) -> bool:
    return amount.kind in COUNTS and amount.noun is None and amount.unit is None and amount.mark is None


def _is_net(lexemes: Sequence[Lexeme], start: int) -> bool:
    """As in "net approval: -14", "Her net favourability stands at minus 34"."""
    near = lexemes[max(0, start - _TO_RATING) : start] if at(lexemes, start - 1) == "net" else ()
    if any(word.lower in word_set("cues", "of_ratings") for word in near):
        return True  # "43%, with 54% disapproving (net -11)"
    if _errs(lexemes, start):
        return True
    for k in range(start - 2, max(-1, start - _REACH), -1):
        if lexemes[k].is_number or lexemes[k].text in ".;(":
            return False
        if lexemes[k].lower == "net":
            return at(lexemes, k + 1) in word_set("cues", "net_ratings")
    return False
