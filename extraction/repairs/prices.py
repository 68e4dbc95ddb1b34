"""Finds who pays between the verb "cost" and its amount."""

from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

_PAYER = 9  # tokens from the verb to its amount: "cost the region's farmers more than an estimated"
PRICING = frozenset(("cost", "costs", "costing", "numbers"))
_BEHIND_NOUN = word_set("syntax", "behind_cost_nouns")


def find_price(tree: Tree, top: int, first: int) -> None:
    """Repairs ``tree`` in place, as in "The bridge cost about $4 million", "The delay cost the city $4 million".

    Between its subject and an amount "cost" is the verb, the amount its object, and a noun between the two who pays.
    ``top`` is the token that stands for the amount, ``first`` its first one.
    """
    end, having = _past_possession(tree, top, first)
    if having == top:
        return
    verb = next((at for at in range(end - 1, max(0, end - _PAYER), -1) if tree.lower[at] in PRICING), None)
    if verb is None or (tree.lower[verb + 1] in _BEHIND_NOUN and tree.lower[verb + 1 : first] != ["from"]):
        return
    if any(_ends_price(tree, at) for at in range(verb + 1, end)):
        return
    payers = [at for at in range(verb + 1, end) if _is_payer(tree, at)]
    if tree.tags[verb] != "VERB" or not payers:
        return
    payer = payers[-1]
    tree.tags[payer] = "NOUN" if tree.tags[payer] == "VERB" else tree.tags[payer]
    tree.hang(payer, verb, "iobj")
    for token, head in enumerate(tree.heads):
        if verb < token < payer and not verb < head <= payer:
            tree.hang(token, payer, "compound")
        elif head == payer and not verb < token < first:
            tree.heads[token] = verb
    said = tree.heads[top]  # "an average of $4 million"
    if having is not None:
        said = top
        tree.hang(having, payer, "nmod")
    tree.hang(said if verb < said < first and said not in payers else top, verb, "obj")


def _past_possession(tree: Tree, top: int, first: int) -> tuple[int, int | None]:
    """Where to look for who pays, and what they have: "cost a family with a $200,000 loan about $900".

    What they have is ``top`` itself for the amount of the loan, which is no price.
    """
    near = range(first - 1, max(0, first - _PAYER), -1)
    behind = next((at for at in near if tree.lower[at] == "with" and tree.tags[at - 1] in NAMING), None)
    if behind is None:
        return first, None
    if tree.base(top) in {"compound", "nummod"} and tree.heads[top] > top and tree.amount_at[tree.heads[top]] < 0:
        cost = any(word in PRICING for word in tree.lower[max(0, behind - _PAYER) : behind])
        if cost and tree.heads[behind] == tree.heads[top] and tree.base(behind - 1) in {"obj", "iobj"}:
            tree.hang(tree.heads[top], behind - 1, "nmod")
        return first, top
    inner = next((at for at in range(behind, first) if tree.amount_at[at] >= 0), None)
    if inner is None:
        return first, None
    noun = next((at for at in range(first - 1, inner, -1) if tree.tags[at] == "NOUN" and tree.amount_at[at] < 0), None)
    return (first, None) if noun is None else (behind, noun)


def _ends_price(tree: Tree, at: int) -> bool:
    """Whether a token cannot stand between "cost" and its amount."""
    finite = tree.tags[at] == "VERB" and not _is_payer(tree, at) and tree.fine[at] != "VBN"
    return finite or tree.tags[at] in {"AUX", "PUNCT", "CCONJ", "SCONJ"} or tree.amount_at[at] >= 0


def _is_payer(tree: Tree, at: int) -> bool:
    """Whether a token behind "cost" says who pays; right behind it no second verb stands: "costs importers"."""
    if tree.lower[at] in word_set("syntax", "of_amounts"):
        return False
    named = tree.tags[at] in NAMING or tree.tags[at] == "PRON"
    return named or (tree.fine[at] == "VBZ" and tree.lower[at - 1] in PRICING)
