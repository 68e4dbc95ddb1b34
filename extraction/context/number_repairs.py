"""Corrects what the parser makes of signs in words and of pairs: "is plus or minus 3 points", "leads, 44 to 36"."""

from typing import TYPE_CHECKING

from extraction.context.labels import NAMING

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_SIGNS = frozenset(("plus", "or", "minus", "-", "/"))


def place_numbers(tree: "Tree", tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    if "minus" in tree.vocabulary and "plus" in tree.vocabulary:
        for (first, _), top in zip(tree.amounts, tops, strict=True):
            _either_way(tree, top, first)
    for (first, last), (second, end), top in zip(tree.amounts, tree.amounts[1:], tops, strict=False):
        if second == last + 1 and tree.lower[last] == "to" and tree.words[first - 1] == ",":
            _result(tree, top, first, end)


def _either_way(tree: "Tree", top: int, first: int) -> None:
    """As in "The margin of error is plus or minus 3 points": the signs say nothing without their number."""
    start = first
    while start > 0 and tree.lower[start - 1] in _SIGNS:
        start -= 1
    signs = range(start, first)
    above = next((at for at in signs if tree.heads[at] == at or tree.heads[at] not in signs), -1)
    if tree.lower[start : start + 1] != ["plus"] or above < 0 or tree.heads[top] not in signs:
        return
    root = tree.heads[above] == above
    tree.heads[top], tree.relations[top] = (top if root else tree.heads[above]), tree.relations[above]
    for token, head in enumerate(tree.heads):
        if token != top and (head in signs or token in signs):
            tree.heads[token] = top
            if token in signs:
                tree.relations[token] = "advmod"


def _result(tree: "Tree", top: int, first: int, end: int) -> None:
    """As in "He leads as preferred premier, 44 to 36", "won in the suburbs, 61 to 39": so it stands between the two."""
    noun = tree.heads[top]
    ends = end == len(tree.words) or tree.tags[end] in {"PUNCT", "CCONJ"}
    if not ends or noun > first or tree.base(top) != "appos" or tree.base(noun) not in {"obl", "nmod", "obj"}:
        return
    while tree.base(noun) == "nmod" and tree.tags[tree.heads[noun]] in NAMING and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    verb = tree.heads[noun]
    if tree.base(noun) in {"obl", "obj"} and tree.own(verb, "nsubj", "nsubj:pass"):
        tree.hang(top, verb, "obl:unmarked")
