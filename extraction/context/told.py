"""Quantities that a later number may go on from, with the places of their nouns in the tree."""

from dataclasses import dataclass

from extraction.context.number_roles import MOST_CONJUNCTS, first_conjunct, stem
from extraction.quantity.quantity import Quantity
from extraction.trees.tree import Sentence, Tree


@dataclass(frozen=True, slots=True)
class Told:
    """A quantity that a later number may go on from, with the place of its noun in the tree of its sentence."""

    quantity: Quantity
    position: int  # among the quantities of the article
    sentence: Sentence
    node: int
    role: str
    case: str
    verb: str


def told_of(tree: Tree, top: int, quantity: Quantity, position: int, sentence: Sentence) -> Told:
    node = top
    for _ in range(MOST_CONJUNCTS):
        if tree.base(node) not in {"nummod", "compound", "amod"} or tree.heads[node] < node:
            break
        node = tree.heads[node]
    lead = first_conjunct(tree, node)
    verb = stem(tree.lower[tree.heads[lead]])
    return Told(quantity, position, sentence, node, tree.base(lead), tree.case_of(lead), verb)
