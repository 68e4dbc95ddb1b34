"""Whose number it is behind a rival's name: "28% of the market, ahead of easyJet on 14%"."""

from bisect import bisect_left

from extraction.claims import COUNTS
from extraction.context.antecedents import same_unit
from extraction.context.noun_phrases import trimmed
from extraction.context.parts import Amount, Found
from extraction.context.trees import Range, Tree
from extraction.text.shades import FILLERS
from extraction.text.words import word_set

_LONGEST_NAME = 6  # tokens
_IN_NAMES = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PART"})
_SHADES = FILLERS | {"more", "less", "than"}


def rivalled(tree: Tree, amount: Amount, found: Found) -> bool:
    """As in "ahead of easyJet on 14%", "followed by AMD with 36%": the amount is that of the rival in front of it."""
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
