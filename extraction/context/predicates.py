"""The verb that governs an amount: the predicate of its clause, what somebody tells, the participle behind "with"."""

from extraction.text.words import word_set
from extraction.trees.noun_phrases import noun_phrase
from extraction.trees.tree import Range, Tree

_CLAUSES = frozenset({"advcl", "ccomp", "acl", "parataxis", "conj"})


def predicate(tree: Tree, verb: int) -> Range | None:
    """The verb of a clause, or its copula; None where an amount takes the place of the verb."""
    at = _copula(tree, verb)
    return None if tree.amount_at[at] >= 0 and tree.tags[at] != "VERB" else (at, at + 1)


def _copula(tree: Tree, verb: int) -> int:
    """The copula of ``verb`` or of a part of its clause; ``verb`` itself without one.

    What has a subject of its own is another clause: "fell 38 per cent, and sales were about $750 million".
    """
    for child in (verb, *tree.children[verb]):
        if not tree.children[child] or (child != verb and tree.base(child) in _CLAUSES):
            continue
        if child != verb and tree.tags[verb] == "VERB" and tree.below(child, "nsubj"):
            continue
        for token in tree.children[child]:
            if tree.relations[token] == "cop":
                return token
    return verb


def told_in_front(tree: Tree, node: int, verb: int) -> int | None:
    """The verb of what is told in front of the teller; None where no such clause is put in.

    As in "She must pay, a judge ruled, at a rate of $800". It is ``verb`` itself where what is told has no verb: "Much
    of it, critics say, in the towns of the 108 rebels".
    """
    if tree.lower[verb] not in word_set("attribution", "say", "show") or tree.base(node) != "obl":
        return None
    teller = next((child for child in tree.below(verb, "nsubj") if tree.lefts[child] > 1), None)
    if teller is None:
        return None
    first, last = min(tree.lefts[teller], verb), max(tree.rights[teller], verb)
    if tree.words[first - 1] != "," or tree.words[last + 1 : last + 2] != [","] or node < last:
        return None
    if tree.base(verb) == "parataxis" and tree.heads[verb] < first:
        return tree.heads[verb]
    return next((child for child in tree.below(verb, "ccomp", "parataxis") if child < first), verb)


def absolute(tree: Tree, node: int) -> int | None:
    """The participle of "with four of the six members voting for it, the bank": the amount is its subject."""
    if tree.amount_at[node] < 0:
        return None
    front = tree.amounts[tree.amount_at[node]][0] - 1
    while front > 0 and tree.tags[front] in {"ADV", "DET"}:
        front -= 1
    if front < 0 or tree.lower[front] != "with":
        return None
    whole = next((child for child in tree.below(node, "nmod") if tree.case_of(child) == "of"), None)
    if whole is None:
        return None
    last = noun_phrase(tree, whole)
    behind = last[1] if last is not None else whole + 1
    return behind if behind < len(tree.words) and tree.fine[behind] in {"VBG", "VBN", "VBD"} else None
