"""Sorts out participles and adjectives beside a noun: "forecast adjusted earnings", "a record $3bn profit"."""

from typing import TYPE_CHECKING

from extraction.change_words import change_words
from extraction.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

_NAMING = frozenset(("NOUN", "PROPN"))
_PARTICIPLES = frozenset(("VBD", "VBN", "VBG"))
_PLACING = frozenset(("to", "for", "of", "from", "by"))
_OBJECTS = frozenset(("obj", "nsubj"))


def place_participles(tree: "Tree", tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    last_word = len(tree.words) - 1
    for token, fine in enumerate(tree.fine):
        if fine in _PARTICIPLES and 0 < token < last_word:
            _behind_report(tree, token)
            _main_verb(tree, token)
            _forecast(tree, token)
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if last < len(tree.words):
            _compared(tree, top, last)
            _record(tree, top, first, last)


def _behind_report(tree: "Tree", participle: int) -> None:
    """As in "The group reported adjusted profit": right behind a verb and in front of its object it describes that."""
    verb, noun = participle - 1, participle + 1
    while noun + 1 < len(tree.words) and tree.heads[noun] > noun and tree.base(noun) in {"amod", "compound"}:
        noun += 1
    if tree.heads[noun] != participle or tree.base(noun) not in _OBJECTS or tree.tags[noun] not in _NAMING:
        return
    if tree.lower[participle] not in word_set("syntax", "reckoned") or tree.amount_at[noun] >= 0:
        return
    if tree.tags[verb] == "VERB" and tree.heads[participle] == verb and tree.base(participle) == "ccomp":
        moved = verb
    elif (
        tree.lower[verb] in word_set("attribution", "mind", "say")
        and tree.heads[verb] == participle
        and tree.base(verb) == "nsubj"
    ):
        subject = verb - 1
        if tree.heads[subject] != verb or tree.tags[subject] not in _NAMING:
            return
        moved = verb  # "The company forecast adjusted earnings"
        tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
        above = tree.heads[participle]
        tree.heads[verb], tree.relations[verb] = (verb if above == participle else above), tree.relations[participle]
        for token in range(subject):
            if tree.heads[token] == verb:
                tree.heads[token] = subject
        tree.heads[subject], tree.relations[subject] = verb, "nsubj"
    elif _described(tree, verb, participle):
        moved = verb  # "The company posted adjusted earnings"
        above = tree.heads[participle]
        tree.heads[verb], tree.relations[verb] = (verb if above == participle else above), tree.relations[participle]
    else:
        return
    for token, head in enumerate(tree.heads):
        if head == participle and token != participle:
            tree.heads[token] = moved
    tree.heads[noun], tree.relations[noun] = moved, "obj"
    tree.heads[participle], tree.relations[participle] = noun, "amod"


def _described(tree: "Tree", verb: int, participle: int) -> bool:
    """Whether the verb was taken for what describes the subject of the participle behind it."""
    subject = verb - 1
    describes = tree.tags[verb] == "VERB" and tree.base(verb) == "acl" and tree.heads[verb] == subject >= 0
    return describes and tree.heads[subject] == participle and tree.base(subject) == "nsubj"


def _main_verb(tree: "Tree", verb: int) -> None:
    """As in "The drug, which costs $9, extended life": behind a relative clause the sentence still wants its verb."""
    if tree.words[verb - 1] != ",":
        return
    root = next(token for token, head in enumerate(tree.heads) if head == token)
    if root >= verb or tree.tags[root] not in _NAMING or tree.amount_at[root] >= 0 or tree.fine[verb] == "VBG":
        return
    relative = [at for at in range(root + 1, verb) if tree.relations[at] == "acl:relcl" and tree.heads[at] == root]
    described = tree.heads[verb]
    if len(relative) != 1 or tree.base(verb) not in {"amod", "acl"} or tree.words[-1][-1] not in '."”':
        return
    if any(head == root and tree.base(at) in {"cop", "nsubj"} for at, head in enumerate(tree.heads)):
        return
    if "," not in tree.words[root + 1 : relative[0]] or tree.lower[verb + 1] == "by":
        return
    behind = described > verb and tree.heads[described] in {relative[0], root}
    tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
    tree.heads[verb], tree.relations[verb] = verb, "ROOT"
    for token, head in enumerate(tree.heads):
        if token > verb and head in {relative[0], root}:
            tree.heads[token] = verb
        elif token < verb and behind and head == described and tree.amount_at[token] >= 0:
            tree.heads[token], tree.relations[token] = relative[0], "obj"  # "which employs 300, posted profits"
    if behind:
        tree.heads[described], tree.relations[described] = verb, "obj"
    tree.heads[root], tree.relations[root] = verb, "nsubj"


def _forecast(tree: "Tree", forecast: int) -> None:
    """As in "raised its revenue forecast to $9 billion": a noun that looks like a participle behind the noun before."""
    noun = forecast - 1
    verb = tree.heads[noun]
    if tree.lower[forecast] not in word_set("syntax", "forecasts") or tree.heads[forecast] != noun:
        return
    if tree.base(forecast) != "acl" or tree.base(noun) != "obj" or verb > noun:
        return
    if tree.lower[verb] not in word_set("syntax", "moves_things") or tree.lower[forecast + 1] not in _PLACING:
        return
    tree.tags[forecast], tree.fine[forecast] = "NOUN", "NN"
    for token, head in enumerate(tree.heads):
        if head == noun and tree.base(token) in {"det", "nmod"} and token < noun:
            tree.heads[token] = forecast
        elif head == forecast and token > forecast and tree.base(token) in {"obl", "obj"}:
            tree.heads[token] = verb
    tree.heads[forecast], tree.relations[forecast] = verb, "obj"
    tree.heads[noun], tree.relations[noun] = forecast, "compound"


def _compared(tree: "Tree", top: int, last: int) -> None:
    """As in "traded at 18.42, 0.7% weaker than at its close": the comparative says something of the subject."""
    if tree.lower[last] not in change_words().after or tree.heads[top] != last or tree.tags[last] != "NOUN":
        return
    if tree.lower[last + 1 : last + 2] == ["than"] and tree.base(last) in {"obj", "obl", "appos"}:
        tree.tags[last], tree.fine[last], tree.relations[last] = "ADJ", "JJR", "advcl"
        tree.relations[top] = "obl:unmarked"


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
