"""Tells nouns of headlines from verbs: "Hospital visits up 46 percent", "Police raid nets 14 arrests"."""

from extraction.text.change_words import change_words
from extraction.text.nouns import is_plural, is_quantity, nouns
from extraction.text.words import word_set
from extraction.trees.labels import NAMING
from extraction.trees.tree import Tree

OPENING = frozenset((",", ";", ":", "—", "–", '"', "“"))
_CLAUSES = frozenset(("ROOT", "ccomp", "parataxis"))
_NOUN_TAGS = frozenset(("NN", "NNS"))


def verb_up(tree: Tree, noun: int, behind: int) -> None:
    """Makes a noun of a verb in front of "up" in a headline: "Rents up 8%, imports down 3%", "Airline profit up 4%".

    The amount ends in front of token ``behind``.
    """
    if tree.base(noun) in {"obj", "obl", "nmod"}:
        return
    word = tree.lower[noun]
    opens = (noun == 0 or tree.words[noun - 1] in OPENING) and word[-1] == "s" and tree.fine[noun] == "VBZ"
    opens = opens or _is_headline(tree, noun, behind)
    if opens or (is_quantity(word) and tree.fine[noun] in _TAKEN_FOR):
        tree.tags[noun], tree.fine[noun] = "NOUN", "NNS" if word[-1] == "s" else "NN"
        if tree.base(noun) in {"conj", "csubj"}:
            tree.relations[noun] = "parataxis"
    if noun and tree.fine[noun] in _NOUN_TAGS and tree.heads[noun - 1] == noun and tree.base(noun - 1) == "nsubj":
        tree.relations[noun - 1], tree.tags[noun] = "compound", "NOUN"


_TAKEN_FOR = frozenset(("VBZ", "VBP", "VBG"))


def _is_headline(tree: Tree, noun: int, behind: int) -> bool:
    """Whether a line opens with a short topic that is up by a share: "Hospital visits up 46 percent in May".

    It does not in "Oil shoots up 5 percent", "Fund buys up 5 percent stake".
    """
    if not 0 < noun <= _LONGEST_TOPIC or tree.fine[noun] != "VBZ" or tree.base(noun) not in _CLAUSES:
        return False
    share = tree.lower[behind - 1] in word_set("cues", "percent_words")
    ends = behind == len(tree.words) or tree.tags[behind] in {"ADP", "PUNCT", "SCONJ", "ADV"}
    moves = tree.lower[noun] in change_words().verbs or tree.lower[noun] in word_set("syntax", "moves_with_particle")
    named = all(tag in {*NAMING, "ADJ"} for tag in tree.tags[:noun])
    of = tree.lower[behind : behind + 1] == ["of"]  # "Fund snaps up 20 percent of rival"
    return (
        share
        and ends
        and named
        and not of
        and not moves
        and all(tree.amount_at[at] >= 0 for at in tree.own(noun, "obj"))
    )


_LONGEST_TOPIC = 3  # tokens in front of the noun


def find_headline_verbs(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place where it is a line without a full stop."""
    if len(tree.words) > _LONGEST_HEADLINE or tree.words[-1] in _STOPS:
        return
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if first > 1:
            _starts_rise(tree, first)
            _nets_so_many(tree, top, first, last)


_UP_OR_DOWN = frozenset(("up", "down"))
_LONGEST_HEADLINE = 16  # tokens
_STOPS = frozenset((".", "!", "?", ":"))


def _starts_rise(tree: Tree, first: int) -> None:
    """Makes a verb of the plain form behind a plural: "Housing starts rise 6%", "Hospital waits double"."""
    moves = first if tree.lower[first] in word_set("syntax", "multiplying") else first - 1
    plural = moves - 1
    plain = tree.lower[moves] in change_words().verbs and tree.lower[moves] not in _UP_OR_DOWN
    if plural < 1 or not plain or tree.lower[moves].endswith(("s", "ed", "ing")):
        return
    subjects = tree.own(plural, "nsubj")
    if tree.fine[plural] != "VBZ" or tree.heads[plural] != plural or subjects != [plural - 1]:
        return
    tree.relations[plural - 1] = "compound"
    _take_for_verb(tree, 0, moves)


def _nets_so_many(tree: Tree, top: int, first: int, last: int) -> None:
    """Makes a verb of what agrees with its noun: "Police raid nets 14 arrests", "Rents force 40 families out".

    The line has no other verb, up to "as": "Tourists flee as fire guts 60 villas".
    """
    verb, noun = first - 1, first - 2
    start = next((at + 1 for at in range(noun - 1, 0, -1) if tree.lower[at] in _OPENERS), 0)
    counted = tree.heads[top] if tree.base(top) == "nummod" else top
    hurt = last - first == 1 and tree.lower[verb] in nouns()["person_verbs"]  # "Exploding battery injures 4"
    if not (last <= counted < last + 2 or hurt) or tree.tags[verb] == "AUX" or not _agrees(tree, noun, verb):
        return
    described = frozenset((start, noun)) if noun > start else frozenset()
    if any(tree.tags[at] not in _TITLE and at not in described for at in range(start, noun + 1)):
        return
    if tree.tags[verb] == "VERB" and tree.own(verb, "nsubj"):
        return
    if not start and any(tree.tags[at] == "VERB" and tree.heads[at] == at for at in range(last, len(tree.words))):
        return
    _take_for_verb(tree, start, verb)
    tree.heads[counted], tree.relations[counted] = verb, "obj"


_OPENERS = frozenset(("as", "after", "while", "because"))
_TITLE = frozenset(("NOUN", "PROPN", "ADJ", "DET"))


def _agrees(tree: Tree, noun: int, verb: int) -> bool:
    if tree.words[verb][0].isupper() or tree.amount_at[noun] >= 0 or tree.fine[verb] not in _TAKEN:
        return False
    if is_plural(tree.words[noun]):
        return tree.fine[verb] in {"NN", "VB", "VBP"} and tree.tags[noun] in {"NOUN", "VERB"}
    return tree.fine[noun] in {"NN", "JJ"} and tree.lower[verb].endswith("s") and not tree.lower[verb].endswith("ss")


_TAKEN = frozenset(("NN", "NNS", "VB", "VBP", "VBZ"))


def _take_for_verb(tree: Tree, start: int, verb: int) -> None:
    """Makes ``verb`` the verb of the line from ``start`` on, the word in front its subject, and what is behind its."""
    noun, above = verb - 1, tree.heads[verb]
    clause = start > 0
    outside = above if above < start else tree.heads[noun] if tree.heads[noun] < start else verb
    for token, head in enumerate(tree.heads):
        if token in {verb, noun}:
            continue
        if start <= token < noun and (head == token or not start <= head <= noun):
            tree.heads[token], tree.relations[token] = noun, "amod" if tree.tags[token] == "VERB" else "compound"
        elif token > verb and (head == token or head <= verb):
            tree.heads[token] = verb
            tree.relations[token] = "obl" if tree.base(token) == "nmod" else tree.relations[token]
        elif token == start - 1:
            tree.heads[token], tree.relations[token] = verb, "mark"
    tree.tags[noun], tree.fine[noun] = "NOUN", "NNS" if is_plural(tree.words[noun]) else "NN"
    tree.tags[verb], tree.fine[verb] = "VERB", "VBP" if is_plural(tree.words[noun]) else "VBZ"
    tree.heads[verb], tree.relations[verb] = (outside, "advcl") if clause else (verb, "ROOT")
    tree.heads[noun], tree.relations[noun] = verb, "nsubj"
