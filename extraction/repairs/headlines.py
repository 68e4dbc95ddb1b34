"""Tells plural nouns of headlines that the parser takes for verbs: "Hospital visits up 46 percent"."""

from typing import TYPE_CHECKING

from extraction.changes.words import change_words
from extraction.context.labels import NAMING
from extraction.text.nouns import is_quantity
from extraction.text.words import word_set

if TYPE_CHECKING:
    from extraction.context.trees import Tree

OPENING = frozenset((",", ";", ":", "—", "–", '"', "“"))
_CLAUSES = frozenset(("ROOT", "ccomp", "parataxis"))
_NOUN_TAGS = frozenset(("NN", "NNS"))


def verb_up(tree: "Tree", noun: int, behind: int) -> None:
    """As in "Rents up 8%, imports down 3%", "Airline profit up 4%": in a headline no verb stands in front of "up".

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


def _is_headline(tree: "Tree", noun: int, behind: int) -> bool:
    """As in "Hospital visits up 46 percent in May"; not "Oil shoots up 5 percent", "Fund buys up 5 percent stake"."""
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
