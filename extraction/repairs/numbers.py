"""Corrects what the parser makes of signs, pairs and multiples: "plus or minus 3", "44 to 36", "twice Monday's"."""

from extraction.text.nouns import is_plural, nouns
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Range, Tree

_PLUS_OR_MINUS = frozenset(("plus", "or", "minus", "-", "/"))


def place_numbers(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    if "minus" in tree.vocabulary and "plus" in tree.vocabulary:
        for (first, _), top in zip(tree.amounts, tops, strict=True):
            _either_way(tree, top, first)
    if "in" in tree.vocabulary:
        for (first, last), top in zip(tree.amounts, tops, strict=True):
            if last == first + 3 and tree.lower[first + 1] == "in" and last + 1 < len(tree.words):
                _some_of_them_do(tree, top, first, last)
    if not _AGES.isdisjoint(tree.vocabulary):
        for (first, last), top in zip(tree.amounts, tops, strict=True):
            if first > 2 and tree.lower[first - 2 : first] == [",", "at"] and tree.lower[last : last + 1] == ["the"]:
                _oldest_at(tree, top, first, last)
    for (first, last), (second, end), top in zip(tree.amounts, tree.amounts[1:], tops, strict=False):
        if second == last + 1 and tree.lower[last] == "to" and tree.words[first - 1] == ",":
            _result(tree, top, first, end)


def _either_way(tree: Tree, top: int, first: int) -> None:
    """Hangs the signs in front of a number on it: "The margin of error is plus or minus 3 points"."""
    start = first
    while start > 0 and tree.lower[start - 1] in _PLUS_OR_MINUS:
        start -= 1
    signs = range(start, first)
    above = next((at for at in signs if tree.heads[at] == at or tree.heads[at] not in signs), -1)
    if tree.lower[start : start + 1] != ["plus"] or above < 0 or tree.heads[top] not in signs:
        return
    root = tree.heads[above] == above
    tree.heads[top], tree.relations[top] = (top if root else tree.heads[above]), tree.relations[above]
    for token, head in enumerate(tree.heads):
        if token != top and (head in signs or token in signs):
            tree.heads[token] = top
            if token in signs:
                tree.relations[token] = "advmod"


def _some_of_them_do(tree: Tree, top: int, first: int, noun: int) -> None:
    """Makes a verb of what stands behind the plural of "one in four": "says one in four carers skips meals"."""
    verb, report = noun + 1, tree.heads[top]
    for _ in range(_MOST_STEPS):
        if not first <= report <= verb or tree.heads[report] == report:
            break
        report = tree.heads[report]
    form = tree.lower[verb].endswith("s") and tree.fine[verb] in _TAKEN_FOR_PLURAL and tree.lower[first] == "one"
    form = form and tree.lower[noun] not in nouns()["attributive_plurals"]  # "one in four sports fans"
    if not (form or tree.tags[verb] == "VERB") or not is_plural(tree.words[noun]) or tree.own(verb, "nsubj"):
        return
    opens = form and first == 0 and tree.heads[report] == report and report <= verb  # "One in five adults snores"
    if not opens and (report >= first or tree.lower[report] not in _REPORTING):
        return
    object_ = tree.heads[verb]
    if object_ > verb and tree.tags[object_] in NAMING:
        tree.heads[object_], tree.relations[object_] = verb, "obj"
    for token in range(verb + 1, len(tree.words)):
        if token != object_ and tree.heads[token] in {top, noun, report if opens else top}:
            tree.heads[token] = verb
            tree.relations[token] = "obl" if tree.base(token) == "nmod" else tree.relations[token]
    tree.tags[verb], tree.fine[verb] = "VERB", "VBZ" if form else tree.fine[verb]
    tree.heads[verb], tree.relations[verb] = (verb, "ROOT") if opens else (report, "ccomp")
    tree.heads[top], tree.relations[top] = verb, "nsubj"
    tree.heads[noun], tree.relations[noun] = top, "nmod"


_TAKEN_FOR_PLURAL = frozenset(("NNS", "VBZ", "VBP"))
_REPORTING = word_set("attribution", "say", "show", "find")
_MOST_STEPS = 4  # from the amount to the verb that reports


def _oldest_at(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes the name in front of an aside the subject: "Shetty, at 34 the oldest man on the field, has taken"."""
    name, noun = first - 3, tree.heads[top]
    verb = tree.heads[noun]
    named = tree.tags[name] in NAMING or tree.words[name][0].isupper()
    if not named or noun < last or verb <= noun or _AGES.isdisjoint(tree.lower[last + 1 : last + 2]):
        return
    if tree.base(noun) not in {"nsubj", "obl", "parataxis", "dep"} or tree.tags[noun] not in NAMING:
        return
    while tree.base(name) in {"flat", "compound"} and abs(tree.heads[name] - name) < _LONGEST_NAME:
        name = tree.heads[name]
    if tree.tags[name] not in NAMING:
        tree.tags[name], tree.fine[name] = "PROPN", "NNP"
    tree.hang(name, verb, "nsubj")
    tree.hang(noun, name, "appos")
    tree.hang(top, name, "appos")


_AGES = word_set("cues", "age_superlatives")
_LONGEST_NAME = 4  # tokens


def _result(tree: Tree, top: int, first: int, end: int) -> None:
    """Hangs a result on the verb: "He leads as preferred premier, 44 to 36", "won in the suburbs, 61 to 39"."""
    noun = tree.heads[top]
    ends = end == len(tree.words) or tree.tags[end] in {"PUNCT", "CCONJ"}
    if not ends or noun > first or tree.base(top) != "appos" or tree.base(noun) not in {"obl", "nmod", "obj"}:
        return
    while tree.base(noun) == "nmod" and tree.tags[tree.heads[noun]] in NAMING and tree.heads[noun] < noun:
        noun = tree.heads[noun]
    verb = tree.heads[noun]
    if tree.base(noun) in {"obl", "obj"} and tree.own(verb, "nsubj"):
        tree.hang(top, verb, "obl:unmarked")


_MARKS = frozenset(("'s", "’s"))
_OWNED = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "ADV"))
_LONGEST_OWNER = 5  # tokens of "the previous week 's"


def owner_alone(tree: Tree, last: int) -> Range | None:
    """The owner behind a multiple that ends at ``last``, where the noun is left out: "Wednesday's", "last year's"."""
    for mark in range(last + 1, min(len(tree.words), last + _LONGEST_OWNER)):
        if tree.lower[mark] in _MARKS:
            named = tree.tags[mark + 1 : mark + 2] and tree.tags[mark + 1] in _OWNED
            return None if named else (last, mark + 1)
        if tree.tags[mark - 1] in {"PUNCT", "ADP", "VERB", "AUX", "CCONJ"}:
            return None
    return None


def hang_owner(tree: Tree, top: int, last: int) -> None:
    """Makes the multiple at ``top`` the head of its owner, with all that the parser hung on the owner or its mark."""
    owner = owner_alone(tree, last)
    if owner is None:
        return
    mark = owner[1] - 1
    members = {top, mark - 1, mark}
    outer = next((at for at in members if tree.heads[at] not in members or tree.heads[at] == at), top)
    above, relation = tree.heads[outer], tree.relations[outer]
    for token in range(len(tree.words)):
        if tree.heads[token] in members and token not in members and not last <= token < mark:
            tree.heads[token] = top
    tree.heads[top], tree.relations[top] = (top if above == outer else above), relation
    tree.hang(mark - 1, top, "nmod")
    tree.hang(mark, mark - 1, "case")
