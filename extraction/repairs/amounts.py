"""Sorts out an amount and the words right behind or before it that describe it or that it belongs to."""

from extraction.repairs.multiples import place_multiple
from extraction.repairs.numbers import place_numbers
from extraction.repairs.relatives import find_relative
from extraction.text.change_words import change_words
from extraction.text.word_classes import ARTICLES
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

_BETWEEN = frozenset(("ADV", "ADP", "DET"))
_SIZES = word_set("syntax", "sizes")
_DESCRIBING = word_set("syntax", "describing") | {"worth"}
_COMPARATIVES = word_set("syntax", "comparatives")
_LONGEST_RATE = 4  # tokens from "per" to its noun: "per 1,000 live births"


def place_amounts(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    aged, sized = "aged" in tree.vocabulary, not _SIZES.isdisjoint(tree.vocabulary)
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        before = tree.lower[first - 1] if first > 1 else ""
        if before == "at":
            _put_at(tree, top, first)
        _behind_participle(tree, top, first)
        if tree.relations[first - 1] == "fixed":
            _behind_particle(tree, top, first)
        if aged:
            _behind_aged(tree, top, first)
        if tree.fine[first - 1] == "VBN":
            _adjusted(tree, top, first)
        place_multiple(tree, top, last)
        if before == "by":
            _by_behind_gerund(tree, top, first)
            _changed_time(tree, first - 2)
        if last < len(tree.words):
            _sort_behind(tree, top, first, last, sized=sized)
            find_relative(tree, top, first, last)
    place_numbers(tree, tops)


def _sort_behind(tree: Tree, top: int, first: int, last: int, *, sized: bool) -> None:
    """Sorts out the words right behind an amount; ``sized`` says whether the sentence has a word for a direction."""
    if tree.heads[last] == top:
        _size_of_noun(tree, top, first, last)
    if tree.lower[last] == "per":
        _per_many(tree, top, last)
    _apiece(tree, top, last)
    if sized:
        _sized(tree, top, first, last)
    if tree.lower[last] == "into":
        _into(tree, top, last)
    if tree.heads[top] == last:
        _raised(tree, top, last)
    if tree.lower[last] in _COMPARATIVES:
        _more_than(tree, top, first, last)


def _put_at(tree: Tree, top: int, first: int) -> None:
    """Hangs an amount behind "at" on the verb, not on the noun in front: "put the number of flats at 138".

    An aside may end in front of "at": "put the deficit, on commitment basis, at $27 billion".
    """
    last = tree.heads[top]
    if last > top:
        return
    gerund = tree.fine[last] == "VBG" and tree.relations[last] == "acl" and tree.relations[last - 1] == "nmod"
    if tree.base(top) != "nmod" and not gerund:
        return
    noun = last - 1 if gerund else last
    while tree.base(noun) == "nmod" and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    verb = tree.heads[noun]
    put = tree.base(noun) == "obj" or (tree.base(noun) == "obl" and tree.words[first - 2] == ",")
    if put and verb < noun and tree.lower[verb] in word_set("syntax", "puts_at"):
        tree.hang(top, verb, "obl")


def _behind_particle(tree: Tree, top: int, first: int) -> None:
    """Makes "to" the case of the amount, and "out" a particle of the verb: "The deficit blew out to $36m"."""
    case, particle = first - 1, first - 2
    if particle < 1 or tree.heads[case] != particle:
        return
    if tree.relations[particle] == "compound:prt" or tree.lower[particle] in word_set("syntax", "particles"):
        tree.heads[case], tree.relations[case] = top, "case"
        if tree.heads[particle] == top and tree.tags[particle - 1] == "VERB":
            tree.hang(particle, particle - 1, "compound:prt")
        if tree.base(top) == "obj":
            tree.relations[top] = "obl"


def _behind_participle(tree: Tree, top: int, first: int) -> None:
    """Hangs "costing" on its noun and the amount on it: "a heat pump costing $900", "a hall seating 3,000"."""
    at = first - 1
    while at > 1 and tree.tags[at] in _BETWEEN:
        at -= 1
    noun = at - 1
    if noun < 0 or tree.lower[at] not in _DESCRIBING:
        return
    worth = tree.lower[at] == "worth"
    if tree.tags[at] not in NAMING and tree.base(at) not in {"nmod", "obl"}:
        return
    described = tree.tags[noun] in NAMING or (worth and tree.heads[noun] == at and tree.tags[noun] == "ADJ")
    if not described or tree.amount_at[noun] >= 0:
        return
    above = tree.heads[at]
    if tree.heads[noun] == at:
        tree.tags[noun] = "NOUN" if tree.tags[noun] == "ADJ" else tree.tags[noun]
        tree.heads[noun], tree.relations[noun] = (noun if above == at else above), tree.relations[at]
    elif above == noun or tree.heads[noun] != above:
        return
    tree.tags[at], tree.fine[at] = ("ADJ", "JJ") if worth else ("VERB", "VBG")
    tree.heads[at], tree.relations[at] = noun, "acl"
    tree.hang(top, at, "obj")


def _behind_aged(tree: Tree, top: int, first: int) -> None:
    """Hangs an amount on the verb, not on an age: "cut deaths among people aged 70 and over by 21 per cent"."""
    aged = tree.heads[top]
    for _ in range(2):  # "70", and "over" that is joined to it
        if aged < first and (tree.amount_at[aged] >= 0 or tree.base(aged) == "conj"):
            aged = tree.heads[aged]
    if tree.lower[first - 1] not in {"by", "to", "from"} or tree.lower[aged] != "aged" or not 0 < aged < first - 2:
        return
    verb = tree.heads[aged]
    while tree.base(verb) == "nmod" and tree.heads[verb] < verb:
        verb = tree.heads[verb]
    if tree.base(verb) in {"obj", "obl"} and tree.lower[tree.heads[verb]] in change_words().verbs:
        tree.hang(top, tree.heads[verb], "obl")


def _adjusted(tree: Tree, top: int, first: int) -> None:
    """Hangs a participle behind an article on the number behind it: "rose to a seasonally adjusted 230,000"."""
    participle, article = first - 1, first - 2
    if participle < 2 or tree.heads[top] != participle:
        return
    while article > 0 and tree.tags[article] == "ADV":
        article -= 1
    if tree.lower[article] not in {"a", "an"} or tree.lower[article - 1] not in {"to", "from", "at"}:
        return
    tree.heads[top], tree.relations[top] = tree.heads[participle], "obl"
    tree.heads[participle], tree.relations[participle] = top, "amod"
    for token in (article, article - 1):
        tree.heads[token], tree.relations[token] = top, "det" if token == article else "case"


def _apiece(tree: Tree, top: int, last: int) -> None:
    """Hangs on the amount what its rate is for, and not the amount on that: "$90 apiece", "36.5p a litre"."""
    rate = tree.lower[last] in {"a", "an", "per"} and last + 1 < len(tree.words)
    behind = last + 1 if rate else last
    beside = rate and tree.heads[behind] == tree.heads[top] and tree.base(behind) == "obj" and tree.base(top) == "obl"
    if beside and tree.lower[behind] not in word_set("syntax", "times"):  # "buy the firm for $68 a share in cash"
        tree.hang(behind, top, "nmod:unmarked")
        return
    if tree.heads[top] != behind or not (rate or tree.lower[last] == "apiece") or tree.base(behind) == "nsubj":
        return
    if not rate:
        tree.tags[last] = "ADV"
    tree.hang(behind, top, "nmod:unmarked" if rate else "advmod")
    for token, head in enumerate(tree.heads):
        if head == behind and not (rate and token == last):
            tree.heads[token] = top


def _size_of_noun(tree: Tree, top: int, first: int, last: int) -> None:
    """Hangs a size and the article in front of it on the noun that has the size: "a 27in panel"."""
    article = first - 1
    if tree.tags[last] != "NOUN" or tree.base(last) not in {"nmod", "obl"}:
        return
    if article < 0 or tree.heads[article] != top or tree.lower[article] not in ARTICLES:
        return
    tree.hang(top, last, "compound")
    tree.heads[article] = last


def _per_many(tree: Tree, top: int, last: int) -> None:
    """Hangs on a rate whom it is taken of, and not the rate on them: "4.1 per 100,000 residents"."""
    behind = tree.heads[top]
    if not last + 1 < behind <= last + _LONGEST_RATE:
        return
    if tree.fine[last + 1] != "CD" or not {*tree.tags[last + 2 : behind]} <= {"NUM", "ADJ", "NOUN"}:
        return
    tree.hang(behind, top, "nmod:unmarked")
    for token, head in enumerate(tree.heads):
        if head == behind and not last <= token < behind:
            tree.heads[token] = top


def _by_behind_gerund(tree: Tree, top: int, first: int) -> None:
    """Hangs an amount on the verb, not on the gerund: "cut the risk of catching flu by 30 per cent"."""
    gerund = tree.heads[top]
    noun = tree.heads[gerund]
    verb = tree.heads[noun]
    if tree.fine[gerund] != "VBG" or not verb < noun < gerund < first:
        return
    if tree.lower[gerund - 1] != "of" or tree.lower[gerund] in change_words().verbs:
        return  # "dropped the idea of cutting fees by 5 per cent"
    if tree.base(noun) == "obj" and tree.lower[verb] in change_words().verbs:
        tree.hang(top, verb, "obl")


def _sized(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes the amount the predicate, not the word for its direction: "The mirror is 6.5 metres across".

    In "hit by waves up to four metres high" the size belongs to the noun in front.
    """
    if tree.lower[last] not in _SIZES:
        return
    if tree.heads[last] == top:
        for token, head in enumerate(tree.heads):
            if head == last and tree.base(token) in {"nsubj", "cop", "conj"}:
                tree.heads[token] = top
    noun = first - 1
    led = tree.heads[top] == last and noun > 0 and tree.tags[noun] == "NOUN" and tree.heads[last] == tree.heads[noun]
    if led and tree.base(noun) in {"obl", "obj"} and tree.base(last) in {"xcomp", "advmod", "advcl", "amod", "obl"}:
        tree.hang(last, noun, "amod")


def _into(tree: Tree, top: int, last: int) -> None:
    """Hangs a time in front of "into" on the verb: "hit by a wave 40 minutes into the voyage"."""
    if tree.lower[last - 1] not in word_set("syntax", "times"):
        return
    verb = next((at for at in range(top - 1, -1, -1) if tree.tags[at] == "VERB"), None)
    if verb is not None and tree.heads[top] < top and tree.tags[tree.heads[top]] != "VERB":
        tree.hang(top, verb, "obl:unmarked")


def _raised(tree: Tree, top: int, last: int) -> None:
    """Hangs a participle on the amount in front, not that on it: "$60 million of the $85 million raised"."""
    if tree.fine[last] not in {"VBN", "VBD"} or tree.base(top) not in {"compound", "nummod"}:
        return
    above = tree.heads[last]
    tree.heads[top], tree.relations[top] = (top if above == last else above), "nmod"
    for token, head in enumerate(tree.heads):
        if head == last and token < top:
            tree.heads[token] = top
    tree.heads[last], tree.relations[last] = top, "acl"


def _changed_time(tree: Tree, noun: int) -> None:
    """Makes a time, with a gerund in front, the object of what changes it: "cut working hours by 5 per cent"."""
    verb, gerund = tree.heads[noun], noun - 1
    if tree.fine[noun] != "NNS" or not verb < noun or tree.lower[verb] not in change_words().verbs:
        return
    if tree.relations[noun] == "obl:unmarked":
        tree.relations[noun] = "obj"
    inner = tree.fine[gerund] == "VBG" and verb == gerund - 1 and gerund not in tree.heads
    if inner and tree.relations[noun] == "obj" and tree.heads[gerund] in {verb, noun}:
        tree.tags[gerund], tree.fine[gerund] = "NOUN", "NN"
        tree.hang(gerund, noun, "compound")


def _more_than(tree: Tree, top: int, first: int, last: int) -> None:
    """Hangs how many more or fewer on the verb in front: "sold 900 cars, 40 fewer than analysts had expected"."""
    if tree.lower[last + 1 : last + 2] != ["than"]:
        return
    head, behind = tree.heads[top], first > 0 and tree.words[first - 1] == ","
    if head <= last + 1 and not (behind and head < first and tree.base(top) == "nummod"):
        return
    for _ in range(len(tree.words)):
        if (head < top and tree.tags[head] == "VERB" and not _is_gerund(tree, head)) or tree.heads[head] == head:
            break
        head = tree.heads[head]
    if head < top and tree.heads[top] != head:
        tree.hang(top, head, "obl:unmarked")


def _is_gerund(tree: Tree, verb: int) -> bool:
    """Whether a gerund describes: "46,000 signatures in favour of holding a vote, 6,000 more than required"."""
    return tree.fine[verb] == "VBG" and tree.base(verb) == "acl"
