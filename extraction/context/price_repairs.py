"""Finds the verb "cost" between its subject and an amount, and who pays between the two."""

from typing import TYPE_CHECKING

from extraction.context.labels import NAMING
from extraction.text.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_PAYER = 9  # tokens from the verb to its amount: "cost the region's farmers more than an estimated"
_VERB_FORMS = {"cost": "VBD", "costs": "VBZ", "costing": "VBG", "numbers": "VBZ"}
PRICING = frozenset((*_VERB_FORMS, "values"))
_BEHIND_NOUN = frozenset(("of", "to", "per", "for", "in", "from", "at", "by", "with"))  # "the cost to taxpayers"


def find_price(tree: "Tree", top: int, first: int) -> None:
    """Repairs ``tree`` in place, as in "The bridge cost about $4 million", "The delay cost the city $4 million".

    Between its subject and an amount "cost" is the verb, the amount its object, and a noun between the two who pays.
    ``top`` is the token that stands for the amount, ``first`` its first one.
    """
    end, having = _past_possession(tree, top, first)
    if having == top:
        return
    verb = next((at for at in range(end - 1, max(0, end - _PAYER), -1) if tree.lower[at] in _VERB_FORMS), None)
    if verb is None or (tree.lower[verb + 1] in _BEHIND_NOUN and tree.lower[verb + 1 : first] != ["from"]):
        return
    if any(_ends_price(tree, at) for at in range(verb + 1, end)):
        return
    payers = [at for at in range(verb + 1, end) if _is_payer(tree, at)]
    payer, subject = payers[-1] if payers else None, verb - 1
    if tree.tags[verb] != "VERB":
        own = tree.heads[subject] in {verb, payer} and tree.base(subject) in {"compound", "nsubj"}
        if not own or tree.base(verb) == "nsubj" or tree.tags[subject] not in NAMING:
            return
        tree.tags[verb], tree.fine[verb] = "VERB", _VERB_FORMS[tree.lower[verb]]
        tree.hang(_front(tree, subject), verb, "nsubj")
    elif payer is None:
        return
    if payer is not None:
        tree.tags[payer] = "NOUN" if tree.tags[payer] == "VERB" else tree.tags[payer]
        tree.hang(payer, verb, "iobj")
        for token, head in enumerate(tree.heads):
            if verb < token < payer and not verb < head <= payer:
                tree.hang(token, payer, "compound")
            elif head == payer and not verb < token < first:
                tree.heads[token] = verb
    said = tree.heads[top]  # "an average of $4 million"
    if having is not None and payer is not None:
        said = top
        tree.hang(having, payer, "nmod")
    tree.hang(said if verb < said < first and said not in payers else top, verb, "obj")


def _past_possession(tree: "Tree", top: int, first: int) -> tuple[int, int | None]:
    """Where to look for who pays, and what they have: "cost a family with a $200,000 loan about $900".

    What they have is ``top`` itself for the amount of the loan, which is no price.
    """
    near = range(first - 1, max(0, first - _PAYER), -1)
    behind = next((at for at in near if tree.lower[at] == "with" and tree.tags[at - 1] in NAMING), None)
    if behind is None:
        return first, None
    if tree.base(top) in {"compound", "nummod"} and tree.heads[top] > top and tree.amount_at[tree.heads[top]] < 0:
        cost = any(word in _VERB_FORMS for word in tree.lower[max(0, behind - _PAYER) : behind])
        if cost and tree.heads[behind] == tree.heads[top] and tree.base(behind - 1) in {"obj", "iobj"}:
            tree.hang(tree.heads[top], behind - 1, "nmod")
        return first, top
    inner = next((at for at in range(behind, first) if tree.amount_at[at] >= 0), None)
    if inner is None:
        return first, None
    noun = next((at for at in range(first - 1, inner, -1) if tree.tags[at] == "NOUN" and tree.amount_at[at] < 0), None)
    return (first, None) if noun is None else (behind, noun)


def _front(tree: "Tree", noun: int) -> int:
    """Of "Seats on trains cost" the seats: the noun in front of the preposition, where it opens the sentence."""
    led = noun > 1 and tree.tags[noun - 1] == "ADP" and tree.tags[noun - 2] in NAMING
    plain = led and not {"VERB", "AUX", "PUNCT"} & set(tree.tags[:noun])
    return _front(tree, noun - 2) if plain else noun


def find_value(tree: "Tree", top: int, first: int) -> None:
    """As in "The deal values Spirit at $8 billion": between two nouns and in front of "at" it is a verb."""
    if first < 1 or tree.lower[first - 1] != "at":
        return
    verb = next((at for at in range(first - 2, max(0, first - _PAYER), -1) if tree.lower[at] == "values"), None)
    if verb is None or tree.tags[verb] != "NOUN" or tree.tags[verb - 1] not in NAMING:
        return
    valued = [at for at in range(verb + 1, first) if tree.tags[at] in NAMING]
    if not valued or {"PUNCT", "VERB", "CCONJ", "ADP"} & set(tree.tags[verb + 1 : first - 1]):
        return
    subject, object_ = verb - 1, valued[-1]
    inside = {subject, verb, object_}
    outer = next(at for at in (subject, verb, object_) if tree.heads[at] not in inside or tree.heads[at] == at)
    above, relation = tree.heads[outer], tree.relations[outer]
    for token, head in enumerate(tree.heads):
        if head in inside and token not in inside:
            tree.heads[token] = subject if token < subject else object_ if verb < token < first - 1 else verb
    tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
    tree.heads[verb], tree.relations[verb] = (verb if above == outer else above), relation
    tree.heads[subject], tree.relations[subject] = verb, "nsubj"
    tree.heads[object_], tree.relations[object_] = verb, "obj"
    tree.heads[top], tree.relations[top] = verb, "obl"


def _ends_price(tree: "Tree", at: int) -> bool:
    """Whether a token cannot stand between "cost" and its amount."""
    finite = tree.tags[at] == "VERB" and not _is_payer(tree, at) and tree.fine[at] != "VBN"
    return finite or tree.tags[at] in {"AUX", "PUNCT", "CCONJ", "SCONJ"} or tree.amount_at[at] >= 0


def _is_payer(tree: "Tree", at: int) -> bool:
    """Whether a token behind "cost" says who pays; right behind it no second verb stands: "costs importers"."""
    if tree.lower[at] in word_set("syntax", "of_amounts"):
        return False
    named = tree.tags[at] in NAMING or tree.tags[at] == "PRON"
    return named or (tree.fine[at] == "VBZ" and tree.lower[at - 1] in _VERB_FORMS)
