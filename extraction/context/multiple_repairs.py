"""Hangs what is multiplied where only its owner is named: "The price was five times Wednesday's and the highest"."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extraction.context.trees import Range, Tree

_MARKS = frozenset(("'s", "’s"))
_OWNED = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "ADV"))
_LONGEST_OWNER = 5  # tokens of "the previous week 's"


def owner_alone(tree: "Tree", last: int) -> "Range | None":
    """The owner behind a multiple that ends at ``last``, where the noun is left out: "Wednesday's", "last year's"."""
    for mark in range(last + 1, min(len(tree.words), last + _LONGEST_OWNER)):
        if tree.lower[mark] in _MARKS:
            named = tree.tags[mark + 1 : mark + 2] and tree.tags[mark + 1] in _OWNED
            return None if named else (last, mark + 1)
        if tree.tags[mark - 1] in {"PUNCT", "ADP", "VERB", "AUX", "CCONJ"}:
            return None
    return None


def hang_owner(tree: "Tree", top: int, last: int) -> None:
    """Makes the multiple at ``top`` the head of its owner, with all that the parser hung on the owner or its mark."""
    owner = owner_alone(tree, last)
    if owner is None:
        return
    mark = owner[1] - 1
    members = {top, mark - 1, mark}
    outer = next((at for at in members if tree.heads[at] not in members or tree.heads[at] == at), top)
    above, relation = tree.heads[outer], tree.relations[outer]
    for token in range(len(tree.words)):
        if tree.heads[token] in members and token not in members and not last <= token < mark:
            tree.heads[token] = top
    tree.heads[top], tree.relations[top] = (top if above == outer else above), relation
    tree.hang(mark - 1, top, "nmod")
    tree.hang(mark, mark - 1, "case")
