"""Whose number it is: that of an owner in front ("a firm whose sales rose 5%"), or of a rival ("easyJet on 14%")."""

from bisect import bisect_left

from extraction.claims import COUNTS
from extraction.context.antecedents import same_unit
from extraction.context.parts import Amount, Found, is_plain_noun, set_subject
from extraction.context.relatives import antecedent
from extraction.text.shades import FILLERS
from extraction.text.words import word_set
from extraction.trees.noun_phrases import noun_phrase, trimmed
from extraction.trees.tree import Range, Tree


def owned(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets as the subject whose it is: "a firm whose sales rose 5%", "Three of the city's 46 pools"."""
    if found.subject is not None and tree.lower[found.subject[0]] == "whose":
        _of_antecedent(tree, found, found.subject)
        return
    if found.subject is None and amount.counted:
        _of_counted(tree, amount, found)


def _of_counted(tree: Tree, amount: Amount, found: Found) -> None:
    """Sets the owner in front of what is counted as the subject: "Three of the city's 46 pools were closed"."""
    owners = (child for child in tree.children[amount.top] if tree.relations[child] == "nmod:poss")
    owner = next((child for child in owners if tree.rights[child] == amount.span[0] - 1), None)
    if owner is not None and is_plain_noun(tree, owner) and tree.tags[owner] != "PRON":
        set_subject(tree, amount, found, owner, "owner", parts=False)


def _of_antecedent(tree: Tree, found: Found, subject: Range) -> None:
    """Sets the noun in front of "whose" as the subject, for it has what is measured.

    As in "a firm whose sales rose 5%".
    """
    whose, end = subject
    if end - whose == 1:
        return
    found.subject = (whose + 1, end)
    verb = tree.heads[tree.top(subject)]
    owner = antecedent(tree, whose, verb) if found.measure is not None and found.measure[0] < end else None
    if owner is not None and tree.amount_at[owner] < 0:
        found.subject = noun_phrase(tree, owner, parts=False)
        found.add("its_owner")


_LONGEST_NAME = 6  # tokens
_IN_NAMES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART"})
_SHADES = FILLERS | {"more", "less", "than"}


def rivalled(tree: Tree, amount: Amount, found: Found) -> bool:
    """Sets the rival in front of the amount as its subject, and tells whether there is one.

    As in "ahead of easyJet on 14%", "followed by AMD with 36%".
    """
    rival = _rival_before(tree, amount.span)
    if rival is None or not _is_behind_rivals(tree, rival[0]):
        return False
    start, link = rival
    if not _is_second(tree, amount, start, link - 1):
        return False
    found.subject = trimmed(tree, (start, link))
    found.add("rival")
    return found.subject is not None


def _rival_before(tree: Tree, span: Range) -> Range | None:
    """The name in front of an amount, up to the preposition between them: "easyJet on 14%"."""
    link = span[0] - 1
    while link > 0 and tree.lower[link] in _SHADES:
        link -= 1
    if link < 2 or tree.lower[link] not in word_set("syntax", "rival_links"):
        return None
    start = link
    while start > 0 and link - start < _LONGEST_NAME and tree.tags[start - 1] in _IN_NAMES:
        if tree.lower[start - 1] in word_set("syntax", "rivals_behind") or tree.amount_at[start - 1] >= 0:
            break
        start -= 1
    return (start, link) if start < link else None


def _is_behind_rivals(tree: Tree, start: int) -> bool:
    """Whether the name at ``start`` stands behind "ahead of" or the like, or is joined to one with its amount."""
    led = {" ".join(tree.lower[max(0, start - 2) : start]), *tree.lower[max(0, start - 1) : start]}
    if not led.isdisjoint(word_set("syntax", "rivals_behind")):
        return True
    first = bisect_left(tree.amounts, (start, 0)) - 1  # "followed by Korea with 12 per cent and Japan with 7"
    joined = first >= 0 and tree.lower[start - 1] in _JOINTS and start - tree.amounts[first][1] <= _JOINED
    before = _rival_before(tree, tree.amounts[first]) if joined else None
    return before is not None and _is_behind_rivals(tree, before[0])


_JOINTS = frozenset({"and", ","})
_JOINED = 2  # tokens of ", and"


def _is_second(tree: Tree, amount: Amount, before: int, name: int) -> bool:
    """Whether the amount in front of ``before`` is one of the same things; of counts, whether a name has the second.

    As in "31 seats, followed by the Liberals with 20", but not in "spoke ahead of a meeting with 20 ministers".
    """
    first = bisect_left(tree.amounts, (before, 0)) - 1
    if first < 0:
        return False
    if amount.kind in COUNTS:
        return tree.tags[name] == "PROPN"
    bare = all(tree.tags[at] == "NUM" for at in range(*amount.span))
    return bare or same_unit(tree, tree.amounts[first], amount.span)
