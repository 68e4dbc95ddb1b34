"""Finds in the tree the modal verb of an amount far in front of it: "a third of the frogs, X says, could"."""

from extraction.claims import TextSpan
from extraction.context.trees import Tree
from extraction.modality.hedges import class_of
from extraction.text.words import word_set

_STEPS = 4  # from the number to the verb of "Planting 500 trees", "Closing 12 of the libraries"
_INSIDE = frozenset(("nummod", "obj", "obl"))
_CLAUSES = frozenset(("csubj", "advcl", "nsubj"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))


def modal_behind(tree: Tree, amount: TextSpan) -> tuple[str, TextSpan] | None:
    """The modality and the modal verb of a clause that has the amount in its subject, if any.

    As in "A fifth of the bees, one of the oldest kinds, could die out", "Planting 500 trees, she says, would help".
    What is no part of a whole is there whatever may become of it: "Two men, who were arrested, could be charged".
    """
    first, last = tree.tokens(amount.start, amount.end)
    if first >= last or tree.amount_at[first] < 0:
        return None
    top = tree.top(tree.amounts[tree.amount_at[first]])
    parted = any(tree.case_of(child) == "of" for child in tree.below(top, "nmod"))
    subject = top if parted and tree.base(top) == "nsubj" else _deed(tree, top)
    verb = tree.heads[subject] if subject is not None else top
    modal = next((at for at in tree.below(verb, "aux") if at >= last and tree.fine[at] == "MD"), None)
    if modal is None or modal > verb or _does_not_know(tree, verb):
        return None
    if any(last <= at < modal and tree.fine[at] in _FINITE for at in tree.below(verb, "aux")):
        return None  # "12 of 40 did, three would wait"
    name = class_of(tree.lower[modal])
    if name is None:
        return None
    if tree.lower[modal] == "would" and not {"if", "unless"}.isdisjoint(tree.lower):
        name = "hypothetical"
    return name, TextSpan(tree.words[modal], tree.starts[modal], tree.ends[modal])


def _deed(tree: Tree, top: int) -> int | None:
    """The verb in -ing that opens the sentence and is the subject of the main verb: "Planting 500 trees would help"."""
    at = top
    for _ in range(_STEPS):
        if tree.base(at) not in _INSIDE or tree.heads[at] >= at + _STEPS:
            break
        at = tree.heads[at]
    verb = tree.heads[at]
    opens = at != top and tree.fine[at] == "VBG" and tree.lefts[at] == at == 0 and tree.base(at) in _CLAUSES
    has_subject = any(child < verb for child in tree.below(verb, "nsubj", "expl"))
    return at if opens and not has_subject else None


def _does_not_know(tree: Tree, verb: int) -> bool:
    """As in "Half of the pupils, the survey says, could not say what it did": so many were asked."""
    denied = any(tree.lower[at] in {"not", "n't", "n’t"} for at in tree.children[verb])
    return denied and tree.lower[verb] in word_set("modality", "answering")
