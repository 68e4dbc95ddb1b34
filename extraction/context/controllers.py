"""Who does what an infinitive or a gerund says: "forced the firm to pay", "fined the firm for dumping"."""

from extraction.context.parts import is_plain_noun
from extraction.text.words import word_set
from extraction.trees.tree import Tree


def controller(tree: Tree, verb: int, head: int) -> int | None:
    """Who is made to do what ``verb`` says, or None: "forced the firm to pay", "called on ministers to spend"."""
    if tree.lower[head] in word_set("syntax", "moves_things") or tree.lower[head] in word_set("syntax", "vows"):
        return None
    made = [child for child in tree.below(head, "obj", "iobj") if not is_pared(tree, child, verb)]
    if tree.lower[head] in word_set("syntax", "calls_on"):
        made += [child for child in tree.below(head, "obl") if tree.case_of(child) in {"on", "upon"}]
    return next((child for child in made if head < child < verb and tree.amount_at[child] < 0), None)


def done_by_object(tree: Tree, verb: int, head: int) -> int | None:
    """Who is accused of it and so did it, or None: "convicted him of stealing $3m", "fined the firm for dumping"."""
    if tree.fine[verb] != "VBG" or tree.lower[head] not in word_set("syntax", "blames") or head > verb:
        return None
    if not any(tree.lower[mark] in word_set("syntax", "object_does") for mark in tree.below(verb, "mark", "case")):
        return None
    objects = [child for child in tree.below(head, "obj", "iobj") if head < child < verb]
    if any(
        tree.relations[child] == "nsubj:pass" for child in tree.children[head]
    ):  # "was charged a fee for using 3 GB"
        return None
    return objects[0] if objects and is_plain_noun(tree, objects[0]) else None


def is_pared(tree: Tree, noun: int, verb: int) -> bool:
    """Whether the noun is given up, and does not come to the amount: "trimming losses to close at $112"."""
    return tree.lower[noun] in word_set("syntax", "gains") and opens_with_to(tree, verb)


def opens_with_to(tree: Tree, verb: int) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return any(tree.lower[mark] == "to" for mark in tree.below(verb, "mark"))
