"""The noun of an amount that is itself the subject of its clause: "an investment of $8m was announced"."""

from extraction.claims import Kind
from extraction.context.parts import Amount, Found, is_counted, is_one_of, is_plain_noun, set_subject
from extraction.context.predicates import predicate
from extraction.context.stakes import spent_on
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Tree

_PLACED = frozenset({"from", "in", "at", "across"})
_SIZING = frozenset({"nummod", "compound", "amod"})


def as_subject(tree: Tree, amount: Amount, found: Found, node: int, verb: int) -> None:
    """Fills predicate and subject where ``node``, the noun of the amount or the amount, is the subject of ``verb``."""
    found.predicate = predicate(tree, verb)
    if any(tree.relations[child] == "expl" for child in tree.children[verb]):
        found.add("existential")
    elif (agent := _had_by(tree, amount, node, verb)) is not None:
        set_subject(tree, amount, found, agent, "agent")
    elif amount.kind is Kind.MONEY and (place := spent_on(tree, verb)) is not None:
        set_subject(tree, amount, found, place, "relative")
    elif _is_placed_group(tree, amount, node):
        set_subject(tree, amount, found, node, "noun_subject")
    elif _is_subject_itself(tree, amount, found, node):
        found.add("amount_subject")
    else:
        set_subject(tree, amount, found, _sized_inside(tree, amount, node), "noun_subject")


def _had_by(tree: Tree, amount: Amount, node: int, verb: int) -> int | None:
    """Who has the amount, as in "$3m was raised by the fund"; None for a time: "by the end of May"."""
    itself = amount.kind is not Kind.COUNT and amount.span[0] <= node < amount.span[1]
    if not itself or tree.lower[verb] not in word_set("syntax", "had_by"):
        return None
    agent = next((child for child in tree.children[verb] if tree.relations[child] == "obl:agent"), None)
    if agent is None or any(is_time(tree, at) for at in (agent, *tree.below(agent, "nmod"))):
        return None
    return agent


def _is_placed_group(tree: Tree, amount: Amount, node: int) -> bool:
    """Whether what the amount counts only places a counted noun, the subject: "9,000 workers from 16 states were"."""
    placed = amount.counted and _stands_behind(tree, amount, node) and is_counted(tree, node)
    return placed and tree.case_of(amount.top) in _PLACED


def _stands_behind(tree: Tree, amount: Amount, node: int) -> bool:
    """Whether the amount follows the noun ``node`` with a preposition: "a fine of $3m"."""
    return tree.base(amount.top) == "nmod" and tree.heads[amount.top] == node and node < amount.span[0]


def _is_subject_itself(tree: Tree, amount: Amount, found: Found, node: int) -> bool:
    """Whether the amount with what it counts is the subject, and so nothing else is: "Each of the 120 houses"."""
    if amount.span[0] <= node < amount.span[1] or is_counted(tree, node) or is_one_of(tree, amount, node):
        return True  # and "when the first of the 119 voters arrived"
    if tree.lower[node] in word_set("syntax", "wholes") or tree.lower[node] == "worth":
        return True  # "$1m worth of cigarettes was destroyed"
    counts = amount.kind is Kind.COUNT
    if counts and tree.lower[node] in word_set("syntax", "of_amounts"):
        return True
    first = amount.top
    while tree.base(first) == "conj" and tree.heads[first] < first:
        first = tree.heads[first]
    if counts and amount.counted and first == node != amount.top:
        return True  # "a girl and two boys", but not "The jury of seven women and five men"
    # "A league of 400 members of the nobility met"
    of_noun = amount.counted and _stands_behind(tree, amount, node) and tree.case_of(amount.top) == "of"
    return found.of is not None and not of_noun


def _sized_inside(tree: Tree, amount: Amount, node: int) -> int:
    """What the amount describes inside the phrase of ``node``: of "Construction of the 42km tunnel" the tunnel."""
    own = tree.heads[amount.top]
    if own == node or not is_plain_noun(tree, own):
        return node
    sized = tree.base(amount.top) in _SIZING and tree.base(own) == "nmod"
    sized = sized and tree.lower[own] not in word_set("syntax", "scales")  # "The quake, of magnitude 6.8,"
    return own if sized or (tree.base(own) == "conj" and tree.heads[own] == node) else node
