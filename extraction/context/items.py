"""Whose the numbers of a list are: "Labour 34 (+1), Conservative 25 (-2)", "Smith (Lab) 12,345 (45.2%, +3.1)"."""

from collections.abc import Collection

from extraction.amounts.listed_units import ASIDE, ITEM
from extraction.context.parts import Amount, Found
from extraction.text.words import word_set
from extraction.trees.labels import FINITE
from extraction.trees.tree import Range, Tree

_LONGEST_ASIDE = 8  # tokens of "(45.2%, +3.1)" in front of its last number
_LONGEST_NAME = 6
_LONGEST_HEADING = 10
_ANSWERS = word_set("cues", "answers_of_polls") | {"n't", "n’t"}
_COLONS = frozenset((":", "):"))
_ENDS_OF_HEADINGS = frozenset((":", "—", "–", "("))
_IN_NAMES = frozenset("/&-–.")
_BESIDE_NAMES = frozenset(("-", "–", "'s", "’s", "'", "’"))


def item_of_list(tree: Tree, amount: Amount, rules: Collection[str]) -> Found | None:
    """What a number of a list tells: its subject is the name in front, its measure what heads the list.

    None for numbers of no list. ``rules`` are those of the quantity.
    """
    if ITEM not in rules and ASIDE not in rules:
        return None
    at = amount.span[0] - 1
    if ASIDE in rules:
        at = _before_aside(tree, at)
    name = _name_before(tree, at)
    if name is None:
        return None
    found = Found()
    found.subject = name
    found.measure = _heading(tree, name[0])
    found.add("item")
    return found


def _before_aside(tree: Tree, at: int) -> int:
    """The token in front of the level that the bracket around token ``at`` stands behind; -1 without one."""
    opening = next((k for k in range(at, max(-1, at - _LONGEST_ASIDE), -1) if tree.words[k].startswith("(")), -1)
    level = opening - 1
    if level > 0 and tree.amount_at[level] < 0 <= tree.amount_at[level - 1]:
        level -= 1  # the noun of "412 seats (up 211)"
    while level >= 0 and tree.amount_at[level] >= 0:
        level = tree.amounts[tree.amount_at[level]][0] - 1
    return level


def _name_before(tree: Tree, at: int) -> Range | None:
    """The name that ends at token ``at``, in front of a colon and of a party in brackets."""
    while at > 0 and (tree.words[at][0].isdecimal() or tree.words[at] in _BESIDE_NAMES):
        at -= 1  # the shots of "Tate 8-15 7-8 27", the owner of "Tate's 27"
    if at >= 0 and tree.words[at].endswith(":") and len(tree.words[at]) < 3:
        at -= 1 if tree.words[at] == ":" else 0
    if at >= 0 and tree.lower[at] == "on":
        at -= 1
    if at >= 0 and tree.words[at].startswith(")"):
        at = next((k - 1 for k in range(at, max(0, at - _LONGEST_NAME), -1) if tree.words[k] == "("), at)
    end = at + 1
    while at >= 0 and end - at <= _LONGEST_NAME and _may_name(tree, at):
        at -= 1
    while at + 1 < end and not tree.words[at + 1][0].isalpha():
        at += 1
    return (at + 1, end) if at + 1 < end else None


def _may_name(tree: Tree, at: int) -> bool:
    if tree.words[at] == "–" and tree.ends[at - 1] < tree.starts[at]:
        return False  # "Tackles – England 123"
    named = tree.words[at][0].isupper() or tree.words[at] in _IN_NAMES or tree.lower[at] in _ANSWERS
    return named and tree.amount_at[at] < 0


def _heading(tree: Tree, before: int) -> Range | None:
    """The common noun that heads a list, with what describes it, up to the first mark or bracket there; or None.

    As in "Primary vote: Labor 34", "Fouls—Duke 18", "Peak gusts (mph): Logan 64".
    """
    near = range(min(before, _LONGEST_HEADING))
    colon = next((k for k in near if tree.words[k] in _ENDS_OF_HEADINGS), 0)
    if colon and tree.words[colon] == "(" and not any(tree.words[k] in _COLONS for k in near):
        return None
    nouns = any(tree.tags[k] == "NOUN" for k in range(colon))
    plain = all(tree.fine[k] not in FINITE and tree.tags[k] != "PUNCT" for k in range(colon) if tree.words[k] != "-")
    return (0, colon) if colon and nouns and plain else None
