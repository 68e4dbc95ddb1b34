"""Makes a subject of the name that opens a sentence and looks like another word: "Rose lost 4 per cent"."""

from extraction.text.words import word_set
from extraction.trees.labels import SUBJECTS
from extraction.trees.tree import Tree

_FINITE = frozenset(("VBD", "VBZ"))
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD"))


def keep_opening_name(tree: Tree) -> None:
    """Repairs ``tree`` in place."""
    if len(tree.words) <= _SHORTEST or not tree.words[0][:1].isupper():
        return
    if tree.tags[0] == "VERB":
        _for_verb(tree)
    elif tree.fine[0] == "MD":
        _for_modal(tree)
    elif tree.tags[0] == "ADJ":
        _for_adjective(tree)


_SHORTEST = 3


def _name(tree: Tree, head: int, relation: str) -> None:
    tree.tags[0], tree.fine[0], tree.heads[0], tree.relations[0] = "PROPN", "NNP", head, relation


def _for_verb(tree: Tree) -> None:
    """Makes a subject of a supposed verb with a finite one right behind: "Rose lost 4 per cent"; not in "Turn left"."""
    if tree.lower[0] not in word_set("syntax", "names_like_verbs"):
        return
    if tree.heads[0] != 0 or tree.heads[1] != 0 or tree.fine[1] != "VBD" or tree.own(1, *SUBJECTS):
        return
    for token, head in enumerate(tree.heads):
        if head == 0:
            tree.heads[token] = 1
    tree.relations[1] = tree.relations[0]
    _name(tree, 1, "nsubj")


def _for_modal(tree: Tree) -> None:
    """Makes a name of a modal where its verb is finite: "Will Young scored 80", "Will has lost $3m"."""
    verb = tree.heads[0]
    finite = tree.fine[verb] in _FINITE or any(tree.fine[at] in _FINITE for at in tree.own(verb, "aux", "cop"))
    if not finite or "?" in tree.words:
        return
    if tree.words[1][:1].isupper() and tree.tags[1] == "PROPN":
        _name(tree, 1, "compound")
    elif not tree.own(verb, *SUBJECTS):
        _name(tree, verb, "nsubj")


def _for_adjective(tree: Tree) -> None:
    """Makes a name of an adjective where only the next word can be the verb: "White plans to hire 40 people."."""
    plans = tree.heads[1] == 1 and tree.heads[0] == 1 and tree.fine[1] == "NNS" and tree.lower[2] == "to"
    if not plans or tree.words[-1] != "." or tree.lower[0] not in word_set("syntax", "names_like_adjectives"):
        return
    deed = next((at for at in tree.own(1, "acl", "xcomp") if tree.fine[at] == "VB"), 0)
    if deed and _VERBS.isdisjoint(tree.fine):
        tree.tags[1], tree.fine[1], tree.relations[deed] = "VERB", "VBZ", "xcomp"
        _name(tree, 1, "nsubj")
