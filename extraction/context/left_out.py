"""Whether a bare number counts things or people that are not named again: "We have lost 27 since Christmas"."""

from collections.abc import Sequence

from extraction.claims import Kind
from extraction.context.told import Told
from extraction.quantity.quantity import Quantity
from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.nouns import is_person, singular
from extraction.text.words import word_set
from extraction.trees.tree import Range, Sentence, Tree

_REACH = 12  # tokens in front of the number, and half as many behind it
_OLDEST = 110  # no age is larger
_AT_AGE = word_set("syntax", "before_ages")
_TALLIES = word_set("syntax", "tallies_in_front")
_COUNTED = frozenset({Kind.COUNT, Kind.FRACTION, Kind.MULTIPLE})


def counts_things(tree: Tree, span: Range, quantity: Quantity, sentence: Sentence, told: Sequence[Told]) -> bool:
    """A count keeps its kind when its noun is left out; a price, a rate or an age does not become one.

    ``told`` are the quantities in front: beside amounts of money or per cent of its own sentence a number may be more
    of the same, and stays open.
    """
    value = quantity.least
    near = frozenset(tree.lower[max(0, span[0] - _REACH) : span[1] + _REACH // 2])
    if value is None or not quantity.whole:
        return False
    if is_sold(tree, span):
        return True
    if value <= _OLDEST and near.isdisjoint(_TALLIES) and _may_be_age(tree, span):
        return False
    if _word(tree, span[0] - 1) == "(" and _word(tree, span[1]) == ")":
        return False  # "(713) 853"
    beside = [other.quantity.kind for other in told if other.sentence == sentence]
    if beside and not any(kind in _COUNTED for kind in beside):
        return False
    return word_set("syntax", "measured").isdisjoint(near)


def _may_be_age(tree: Tree, span: Range) -> bool:
    """Whether the words around a number, or a person as its subject, leave it open that it is an age.

    As in "Costa, now 46, said", "went to work at 12", "past 70", "One of them was 91"; not in "We were 14".
    """
    first = span[0] - 1
    if _word(tree, first) in {"now", "both", "just"}:
        first -= 1
    before, behind = _word(tree, first), _word(tree, span[1])
    if (before in {",", "("} and behind in {",", ")"}) or before in _AT_AGE or (before == "only" and behind == "when"):
        return True
    top = tree.top(span)
    subjects = {tree.lower[subject] for subject in tree.below(top, "nsubj")}
    return bool(tree.below(top, "cop") and subjects and subjects.isdisjoint(word_set("syntax", "tallied_subjects")))


def _word(tree: Tree, at: int) -> str:
    return tree.lower[at] if 0 <= at < len(tree.lower) else ""


def is_sold(tree: Tree, span: Range) -> bool:
    """Whether so many things are sold for the sum behind, whatever is told before: "£5 each or two for £8"."""
    behind = tree.words[span[1] : span[1] + 2]
    return len(behind) == 2 and behind[0] == "for" and behind[1][0] in MONEY_SIGNS


def includes_person(tree: Tree, top: int) -> bool:
    """Whether a person is named as one of them: "three, including a girl of six, had been flown to hospital"."""
    return any(
        tree.case_of(child) in {"including", "among"} and is_person(tree.lower[child])
        for child in tree.children[top]
        if child > top
    )


def are_people(tree: Tree, lead: int) -> bool:
    """Whether the number is said to be persons: "Nine of them were children", "Of those killed, 11 were cyclists"."""
    predicate = tree.heads[lead]
    plural = tree.fine[predicate] == "NNS" and bool(tree.below(predicate, "cop"))
    return plural and tree.base(lead) == "nsubj" and is_person(singular(tree.lower[predicate]))
