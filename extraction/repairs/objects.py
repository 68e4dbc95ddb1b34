"""Sorts out nouns that the parser took for the subject, object or apposition of the wrong word."""

from extraction.counts.verbs_behind import meets
from extraction.text.nouns import nouns
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

_DEEDS = word_set("cues", "people_do", "people_meet", "people_fill", "people_cast")
_OF_AMOUNTS = word_set("syntax", "of_amounts")
_LONGEST_DEED = 4  # tokens: "received urgent hospital treatment"


def place_nouns(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    for token, relation in enumerate(tree.relations):
        if relation == "nsubj" or relation == "nsubj:pass":
            _for_example(tree, token)
            _compound(tree, token)
            _apposed_change(tree, token)
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if tree.relations[top] == "appos":
            _behind_rate(tree, top)
        if first > 1 and tree.lower[first - 1] in _OF_AMOUNTS:
            _record_share(tree, top, first - 1)
        if last < len(tree.words) and tree.lower[last] in _DEEDS:
            _people_do(tree, top, last)
        if tree.relations[top] == "nummod":
            _beside(tree, top, first, last)


def _for_example(tree: Tree, noun: int) -> None:
    """Hangs a second subject with a preposition on the first: "Side effects such as muscle pain were".

    Also where the preposition was taken for a conjunction: "The clean-up after Cyclone Tam could".
    """
    verb = tree.heads[noun]
    start = noun
    while start > 0 and noun in {tree.heads[start - 1], tree.heads[tree.heads[start - 1]]}:
        start -= 1
    if start and tree.relations[start - 1] == "mark" and tree.heads[start - 1] == verb:
        start -= 1  # "after" of "The clean-up after Cyclone Una could"
    if verb < noun or tree.base(start) not in {"case", "mark"} or "VERB" in tree.tags[start:verb]:
        return
    first = next(iter(tree.own(verb, "nsubj")), noun)
    named = first < start and (tree.base(start) == "case" or first == start - 1)
    if named and not {",", "and"} & set(tree.words[first + 1 : start]):
        tree.heads[noun], tree.relations[noun] = first, "nmod"
        tree.heads[start], tree.relations[start] = noun, "case"


def _apposed_change(tree: Tree, noun: int) -> None:
    """Makes a second subject behind the verb its object: "The rand weakened to 18, a loss of 2 per cent"."""
    verb = tree.heads[noun]
    if verb > noun or tree.lower[noun] not in word_set("grammar", "change_nouns"):
        return
    if any(at < verb for at in tree.own(verb, "nsubj")):
        tree.relations[noun] = "obj"


def _compound(tree: Tree, noun: int) -> None:
    """Makes the first of two subjects side by side describe the other: "Measles cases have doubled"."""
    before = noun - 1
    if before >= 0 and tree.relations[before] == "compound" and tree.heads[before] == tree.heads[noun]:
        tree.heads[before] = noun  # "but operating profit slid"
    if before < 0 or tree.relations[before] != tree.relations[noun] or tree.heads[before] != tree.heads[noun]:
        return
    bare = before not in tree.heads and tree.amount_at[before] < 0
    if bare and tree.tags[before] in NAMING and tree.tags[noun] in NAMING:
        tree.heads[before], tree.relations[before] = noun, "compound"


def _people_do(tree: Tree, top: int, verb: int) -> None:
    """Makes a verb of what stands between a number of people and an object: "About 50 needed treatment"."""
    words = tree.lower[verb : verb + _LONGEST_DEED]
    finite = words[0] in word_set("cues", "people_do") and words[0] in nouns()["stops"]
    if not (finite or meets(words)):
        return
    noun = next((at for at in range(verb + 1, len(tree.words)) if tree.tags[at] in NAMING), None)
    if noun is None or not {tree.heads[verb], tree.heads[top]} & {noun, verb}:
        return
    if tree.heads[verb] == noun:
        above = tree.heads[noun]
        tree.heads[verb], tree.relations[verb] = (verb if above == noun else above), tree.relations[noun]
        for token, head in enumerate(tree.heads):
            if head == noun and (token < verb or tree.tags[token] == "PUNCT"):
                tree.heads[token] = verb
        tree.heads[noun], tree.relations[noun] = verb, "obj"
    tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
    if tree.heads[top] in {noun, verb}:
        tree.heads[top], tree.relations[top] = verb, "nsubj"


def _beside(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes an amount behind a comma an apposition: "the population, now about 230 million, is expected".

    In front of "more", "fewer" or "less" it becomes a number of the noun.
    """
    noun = tree.heads[top]
    if noun < first and "," in tree.words[noun:first]:
        compares = tree.lower[last : last + 1] in (["more"], ["fewer"], ["less"])
        tree.relations[top] = "nummod" if compares else "appos"


def _behind_rate(tree: Tree, top: int) -> None:
    """Hangs an amount on what is paid, not on "per patient": "£900 a year per patient, a third of the price"."""
    noun = tree.heads[top]
    if noun <= top and any(tree.lower[at] == "per" and tree.heads[at] == noun for at in range(noun)):
        tree.heads[top], tree.relations[top] = tree.heads[noun], "obl:unmarked"


def _record_share(tree: Tree, top: int, record: int) -> None:
    """Makes "record" describe its amount: "made up a record 27 per cent of sales", "hit a record 34,000, up 19%"."""
    if tree.relations[record] != "obj":
        return
    if tree.heads[top] == record and tree.base(top) == "nummod":
        tree.heads[top], tree.relations[top] = tree.heads[record], "obj"
        tree.heads[record], tree.relations[record] = top, "compound"
    elif tree.heads[record] == tree.heads[top] and tree.base(top) == "obj":
        tree.hang(record, top, "compound")
