"""Finds in the tree the modal verb of an amount far in front of it: "a third of the frogs, X says, could"."""

import re
from collections.abc import Iterable

from extraction.claims import TextSpan
from extraction.modality.hedges import class_of
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set
from extraction.trees.tree import Tree

_STEPS = 4  # from the number to the verb of "Planting 500 trees", "Closing 12 of the libraries"
_INSIDE = frozenset(("nummod", "obj", "obl"))
_CLAUSES = frozenset(("csubj", "advcl", "nsubj"))


def modal_behind(tree: Tree, amount: TextSpan) -> tuple[str, TextSpan] | None:
    """The modality and the modal verb of a clause that has the amount in its subject, if any.

    As in "A fifth of the bees, one of the oldest kinds, could die out", "Planting 500 trees, she says, would help".
    What is no part of a whole is there whatever may become of it: "Two men, who were arrested, could be charged".
    """
    first, last = tree.tokens(amount.start, amount.end)
    if first >= last or tree.amount_at[first] < 0 or "MD" not in tree.fine[last:]:
        return None
    top = tree.top(tree.amounts[tree.amount_at[first]])
    beside = tree.heads[top] if tree.relations[top] == "nummod" else top
    said_again = tree.base(beside) == "conj" and any(tree.lower[at] == "or" for at in tree.below(beside, "cc"))
    said_again = said_again or tree.lower[first - 1] == "or"  # "Half of the money, or $5m, will be paid"
    if (tree.base(beside) == "appos" or said_again) and "of" in tree.lower[:first]:
        top = _share(tree, tree.heads[beside], top)
    parted = any(tree.case_of(child) == "of" for child in tree.below(top, "nmod"))
    subject = top if parted and tree.base(top) == "nsubj" else _deed(tree, top)
    verb = tree.heads[subject] if subject is not None else top
    modal = next((at for at in tree.below(verb, "aux") if at >= last and tree.fine[at] == "MD"), None)
    if modal is None or modal > verb or _is_of_another_subject(tree, verb, subject, modal):
        return None
    name = class_of(tree.lower[modal])
    conditional = not {"if", "unless"}.isdisjoint(tree.lower)
    if name is None or (not conditional and _tells_what_was(tree, verb, modal, top)):
        return None
    if tree.lower[modal] == "would" and conditional:
        name = "hypothetical"
    return name, TextSpan(tree.words[modal], tree.starts[modal], tree.ends[modal])


def _share(tree: Tree, noun: int, beside: int) -> int:
    """The share that an amount beside it gives in full: "Half of the fleet, 60 buses, could go"; else the amount."""
    for share in (noun, tree.heads[noun]):
        named = tree.lower[share] in word_set("modality", "shares") or tree.amount_at[share] >= 0
        if named and any(tree.case_of(child) == "of" for child in tree.below(share, "nmod")):
            return share
    return beside


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


def _is_of_another_subject(tree: Tree, verb: int, subject: int | None, modal: int) -> bool:
    """Whether the modal verb behind the amount has another subject.

    As in "Were rates to rise, as two of the 12 have promised, the town would be short".
    Not in "Nine miles of hedge, some of it old, will be cut".
    """
    others = (at for at in tree.below(verb, "nsubj", "expl") if subject is not None and subject < at < modal)
    return any(tree.words[at - 1] != "," or tree.lower[at + 1] != "of" for at in others)


def _tells_what_was(tree: Tree, verb: int, modal: int, top: int) -> bool:
    """Whether the modal verb tells what people answered or were seen to do.

    As in "Half of the pupils, the survey says, could not say what it did", "A third of the men could swim".
    So it does in "Neither the 72 hours of warning nor the buses could move them"; "would not be paid" is yet to come.
    """
    denied = any(tree.lower[at] in _DENYING for at in tree.children[verb]) or any(
        tree.lower[at] in _DENYING for at in tree.below(top, "cc", "det", "advmod")
    )
    word = tree.lower[modal]
    if word == "could":
        return denied or tree.lower[verb] in word_set("modality", "answering", "abilities")
    denied = denied and not any(tree.lower[at] == "be" for at in tree.children[verb])
    return word == "would" and (denied or _is_polled(tree.lower[verb], tree.lower))


_DENYING = frozenset(("not", "n't", "n’t", "neither", "nor"))


def tells_what_was(text: str, start: int, behind: list[Lexeme], at: int) -> bool:
    """Whether the modal verb behind the number tells that so many were asked, or seen.

    As in "three-quarters could not say what it did", "60 could swim".
    So it does in "Neither the map nor the 40 buses could help", and not in "40 could not sail if the canal froze".
    """
    modal, *following = [word.lower for word in behind[at : at + 3]]
    if modal not in {"could", "would"} or not following or CONDITION.search(text) is not None:
        return False
    answers = word_set("modality", "answering")
    if modal == "would":
        polled = _is_polled(following[0], text.lower().replace(",", "").split())
        return polled or (following[0] == "not" and following[-1] in answers)
    neither = _NEITHER.search(text, max(0, start - _REACH), start) is not None
    return neither or following[0] == "not" or following[0] in answers | word_set("modality", "abilities")


def _is_polled(verb: str, words: Iterable[str]) -> bool:
    """Whether the verb is what people answer in a poll: "more than half would back a ban, the poll says"."""
    return verb in word_set("modality", "opining") and not word_set("modality", "polls").isdisjoint(words)


_REACH = 60
CONDITION = re.compile(r"\b(?:[Ii]f|[Uu]nless)\b")
_NEITHER = re.compile(r"\b(?:[Nn]either|[Nn]one of)\b[^,.;:]*$")
