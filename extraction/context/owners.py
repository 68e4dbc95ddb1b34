"""Whose number it is behind "whose", and behind an owner of what is counted: the owner that stands in front."""

from extraction.context.noun_phrases import noun_phrase
from extraction.context.parts import Amount, Found, is_plain_noun, set_subject
from extraction.context.relatives import antecedent
from extraction.context.trees import Range, Tree


def owned(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "a firm whose sales rose 5%", "Three of the city's 46 pools": the firm's and the city's."""
    if found.subject is not None and tree.lower[found.subject[0]] == "whose":
        _of_antecedent(tree, found, found.subject)
        return
    if found.subject is None and amount.counted:
        _of_counted(tree, amount, found)


def _of_counted(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "Three of the city's 46 pools were closed": in front of what is counted stands whose it is."""
    owners = (child for child in tree.children[amount.top] if tree.relations[child] == "nmod:poss")
    owner = next((child for child in owners if tree.rights[child] == amount.span[0] - 1), None)
    if owner is not None and is_plain_noun(tree, owner) and tree.tags[owner] != "PRON":
        set_subject(tree, amount, found, owner, "owner", parts=False)


def _of_antecedent(tree: Tree, found: Found, subject: Range) -> None:
    """As in "a firm whose sales rose 5%": the noun in front of "whose" has what is measured."""
    whose, end = subject
    if end - whose == 1:
        return
    found.subject = (whose + 1, end)
    verb = tree.heads[tree.top(subject)]
    owner = antecedent(tree, whose, verb) if found.measure is not None and found.measure[0] < end else None
    if owner is not None and tree.amount_at[owner] < 0:
        found.subject = noun_phrase(tree, owner, parts=False)
        found.add("its_owner")
