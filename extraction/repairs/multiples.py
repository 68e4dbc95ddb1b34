"""Sorts out multiples and what they are of: "1.8 times as likely", "five times as many sheep", "twice Monday's"."""

from extraction.repairs.numbers import hang_owner
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

_MULTIPLES = frozenset(("times", "twice", "thrice", "double", "triple"))
_HOW_MUCH = frozenset(("many", "much", "few", "little"))


def place_multiple(tree: Tree, top: int, last: int) -> None:
    """Repairs ``tree`` in place around the amount that ends at ``last``, for which the token ``top`` stands."""
    if tree.lower[top] == "times":
        _times_as(tree, top)
        _times_as_many(tree, top, last)
    if tree.lower[last - 1] in _MULTIPLES:
        hang_owner(tree, top, last)


def _times_as(tree: Tree, top: int) -> None:
    """Hangs a multiple on its predicate: "Patients who slept little were 1.8 times as likely to fall"."""
    for likely in range(top + 1, len(tree.words)):
        if tree.heads[likely] == top and any(at < top for at in tree.own(likely, "nsubj")):
            for token in tree.own(top, "cop"):
                if token < top:
                    tree.heads[token] = likely
            tree.hang(top, likely, "obl:unmarked")
            return


def _times_as_many(tree: Tree, top: int, last: int) -> None:
    """Hangs a multiple on "many", as "twice" is hung: "has five times as many sheep as people"."""
    many = last + 1
    if tree.lower[last:many] != ["as"] or many >= len(tree.words) or tree.lower[many] not in _HOW_MUCH:
        return
    noun = tree.heads[many]
    if many < noun and tree.tags[noun] in NAMING and tree.heads[top] < top and tree.heads[noun] != top:
        tree.hang(top, many, "advmod")
