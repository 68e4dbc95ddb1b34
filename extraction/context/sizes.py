"""Whose a size is that stands in front of a noun which is neither subject nor object: "in the 93-member council"."""

from extraction.claims import Kind
from extraction.context.noun_phrases import HAVING
from extraction.context.parts import Amount, Found, is_plain_noun, set_subject
from extraction.context.trees import Tree
from extraction.text.words import word_set

_SIZES = frozenset({Kind.COUNT, Kind.LENGTH, Kind.MASS, Kind.AREA, Kind.VOLUME})
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
_AROUND = frozenset({"under", "beneath", "through", "off", "inside", "into", "onto", "near", "behind", "beside"})


def sizes_other(tree: Tree, amount: Amount, found: Found) -> None:
    """As in "won 40 seats in the 93-member council", "Fire tore through their two-storey home": it is the noun's own.

    Not in "sells a five-seat car", where it is said of what somebody has or makes.
    """
    noun = tree.heads[amount.top]
    while tree.base(noun) in {"compound", "flat"} and noun < tree.heads[noun]:
        noun = tree.heads[noun]
    glued = "-" in tree.words[slice(*amount.span)] and tree.base(amount.top) in {"compound", "nummod", "amod", "obl"}
    if amount.kind not in _SIZES or not glued or noun < amount.span[1] or not is_plain_noun(tree, noun):
        return
    case = tree.case_of(noun)
    if tree.base(noun) not in {"obl", "nmod"} or not case or case in HAVING:
        return
    if tree.lower[noun] in word_set("syntax", "tallies") or tree.lower[noun] in word_set("grammar", "change_nouns"):
        return  # "with a lead from the 12-seat majority", "against forecasts of a 900,000-barrel rise"
    determiners = [child for child in tree.children[noun] if tree.relations[child] in {"det", "nmod:poss"}]
    known = any(tree.lower[at] in _KNOWN or tree.relations[at] == "nmod:poss" for at in determiners)
    if case == "of" and tree.heads[noun] < noun and tree.case_of(tree.heads[noun]) in _AROUND:
        case = tree.case_of(tree.heads[noun])  # "under the rubble of a four-storey house"
    if known or case in _AROUND or (case in {"in", "from"} and not determiners):
        set_subject(tree, amount, found, noun, "sizes", parts=False)
