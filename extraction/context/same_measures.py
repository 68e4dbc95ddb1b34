"""Units that a number shares with one told at another verb: "a cow sells for 4,200 shillings, a goat goes for 800"."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.claims import Kind
from extraction.context.told import Told
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.words import word_set
from extraction.trees.tree import Range, Sentence, Tree

_TRADED = word_set("syntax", "traded")
MEASURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.SPEED, Kind.TEMPERATURE})
_MOST_TIMES = 20  # between two amounts of the same measure
_FIRST_YEAR = 1000
_SCALED = frozenset({"numeral.digits_magnitude"})


def same_measure(tree: Tree, lead: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> Told | None:
    """What was measured behind the same preposition at another verb of the sentence, or None.

    As in "sells for 4,200 shillings, while a goat goes for 800".
    """
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


def nearest_measure(
    tree: Tree, span: Range, quantity: Quantity, sentence: Sentence, told: Sequence[Told]
) -> Told | None:
    """What was measured last in the sentence, where the number closes its phrase and is of the same order.

    As in "worked 11 hours to earn what he used to earn in nine", "met 38 per cent of it and now meets barely 14".
    """
    behind = span[1]
    ends = behind >= len(tree.words) or tree.tags[behind] in {"PUNCT", "ADP", "CCONJ", "SCONJ", "ADV", "AUX"}
    named = tree.words[span[0] - 1 : span[0]] in ([","], ["("]) and behind < len(tree.words)
    if quantity.kind is not Kind.NUMBER or "number.bare" not in quantity.rules or not ends or named:
        return None
    top = tree.top(span)
    again = any(tree.lower[child] in AGAIN for child in tree.children[top])
    if again or tree.case_of(top) in _OF_OTHERS:
        return None
    for other in reversed(told):
        source = other.quantity
        if other.sentence != sentence or (source.kind is Kind.DURATION and other.case in _LASTING):
            continue
        measured = source.kind in _MEASURED and source.unit != "basis_point"
        return other if measured and _is_of_subject(tree, top, other.node) and _is_of_order(quantity, source) else None
    return None


_MEASURED = MEASURES | {Kind.AREA, Kind.VOLUME}
_LASTING = word_set("syntax", "before_lasting")
_ORDER = 8  # times that one may be the other


def _is_of_subject(tree: Tree, top: int, before: int) -> bool:
    """Whether the clause of the number is about what that of the amount ``before`` is: it has no other subject."""
    verb = top if tree.below(top, "cop") else tree.heads[top]
    own = [subject for subject in tree.below(verb, "nsubj", "csubj") if subject != top]
    if not own:
        return True
    done = tree.heads[before]
    if tree.relations[done] == "acl:relcl" and tree.heads[done] == own[0]:  # "Wind, which met 38 per cent, meets 14"
        return True
    above = tree.below(tree.heads[verb], "nsubj") if tree.heads[verb] != verb else []
    return tree.tags[own[0]] == "PRON" and any(tree.lower[own[0]] == tree.lower[subject] for subject in above)


AGAIN = word_set("syntax", "further_ones")
_OF_OTHERS = frozenset({"to", "at", "by"})  # "seen by 12 million", "fell 5% to 28"


def _is_of_order(quantity: Quantity, source: Quantity) -> bool:
    mine = quantity.least
    its = source.least
    if not mine or not its or not comparable(quantity, source):
        return False
    return abs(its) <= _ORDER * abs(mine) <= _ORDER**2 * abs(its)


def _behind_counted(tree: Tree, lead: int) -> bool:
    """Whether what stands in front of the preposition is counted: "nine defeats in nine", "four dingoes in ten"."""
    case = next((child for child in tree.children[lead] if tree.relations[child] == "case"), lead)
    return case > 0 and any(tree.amount_at[child] >= 0 for child in (case - 1, *tree.children[case - 1]))


def same_currency(tree: Tree, lead: int, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> Told | None:
    """The money told near, where the number is scaled as it is and nothing else is; else None.

    As in "forecasts sales of 11.2 billion euros, having guided for 10.8 billion".
    """
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
    mine = quantity.least
    its = source.least
    if not its or mine is None or (source.mark is not None and source.mark.scale != 1):
        return False
    return 1 <= _MOST_TIMES * mine / abs(its) <= _MOST_TIMES**2


def _may_date(case: str, value: Decimal) -> bool:
    return case in {"in", "since", "by", "until"} and value >= _FIRST_YEAR
