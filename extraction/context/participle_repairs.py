"""Sorts out participles and adjectives beside a noun: "forecast adjusted earnings", "a record $3bn profit"."""

from typing import TYPE_CHECKING

from extraction.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_NAMING = frozenset(("NOUN", "PROPN"))


def place_participles(tree: "Tree", tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if last < len(tree.words):
            _record(tree, top, first, last)


def _record(tree: "Tree", top: int, first: int, last: int) -> None:
    """As in "Airline posts record $2bn profit": the record is not what is posted, but the profit."""
    record = first - 1
    if record < 1 or tree.lower[record] not in word_set("syntax", "of_amounts") or tree.base(record) != "obj":
        return
    noun = last
    while noun + 1 < len(tree.words) and tree.heads[noun] == noun + 1 and tree.base(noun) in {"compound", "amod"}:
        noun += 1
    named = tree.tags[noun] in _NAMING or tree.lower[noun] == "fine"
    if named and tree.heads[noun] in {record, top, tree.heads[record]}:
        verb = tree.heads[record]
        for token, head in enumerate(tree.heads):
            if head == record:
                tree.heads[token] = noun
        tree.tags[noun] = "NOUN"
        tree.heads[noun], tree.relations[noun] = verb, "obj"
        tree.heads[record], tree.relations[record] = noun, "compound"
        tree.heads[top], tree.relations[top] = noun, "compound"
