"""Finds the verb where the parser took it for a noun: "The bridge cost $4 million", "The council plans 400 homes"."""

from typing import TYPE_CHECKING

from extraction.context.price_repairs import find_price, find_value
from extraction.context.tag_repairs import mend_tags
from extraction.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_DESCRIBING = frozenset(("det", "amod", "compound", "nummod", "nmod"))
_NAMING = frozenset(("NOUN", "PROPN"))
_LOOSE = frozenset(("appos", "nmod:unmarked", "obl:unmarked", "nummod", "flat", "obj"))
_FORMS = frozenset(("VBZ", "VBD", "VBP", "NNS"))
_OPENING = frozenset(("ROOT", "ccomp", "conj", "parataxis", "advcl"))
_FURTHEST = 5  # tokens from the verb to its amount: "cost more than an estimated"


def find_verbs(tree: "Tree", tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    _between_subject_and_object(tree)
    _adjective_for_noun(tree)
    mend_tags(tree, tops)
    _before_infinitive(tree)
    _with_subject(tree)
    _gerunds(tree, tops)
    for (first, _), top in zip(tree.amounts, tops, strict=True):
        find_price(tree, top, first)
        find_value(tree, top, first)
        _plural_for_verb(tree, top, first, alone="VERB" not in tree.tags and "AUX" not in tree.tags)


def _plural_for_verb(tree: "Tree", top: int, first: int, *, alone: bool) -> None:
    """As in "The council plans 400 homes": one noun behind another has the form of a verb, and an amount for object.

    ``alone`` says that the sentence has no verb yet.
    """
    verb = next((at for at in range(first - 1, max(0, first - _FURTHEST), -1) if _could_be_verb(tree, at)), None)
    if verb is None or {"PUNCT", "CCONJ", "VERB", "AUX"} & set(tree.tags[verb + 1 : first]):
        return
    if tree.lower[verb + 1] == "of":  # "Price rises of 5%"
        return
    if tree.tags[verb - 1] == "CCONJ":
        behind = tree.heads[top] == verb and tree.base(top) == "obl"
        above = tree.heads[verb]
        led = first - 2 == verb and tree.tags[first - 1] == "ADP" and tree.base(above) == "obj"
        predicate = tree.tags[above] == "VERB" or any(tree.base(at) == "cop" for at in _below(tree, above))
        if (predicate and (behind or _has_object(tree, verb, top))) or led:
            tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"  # "trades at $5 and yields 4 per cent"
        if led:  # "holds 77 kWh and charges from 10 to 80 per cent"
            tree.hang(verb, tree.heads[above], tree.relations[verb])
            tree.hang(top, verb, "obl")
        return
    if not (alone or (_has_object(tree, verb, top) and _opens_clause(tree, verb))):
        return
    subject = verb - 1
    tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
    root = next(token for token, head in enumerate(tree.heads) if head == token)
    if root != verb and alone:
        tree.hang(root, verb, "obj")
    elif root != verb:
        tree.relations[verb] = "ccomp"
    for token in range(subject):
        if verb <= tree.heads[token] <= first and token != root:
            tree.hang(token, subject if tree.base(token) in _DESCRIBING else verb, tree.relations[token])
    tree.hang(subject, verb, "nsubj")
    case = tree.lower[first - 1] if tree.tags[first - 1] == "ADP" else ""
    if case != "of" and (case or tree.heads[top] == root < first):
        tree.hang(top, verb, "obl" if case else "obj")
    for token in range(verb + 1, len(tree.words)):
        if tree.heads[token] == verb and tree.relations[token] in _LOOSE:
            tree.relations[token] = "obj"


def _between_subject_and_object(tree: "Tree") -> None:
    """As in "Mayor unveils $12m flood plan": what has a subject and an object is a verb."""
    for token, relation in enumerate(tree.relations):
        verb = tree.heads[token]
        if relation != "obj" or tree.tags[verb] not in _NAMING or tree.fine[verb] not in _FORMS or verb > token:
            continue
        subject = verb - 1
        if any(tree.heads[at] == verb and tree.relations[at] == "nsubj" for at in range(verb)):
            tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
        elif tree.heads[subject] == verb and tree.relations[subject] == "compound" and tree.amount_at[token] < 0:
            tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"  # "A high-salt diet raises risks by 23%"
            for at in range(subject):
                if tree.heads[at] == verb and tree.base(at) in _DESCRIBING:
                    tree.heads[at] = subject
            tree.relations[subject] = "nsubj"


def _adjective_for_noun(tree: "Tree") -> None:
    """As in "A one-bedroom flat costs £900": no adjective describes a verb."""
    for token in range(1, len(tree.words)):
        head = tree.heads[token]
        if tree.tags[token] != "ADJ" or tree.base(token) != "amod":
            continue
        if head == token + 1 and tree.fine[head] in {"VBZ", "VBD", "VBP"}:
            for child in range(token):
                if tree.heads[child] == head and tree.base(child) in _DESCRIBING | {"nsubj"}:
                    tree.heads[child] = token
                    if tree.base(child) == "nsubj":
                        tree.relations[child] = "compound"
            tree.tags[token], tree.fine[token], tree.relations[token] = "NOUN", "NN", "nsubj"


def _before_infinitive(tree: "Tree") -> None:
    """As in "The company plans to hire 400": a noun before "to" that opens its clause behind another noun."""
    for verb in range(1, len(tree.words) - 2):
        listed = tree.lower[verb] in word_set("syntax", "verbs_before_to") and tree.tags[verb] in _NAMING
        if not listed or tree.lower[verb + 1] != "to":
            continue
        if tree.tags[verb - 1] not in _NAMING and tree.lower[verb - 1] != "it":
            continue
        infinitive, subject = tree.heads[verb + 1], verb - 1
        if tree.tags[infinitive] != "VERB" or infinitive < verb or tree.heads[subject] not in {verb, infinitive}:
            continue
        above = tree.heads[verb]
        if above == infinitive:  # "plans" was the subject of what is planned
            top = tree.heads[infinitive]
            tree.heads[verb] = verb if top == infinitive else top
            tree.relations[verb] = tree.relations[infinitive]
        elif tree.heads[infinitive] != verb or not (tree.base(verb) in _OPENING or _opens_clause(tree, verb)):
            continue
        tree.tags[verb], tree.fine[verb] = "VERB", "VBZ"
        if tree.base(verb) in {"obj", "iobj"}:
            tree.relations[verb] = "ccomp"
        tree.heads[infinitive], tree.relations[infinitive] = verb, "xcomp"
        for token in range(subject):
            if tree.heads[token] in {verb, infinitive}:
                tree.heads[token] = subject if tree.base(token) in _DESCRIBING else verb
        tree.heads[subject], tree.relations[subject] = verb, "nsubj"


def _with_subject(tree: "Tree") -> None:
    """As in "after the company beat estimates": what has a subject of its own is no part of a compound."""
    for noun, relation in enumerate(tree.relations):
        verb = tree.heads[noun]
        if relation != "nsubj" or not noun < verb or tree.base(verb) not in {"compound", "amod"}:
            continue
        if tree.amount_at[verb] >= 0:  # "The average 30-year mortgage"
            continue
        object_ = tree.heads[verb]
        if object_ == verb + 1 and (tree.tags[object_] in _NAMING or tree.fine[object_] in {"VBZ", "NNS"}):
            above = tree.heads[object_]
            tree.heads[verb] = verb if above == object_ else above
            tree.relations[verb] = tree.relations[object_]
            for token, head in enumerate(tree.heads):
                if head == object_ and token != object_ and not object_ - 1 <= token <= object_:
                    tree.heads[token] = verb
            tree.heads[object_], tree.relations[object_] = verb, "obj"
            tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
            if tree.tags[object_] == "VERB":
                tree.tags[object_], tree.fine[object_] = "NOUN", "NNS"


def _gerunds(tree: "Tree", tops: list[int]) -> None:
    """As in ", topping estimates of $28 billion", "for hiking fees by $5": the noun behind is its object."""
    for verb in range(1, len(tree.words) - 1):
        if tree.lower[verb] not in word_set("syntax", "gerunds") or tree.base(verb) not in {"amod", "compound"}:
            continue
        noun, before = tree.heads[verb], verb - 1
        case = tree.tags[before] == "ADP" and tree.heads[before] == noun
        if noun < verb or tree.base(noun) == "nsubj" or not (tree.words[before] == "," or case):
            continue
        above, relation = tree.heads[noun], "advcl"
        tree.tags[verb], tree.fine[verb] = "VERB", "VBG"
        tree.heads[verb], tree.relations[verb] = (verb, "ROOT") if above == noun else (above, relation)
        tree.heads[noun], tree.relations[noun] = verb, "obj"
        if case:
            tree.heads[before], tree.relations[before] = verb, "mark"
        for (first, _), top in zip(tree.amounts, tops, strict=True):
            if tree.heads[top] == above and "by" in tree.lower[noun + 1 : min(first, noun + _FURTHEST)]:
                tree.heads[top] = verb


def _has_object(tree: "Tree", verb: int, top: int) -> bool:
    """Whether the amount, or the noun that it counts, hangs on ``verb`` as nothing hangs on a noun but in tables."""
    while top < tree.heads[top] and tree.base(top) in {"nummod", "compound"}:
        top = tree.heads[top]
    return tree.heads[top] == verb and tree.relations[top] in _LOOSE


def _opens_clause(tree: "Tree", verb: int) -> bool:
    """Whether a noun is the root, or stands where what is said stands."""
    above = tree.heads[verb]
    if above == verb or tree.base(verb) == "ccomp":
        return True
    says = tree.lower[above] in word_set("attribution", "say")
    taken = {"obj", "iobj"} if above < verb else {"nsubj"}
    spoken = above < verb or any(
        tree.heads[token] == above and tree.base(token) == "nsubj" for token in range(verb + 1, above)
    )
    return says and spoken and tree.base(verb) in taken


def _below(tree: "Tree", head: int) -> list[int]:
    return [token for token, above in enumerate(tree.heads) if above == head and token != head]


def _could_be_verb(tree: "Tree", at: int) -> bool:
    """Whether a noun has the form of a verb, behind another noun or joined to a verb: "The plane seats"."""
    if tree.tags[at] not in _NAMING or tree.lower[at] not in word_set("syntax", "verbs_like_nouns"):
        return False
    joined = tree.tags[at - 1] == "CCONJ" and tree.base(at) == "conj"
    return joined or (tree.tags[at - 1] in _NAMING and tree.amount_at[at - 1] < 0)
