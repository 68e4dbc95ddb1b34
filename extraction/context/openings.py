"""The whole that opens a sentence, "Of the 58 migrants on board,", and which of the amounts behind it are its parts."""

from extraction.claims import COUNTS, SHARES
from extraction.context.parts import Amount
from extraction.text.change_words import change_words
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set
from extraction.trees.tree import Tree

LONGEST_OPENING = 14  # tokens
_FURTHEST_PART = 16  # tokens
_BEHIND_WHOLE = frozenset({"VERB", "AUX", "ADP", "PUNCT", "CCONJ", "SCONJ"})
_ASIDE = word_set("syntax", "openers_of_asides")


def comma_of_opening(tree: Tree, amount: Amount, before: int) -> int:
    """The comma behind the whole where the part is farther on: "Of the 58 migrants, the coastguard rescued 41".

    0 without one. Neither a noun counted by itself nor what somebody is or moves by is such a part: "Of the five firms,
    Acme has 40 shops", "Of the two, Acme is worth $4m", "Of the five firms, Acme grew 12 per cent".
    """
    if tree.lower[0] != "of" or amount.counted:
        return 0
    comma = next((at for at in range(2, min(before, LONGEST_OPENING + 1)) if tree.words[at] == ","), 0)
    between = range(comma + 1, before + 1)
    if not comma or len(between) > _FURTHEST_PART or not _may_be_part(tree, amount, comma):
        return 0
    if tree.lower[comma + 1] in _ASIDE or tree.fine[comma + 1] in {"VBN", "VBG"}:
        return 0  # "Of the 900 held at the jail, built for 700,", "Of the water, which takes 40 years to fill,"
    moved = change_words().verbs
    apart = any(tree.tags[at] == "PUNCT" or tree.base(at) == "cop" or tree.lower[at] in moved for at in between)
    return 0 if apart else comma


def _may_be_part(tree: Tree, amount: Amount, comma: int) -> bool:
    """Whether the amount can be a part of the whole in front: it is no more than there are.

    A share must be of it: not those of "Chile spends 4 per cent more", "Acme won with 9 per cent".
    """
    first, end = amount.span
    if amount.kind in SHARES:
        ends = end >= len(tree.words) or tree.tags[end] in _BEHIND_WHOLE
        return ends and tree.base(amount.top) in {"nsubj", "obj"} and not tree.case_of(amount.top)
    whole = next((at for at in range(1, comma) if tree.tags[at] == "NUM" and tree.amount_at[at] >= 0), 0)
    part, counted = tree.words[first].replace(",", ""), tree.words[whole].replace(",", "")
    if amount.kind not in COUNTS or not whole or tree.tags[whole + 1] == "NUM" or not part.isdecimal():
        return True  # "Of the 3 million homes, the state built 40,000"
    # "Of the four quakes, the last killed 300"
    return counted.isdecimal() and (len(part), part) <= (len(counted), counted)


def opening_of(tree: Tree, comma: int) -> int | None:
    """Where the whole begins behind the "of" that opens the clause: "20 fled, and of the 30 who stayed, six"."""
    if comma < 2 or tree.words[comma] != ",":
        return None
    if tree.lower[0] == "of" and comma <= LONGEST_OPENING and ";" not in tree.words[:comma]:
        return 1  # "Of the cases, 70 were in children, 46 in adults"
    for of in range(comma - 2, max(0, comma - LONGEST_OPENING), -1):
        if tree.tags[of] == "PUNCT":
            return None
        if tree.lower[of] == "of" and (tree.tags[of - 1] in {"CCONJ", "SCONJ"} or tree.words[of - 1] == ";"):
            return of + 1
    return None


def ends_whole(tree: Tree, token: int, first: int) -> bool:
    opens = tree.lower[token] in RELATIVES or tree.fine[token] == "TO"
    opens = opens or (tree.fine[token] == "PRP" and tree.lower[token - 1] != "of")  # not "Of the 1,140 of you"
    if token > first and opens:
        return True  # "Of the 312 pupils who sat the exam", "Of the 64 shops to be closed", "Of the 90 trees it felled"
    return tree.tags[token] in _BEHIND_WHOLE and tree.lower[token] != "of"
