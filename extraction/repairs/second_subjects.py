"""Finds the right place of nouns that the parser took for a second subject, or hung on the wrong verb."""

from extraction.text.word_classes import ARTICLES
from extraction.text.words import word_set
from extraction.trees.labels import SUBJECTS
from extraction.trees.tree import Tree

_NAMING = frozenset(("NOUN", "PROPN", "NUM"))
_HELPERS = frozenset(("AUX", "ADV", "PART"))
_REACH = 24  # tokens from the verb that brings a total to an amount
_SINCE = frozenset(("since", "after", "before", "when", "until", "as"))
_BRINGS = word_set("cues", "brings")
_LACKING = frozenset(("short", "shy"))


def place_second_subjects(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    first_of: dict[int, int] = {}
    home = "home" in tree.vocabulary
    for token, relation in enumerate(tree.relations):
        if relation in _CLAIMING:
            _place_subject(tree, token, first_of)
        elif home and tree.lower[token] == "home":
            _home_to(tree, token)
        elif relation == "ccomp" and tree.tags[token] == "NOUN":
            _change_behind_report(tree, token)
        elif relation == "ccomp":
            _gerund_in_front(tree, token)
        elif relation == "acl:relcl":
            _who_of_person(tree, token)
    if not _BRINGS.isdisjoint(tree.vocabulary):
        for (start, _), top in zip(tree.amounts, tops, strict=True):
            if "to" in tree.lower[max(0, start - 2) : start]:
                _brought_to(tree, top)


def _place_subject(tree: Tree, token: int, first_of: dict[int, int]) -> None:
    """Places one subject or "there" of a verb; ``first_of`` keeps the first that each verb was given."""
    verb, relation = tree.heads[token], tree.relations[token]
    if 2 < token < verb and tree.tags[token - 3] == "AUX" and tree.lower[token - 2 : token] == ["as", "a"]:
        tree.relations[token] = "obl"  # "will as a rule pay"
        return
    if relation == "expl" and token and tree.fine[token - 1] in {"NN", "NNS"} and _is_place(tree, token, verb):
        return
    first = first_of.setdefault(verb, token)
    if first != token and tree.relations[first] != "expl":
        _place_second(tree, first, token, verb)


def _place_second(tree: Tree, first: int, token: int, verb: int) -> None:
    """Places the second subject of a verb: as a place, as what stands behind it, or as a name of the first."""
    if tree.relations[token] == "expl" and tree.lower[token] == "there" and first < token < verb == token + 1:
        if tree.words[token - 1] != ",":  # "With 40 crew, most of them Danes, there was no"
            tree.relations[token] = "advmod"  # "the speed limit there is 60 miles an hour"
    elif first < verb < token and (tree.base(verb - 1) == "advmod" or tree.lower[verb] in _LACKING):
        _behind_predicate(tree, verb, token)
    elif token < verb and not (_is_from(tree, first, token) or _apposed_barely(tree, first, token)):
        _apposed(tree, first, token, verb)


_CLAIMING = frozenset(("nsubj", "nsubj:pass", "expl"))


def _is_place(tree: Tree, there: int, verb: int) -> bool:
    """Whether "there" is a place and no subject: "a bright spot: deliveries there climbed to 92,000".

    Between a noun and what it does it is one; then the noun is hung on the verb as its subject.
    """
    noun = there - 1
    does = verb == there + 1 and tree.tags[verb] == "VERB" and tree.lower[verb] not in word_set("syntax", "being_there")
    beside = tree.heads[verb] == noun or tree.heads[noun] in {tree.heads[verb], verb}
    if not does or not beside or tree.lower[there] != "there" or tree.amount_at[noun] >= 0:
        return False
    if tree.heads[noun - 1] == noun and tree.base(noun - 1) == "nsubj":
        tree.relations[noun - 1] = "compound"
    tree.relations[there], tree.tags[noun] = "advmod", "NOUN"
    tree.hang(noun, verb, "nsubj")
    return True


def _behind_predicate(tree: Tree, verb: int, noun: int) -> None:
    """Makes what stands behind a predicate its object: "The school is short 12 teachers".

    So too "The limit there is 4 metres": what stands behind is no subject.
    """
    if tree.amount_at[noun] >= 0 or any(tree.amount_at[at] >= 0 for at in range(verb + 1, noun)):
        tree.relations[noun] = "obj"


def _apposed(tree: Tree, first: int, noun: int, verb: int) -> None:
    """Hangs the second of two subjects on the name in front where it only names that.

    As in "miners in Brand, Ohio downed tools", "the birds of Sark, one of the islands, left": it stands behind a comma
    and, but for a place, in front of another.
    """
    start = noun
    while start > 0 and noun in {tree.heads[start - 1], tree.heads[tree.heads[start - 1]]}:
        if tree.words[start - 1] == ",":
            break
        start -= 1
    named = start - 2
    if named <= first or tree.words[start - 1] != "," or tree.tags[named] not in _NAMING:
        return
    if not _hangs_on(tree, named, first) or tree.base(noun - 1) == "cc":
        return
    behind = noun + 1
    while behind < verb and tree.tags[behind] in _HELPERS:
        behind += 1
    place = behind == verb and start == noun and tree.tags[noun] == tree.tags[named] == "PROPN"
    one = tree.lower[noun] == "one" and tree.lower[noun + 1] == "of" and "," in tree.words[behind:verb]
    if place or one:
        tree.heads[noun], tree.relations[noun] = named, "appos"


def _is_from(tree: Tree, first: int, noun: int) -> bool:
    """Hangs where somebody is from on the person in front, and tells whether the second subject is that.

    As in "Ann Poe, 29, of Lee is held", "Tom Reed, 51, of 609 Elm Court owes".
    """
    case = next((at for at in tree.own(noun, "case") if first < at < noun and tree.lower[at] in _FROM), None)
    if case is None or tree.tags[first] not in _NAMING or tree.lower[case - 1] == "out":
        return False
    tree.heads[noun], tree.relations[noun] = first, "nmod"
    return True


_FROM = frozenset(("of", "from"))


def _who_of_person(tree: Tree, verb: int) -> None:
    """Hangs a clause with "who" on the person and not on the town: "Ann Poe, 29, of Lee, who faces 10 years,"."""
    town = tree.heads[verb]
    person = tree.heads[town]
    if not (person < town and town + 2 < verb) or tree.relations[town] != "nmod" or tree.words[town + 1] != ",":
        return
    named = tree.tags[town] == tree.tags[person] == "PROPN" and tree.lower[town + 2] == "who"
    if named and any(tree.amount_at[at] >= 0 for at in range(person + 1, town)):
        tree.heads[verb] = person


def _apposed_barely(tree: Tree, first: int, noun: int) -> bool:
    """Hangs a second subject on the first as its apposition where the commas are left out, and tells whether.

    As in "Zahran the group's largest producer exceeded its quota".
    """
    start = noun
    while start - 1 > first and _hangs_on(tree, start - 1, noun):
        start -= 1
    article = tree.lower[start] in ARTICLES and tree.tags[start - 1] != "PUNCT"
    if not article or tree.own(first, "case", "mark") or not _hangs_on(tree, start - 1, first):
        return False  # "after the storm the school reopened"
    tree.heads[noun], tree.relations[noun] = first, "appos"
    return True


def _hangs_on(tree: Tree, token: int, head: int) -> bool:
    for _ in range(_REACH):
        if token == head or tree.heads[token] == token:
            break
        token = tree.heads[token]
    return token == head


def _change_behind_report(tree: Tree, noun: int) -> None:
    """Hangs a change behind a report on the verb in front: "cut 400 jobs, the report said, a fall of 8 per cent"."""
    said = tree.heads[noun]
    verb = tree.heads[said]
    put_in = tree.base(said) == "parataxis" and verb < said < noun and tree.words[said + 1] == ","
    if put_in and tree.tags[verb] == "VERB" and tree.lower[noun] in word_set("grammar", "change_nouns"):
        tree.heads[noun], tree.relations[noun] = verb, "obl"


def _gerund_in_front(tree: Tree, verb: int) -> None:
    """Makes the noun behind a gerund the subject, of such a kind: "that drinking water in the camp may run out"."""
    own = [at for at, head in enumerate(tree.heads) if head == verb and at < verb]
    if len(own) < 2 or tree.base(own[0]) != "mark" or own[1] != own[0] + 1:
        return
    gerund, noun = own[1], own[1] + 1
    taken = any(tree.base(at) in SUBJECTS for at in own)
    taken = taken or not any(tree.tags[at] == "AUX" for at in own)
    if taken or tree.fine[gerund] != "VBG" or tree.heads[noun] != gerund or tree.base(noun) != "obj":
        return
    for token in range(noun + 1, verb):
        if tree.heads[token] == gerund:
            tree.heads[token] = noun
            tree.relations[token] = "nmod" if tree.base(token) == "obl" else tree.relations[token]
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
    tree.heads[gerund], tree.relations[gerund] = noun, "compound"


def _home_to(tree: Tree, home: int) -> None:
    """Hangs "home" on the noun in front of the comma: "Stocks in the town, home to 9,000 people, are low"."""
    noun = home - 2
    if noun < 1 or tree.words[home - 1] != "," or tree.lower[home + 1 : home + 2] != ["to"]:
        return
    if tree.tags[noun] in _NAMING and tree.heads[home] < noun and _hangs_on(tree, noun, tree.heads[home]):
        tree.heads[home], tree.relations[home] = noun, "appos"
        tree.tags[home], tree.fine[home] = "NOUN", "NN"


def _brought_to(tree: Tree, top: int) -> None:
    """Hangs an amount behind "to" on the verb that brings a total there, not on a clause in between.

    As in "bringing the total given since the war began to $9 billion": the clause in between ends before "to".
    """
    inner = tree.heads[top]
    if tree.relations[top] != "obl" or tree.tags[inner] != "VERB" or tree.lower[inner] in _BRINGS:
        return
    for verb in range(inner - 1, max(-1, inner - _REACH), -1):
        if tree.lower[verb] in _BRINGS:
            break
        if tree.words[verb] in {",", ";"}:
            return
    else:
        return
    within = [at for at in range(verb + 1, inner) if tree.lower[at] in _SINCE]
    brought = any(verb < at < inner for at in tree.own(verb, "obj"))
    if within and brought:
        tree.heads[top] = verb
