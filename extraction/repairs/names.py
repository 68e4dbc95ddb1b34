"""Keeps names whole: their numbers, slashes and last words, and the verbs that a parser took for part of one."""

from extraction.repairs.opening_names import keep_opening_name
from extraction.text.words import word_set
from extraction.trees.labels import NAMING, SUBJECTS
from extraction.trees.tree import Tree

_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_WITH_S = word_set("syntax", "names_with_s")


def keep_names(tree: Tree) -> None:
    """Repairs ``tree`` in place."""
    keep_opening_name(tree)
    if "/" in tree.vocabulary:
        for token in range(1, len(tree.words)):
            if tree.words[token - 1] == "/":
                _joined_by_slash(tree, token)
    if "&" in tree.vocabulary:
        for token in range(1, len(tree.words) - 1):
            if tree.words[token] == "&":
                _joined_by_sign(tree, token)
    hyphens, with_s = "-" in tree.vocabulary, not _WITH_S.isdisjoint(tree.vocabulary)
    for token, relation in enumerate(tree.relations):
        if relation == "case":
            _case_of_compound(tree, token)
        elif relation == "nmod:poss":
            _name_with_of(tree, token)
        elif relation in _TAKEN_FOR_ADVERB and tree.words[token][0].isupper():
            _name_for_adverb(tree, token)
        if hyphens and tree.lower[token] == "of" and token > 1 and tree.words[token - 1] == "-":
            _parent_of_so_many(tree, token)
        if with_s and tree.fine[token] == "POS":
            _name_with_s(tree, token)


def _name_for_adverb(tree: Tree, name: int) -> None:
    """Makes a name of a supposed adverb in front of a finite verb without a subject: "Stillwell lost $112 million".

    A clause may stand between: "Everwell, which makes pumps, cut 300 jobs".
    What has the ending of an adverb is one: "Originally cost £30".
    """
    verb, behind = tree.heads[name], name + 1
    if verb < name or tree.tags[name] not in _NO_NOUNS or tree.own(verb, *SUBJECTS) or tree.lower[name] in _ADVERBS:
        return
    if tree.lower[name].endswith(_ADVERB_ENDINGS):
        return
    finite = min(tree.own(verb, "aux", "cop"), default=verb)
    if tree.words[behind] == ",":
        clause = next((at for at in tree.own(name, "acl") if behind < at < verb), None)
        behind = behind if clause is None or tree.words[finite - 1] != "," else finite
    if behind == finite and tree.fine[finite] in _FINITE | {"MD"}:
        tree.tags[name], tree.fine[name], tree.relations[name] = "PROPN", "NNP", "nsubj"


_TAKEN_FOR_ADVERB = frozenset(("advmod", "discourse", "amod"))
_NO_NOUNS = frozenset(("ADV", "INTJ", "ADJ"))
_ADVERBS = word_set("grammar", "adverbs")
_ADVERB_ENDINGS = tuple(word_set("syntax", "adverb_endings"))


def _joined_by_slash(tree: Tree, token: int) -> None:
    """Makes one name of two with a slash between: "The S&P/NZX 50"."""
    name, slash = tree.heads[token], token - 1
    named = tree.tags[name] == "PROPN" and tree.words[token][0].isupper()
    if named and name == slash - 1:
        tree.relations[token], tree.tags[token], tree.fine[token] = "flat", "PROPN", "NNP"
        tree.heads[slash], tree.relations[slash] = name, "flat"
        for at, head in enumerate(tree.heads):
            if head == token:
                tree.heads[at] = name


def _joined_by_sign(tree: Tree, sign: int) -> None:
    """Makes one name of what "&" joins: "Marks & Spencer expects"."""
    last = tree.heads[sign]
    if tree.relations[last] == "compound" and tree.heads[last] > last:
        last = tree.heads[last]  # "Kaap & Karoo Stores"
    first = tree.heads[last]
    if tree.relations[last] != "conj" or not first < sign < last or "," in tree.words[first:last]:
        return
    if tree.words[first][0].isupper() and tree.words[last][0].isupper() and tree.tags[last] in NAMING:
        for token in (first, last):
            tree.tags[token], tree.fine[token] = "PROPN", "NNP"
        for token in (sign, *range(sign + 1, last), last):
            if tree.heads[token] in (first, last) or tree.heads[tree.heads[token]] == last:
                tree.heads[token], tree.relations[token] = first, "flat"


def _case_of_compound(tree: Tree, token: int) -> None:
    """Hangs a preposition on the whole name and not on its first word: "a fleet of the Toyota Mirai"."""
    name = tree.heads[token]
    if token < name and tree.base(name) == "compound" and tree.heads[name] > name:
        whole = tree.heads[name]
        if tree.tags[whole] == tree.tags[name] == "PROPN":
            tree.heads[token] = whole


def _name_with_of(tree: Tree, last: int) -> None:
    """Makes the whole name the owner and not its last word: "the Bank of England's 2% target"."""
    first, noun = last - 2, tree.heads[last]
    if first < 0 or tree.lower[last - 1] != "of" or noun < last:
        return
    if tree.tags[first] != "PROPN" or tree.tags[last] != "PROPN":
        return
    above = tree.heads[first]
    if tree.heads[noun] == first:
        tree.heads[noun], tree.relations[noun] = (noun if above == first else above), tree.relations[first]
        for token, head in enumerate(tree.heads):
            if head == first and token != noun and tree.base(token) not in _OF_NAME:
                tree.heads[token] = noun
    elif first not in {above, noun}:
        return
    tree.heads[first], tree.relations[first] = noun, "nmod:poss"
    tree.heads[last], tree.relations[last] = first, "nmod"
    tree.heads[last - 1], tree.relations[last - 1] = last, "case"


def _parent_of_so_many(tree: Tree, of: int) -> None:
    """Hangs what stands in front of a name on it, for it describes who has it: "Mum-of-two Ana Reid was"."""
    parent, name = of - 2, of + 3
    if parent < 0 or name >= len(tree.words) or tree.words[of + 1] != "-":
        return
    if tree.tags[name] != "PROPN" or tree.tags[parent] not in NAMING:
        return
    if tree.heads[name] == parent:
        above = tree.heads[parent]
        for token, head in enumerate(tree.heads):
            if head == parent and token > name:
                tree.heads[token] = name
        tree.heads[name], tree.relations[name] = (name if above == parent else above), tree.relations[parent]
    tree.heads[parent], tree.relations[parent] = name, "nmod:desc"
    for token in range(parent + 1, name):
        tree.heads[token], tree.relations[token] = parent, "goeswith"


_OF_NAME = frozenset(("det", "compound", "flat", "amod"))


def _name_with_s(tree: Tree, token: int) -> None:
    """Makes the "'s" that ends some names a part of them, and the name a subject: "Moody's cut the rating"."""
    name = token - 1
    if token == 0 or tree.lower[name] not in _WITH_S:
        return
    tree.heads[token], tree.relations[token] = name, "flat"
    behind = token + 1
    if behind < tree.heads[name] and tree.fine[behind] in _FINITE and not tree.own(behind, "nsubj"):
        tree.heads[name], tree.relations[name] = behind, "nsubj"
