"""Tells over the tree amounts that only describe somebody or something, whatever happens at a time of the sentence.

As in "The firm, which employs 310 people, was sold on Monday", "A father of two was hurt on Sunday".
"""

from extraction.text.words import word_set
from extraction.trees.tree import MOST_STEPS, Range, Tree

_PRESENT = frozenset(("VBZ", "VBP", "MD"))
_SUBJECTS = frozenset(("nsubj", "csubj"))
_SIZED = frozenset(("with", "under", "over", "above", "below"))


def only_describes(tree: Tree, amount: Range, span: Range) -> bool:
    """Whether what an amount describes is so at other times too than that at ``span``."""
    at, time = tree.top(amount), tree.top(span)
    behind = amount[1] <= span[0]
    for _ in range(MOST_STEPS):
        head = tree.heads[at]
        if tree.lefts[at] <= time <= tree.rights[at] or head == at:
            return False
        base = tree.base(at)
        if base == "acl" and _stands(tree, at, head, behind=behind):
            return True
        if base == "nmod" and _sizes(tree, at, head, behind=behind):
            return True
        if base in {"conj", "parataxis"} and not behind and _is_present(tree, at) and tree.fine[head] == "VBD":
            return True  # "In 2012 it built 40 towers, and ten of them are empty"
        if base == "ccomp" and not behind and _is_said(tree, head, time):
            return True
        if (base == "nsubj" or tree.case_of(at) == "of") and tree.amount_at[at] < 0 and _is_owned(tree, at, amount):
            return True
        at = head
    return False


def _stands(tree: Tree, clause: int, noun: int, *, behind: bool) -> bool:
    """Whether the clause tells of its noun what is so all the time.

    As in "a firm that employs 300", "A plan to build 900 homes was rejected", "Tickets costing £30 go on sale".
    """
    relative = tree.relations[clause] == "acl:relcl"
    if relative and _is_present(tree, clause):
        return True
    if not (behind and _in_subject(tree, noun)):
        return False
    return relative or tree.fine[clause] in {"VB", "VBN"} or tree.lower[clause] in word_set("times", "stative")


def _is_present(tree: Tree, clause: int) -> bool:
    """Whether the clause is in the present: "employs", "is", "can hold"; not "has killed 40", "is expected to rise"."""
    helping = next((at for at in tree.children[clause] if tree.base(at) in {"aux", "cop"}), clause)
    perfect = tree.base(helping) == "aux" and tree.lower[helping] in word_set("grammar", "have")
    return tree.fine[helping] in _PRESENT and not perfect


def _in_subject(tree: Tree, noun: int) -> bool:
    for _ in range(MOST_STEPS):
        if tree.base(noun) in _SUBJECTS:
            return True
        if tree.base(noun) != "nmod":
            return False
        noun = tree.heads[noun]
    return False


def _sizes(tree: Tree, inner: int, noun: int, *, behind: bool) -> bool:
    """Whether the number inside a noun phrase only gives the size of its noun.

    As in "a mother of four", "the city of two million", "Companies with more than 250 staff had to report".
    """
    case = tree.case_of(inner)
    if case == "of":
        parent = tree.lower[noun] in word_set("cues", "parents") and tree.amount_at[inner] >= 0
        return parent or tree.lower[noun] in word_set("times", "places")
    return behind and case in _SIZED and tree.amount_at[noun] < 0 and _in_subject(tree, noun)


def _is_said(tree: Tree, verb: int, time: int) -> bool:
    """Whether the time hangs on the verb of saying: "told investors last month that it would spend $2bn"."""
    fronted = any(time < subject for subject in tree.below(verb, "nsubj"))
    said = tree.lower[verb] in word_set("attribution", "say") and tree.heads[time] == verb
    return said and not fronted and tree.case_of(time) != "by"


def _is_owned(tree: Tree, subject: int, amount: Range) -> bool:
    """Whether somebody has so many: "The charity's 600 volunteers met"; in "Friday's 12 raids" the day has them."""
    owner = next((at for at in tree.children[subject] if tree.relations[at] == "nmod:poss"), None)
    return owner is not None and owner < amount[0] and tree.heads[tree.top(amount)] == subject
