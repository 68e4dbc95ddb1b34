"""Units that a number shares with one told at another verb: "a cow sells for 4,200 shillings, a goat goes for 800"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.changes.words import change_words
from extraction.claims import Kind
from extraction.context.told import Told
from extraction.context.trees import Sentence, Tree
from extraction.quantity import Quantity
from extraction.text.words import word_set

_TRADED = frozenset({"go", "goes", "went", "going", "sell", "sells", "sold", "selling", "buy", "bought", "trades"})
MEASURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.SPEED, Kind.TEMPERATURE})
_MOST_TIMES = 20  # between two amounts of the same measure
_FIRST_YEAR = 1000
_SCALED = frozenset({"numeral.digits_magnitude"})


def same_measure(tree: Tree, lead: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> Told | None:
    """As in "sells for 4,200 shillings, while a goat goes for 800": the same preposition at another verb."""
    case, verb = tree.case_of(lead), tree.heads[lead]
    value = quantity.value
    ranked = any(tree.lower[child] in {"top", "bottom"} for child in tree.children[lead])
    if tree.base(lead) not in {"obl", "nmod"} or not case or value is None or ranked:
        return None
    for other in reversed(told):
        source = other.quantity
        if other.sentence != sentence or source.kind not in MEASURES or not comparable(quantity, source):
            continue
        alike = case == other.case and (case != "in" or source.kind is Kind.DURATION)
        compared = case in {"against", "versus"} and source.kind is Kind.MONEY
        compared = compared or (case == "for" and source.mark is not None and tree.lower[verb] in _TRADED)
        done = case == "in" and source.kind is Kind.DURATION and other.role in {"obj", "obl"}
        done = done and other.case in {"", "over"} and not _behind_counted(tree, lead)
        if (compared or ((alike or done) and verb != tree.heads[other.node])) and not _may_date(case, value):
            return other
    return None


def _behind_counted(tree: Tree, lead: int) -> bool:
    """As in "nine defeats in nine", "four dingoes in ten"."""
    case = next((child for child in tree.children[lead] if tree.relations[child] == "case"), lead)
    return case > 0 and any(tree.amount_at[child] >= 0 for child in (case - 1, *tree.children[case - 1]))


def same_currency(tree: Tree, lead: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> Told | None:
    """As in "forecasts sales of 11.2 billion euros, having guided for 10.8 billion": scaled, and nothing else is."""
    if quantity.kind is not Kind.NUMBER or _SCALED.isdisjoint(quantity.rules):
        return None
    near = [
        other for other in told if sentence[0] <= other.sentence[1] and not _SCALED.isdisjoint(other.quantity.rules)
    ]
    if any(other.quantity.kind is not Kind.MONEY for other in near):
        return None
    word = tree.lower[tree.heads[lead]]
    summed = word in _TRADED or word in change_words().verbs or word in word_set("cues", *_SUMMED)
    return next(
        (other for other in reversed(near) if comparable(quantity, other.quantity) and (summed or other.node == lead)),
        None,
    )


_SUMMED = ("elision_scaled", "expected_by_others", "levels_of_counts", "levels_of_sums")


def comparable(quantity: Quantity, source: Quantity) -> bool:
    """Whether two values are of one order, and the first of them needs no other scale: 50 is no 50 cents."""
    mine = quantity.low if quantity.value is None else quantity.value
    its = source.low if source.value is None else source.value
    if not its or mine is None or (source.mark is not None and source.mark.scale != 1):
        return False
    return 1 <= _MOST_TIMES * mine / abs(its) <= _MOST_TIMES**2


def _may_date(case: str, value: Decimal) -> bool:
    return case in {"in", "since", "by", "until"} and value >= _FIRST_YEAR
