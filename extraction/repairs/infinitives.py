"""Finds who does what an infinitive says: "planned for the talks to last", "Analysts forecast traffic to drop 7%"."""

from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.word_classes import RELATIVES
from extraction.text.words import word_set
from extraction.trees.tree import Tree


def for_to(tree: Tree, infinitive: int) -> None:
    """Makes a subject of what stands between "for" and "to": "longer than we had planned for the talks to last"."""
    verb = tree.heads[infinitive]
    if tree.fine[infinitive] != "VB" or tree.relations[infinitive] not in {"advcl", "xcomp"} or not verb < infinitive:
        return
    own = [at for at, head in enumerate(tree.heads) if head == infinitive and at < infinitive]
    if not own or tree.lower[own[0]] != "to" or tree.base(own[0]) != "mark":
        return
    for noun in range(verb + 2, own[0]):
        if tree.heads[noun] != verb or tree.relations[noun] != "obl" or _end(tree, noun) != own[0]:
            continue
        case = [at for at in tree.own(noun, "case") if verb <= at < noun]
        lasts = tree.amount_at[noun] >= 0 and tree.lower[noun] in word_set("syntax", "times")
        if lasts or (tree.lower[verb] in word_set("syntax", "asks_for") and _is_money(tree, noun)):
            return  # "appealed for $47bn to help 190 million people", "worked for two hours to free him"
        if len(case) == 1 and tree.lower[case[0]] == "for":
            tree.heads[noun], tree.relations[noun] = infinitive, "nsubj"
            tree.heads[case[0]], tree.relations[case[0]] = infinitive, "mark"


def expected_to(tree: Tree, infinitive: int) -> None:
    """Makes what is foreseen do it: "Analysts forecast traffic to drop 7%", "expects that to reach $2bn"."""
    verb, to = tree.heads[infinitive], infinitive - 1
    if tree.lower[to] != "to" or tree.heads[to] != infinitive or not verb < to:
        return
    if tree.lower[to - 1] == "that" and tree.heads[to - 1] == infinitive:
        tree.relations[to - 1], tree.fine[to - 1] = "nsubj", "DT"
    _which_is_expected(tree, verb, infinitive)
    foreseen = tree.relations[infinitive] == "advcl" and tree.lower[verb] in word_set("attribution", "mind")
    if foreseen and "," not in tree.words[verb:to] and any(verb < at < to for at in tree.own(verb, "obj")):
        tree.relations[infinitive] = "xcomp"


def _which_is_expected(tree: Tree, verb: int, infinitive: int) -> None:
    """Makes "which" the subject of an infinitive with an object: "the merger, which analysts expect to save $9m".

    Not so in "the unit, which the group hopes to sell for $9m".
    """
    if tree.relations[infinitive] != "xcomp" or tree.lower[verb] not in word_set("attribution", "mind"):
        return
    which = next((at for at in tree.own(verb, "obj") if at < verb and tree.lower[at] in RELATIVES), None)
    if which is not None and any(at > infinitive for at in tree.own(infinitive, "obj")):
        tree.heads[which], tree.relations[which] = infinitive, "nsubj"


def _is_money(tree: Tree, token: int) -> bool:
    number = tree.amount_at[token]
    return number >= 0 and any(word[0] in MONEY_SIGNS for word in tree.words[slice(*tree.amounts[number])])


def _end(tree: Tree, noun: int) -> int:
    """Behind the last token that hangs on ``noun``, or on what hangs on it, without a gap."""
    end = noun + 1
    while end < len(tree.words) and noun <= tree.heads[end] <= end and tree.heads[end] != end:
        end += 1
    while end < len(tree.words) and tree.base(end) == "cc" and noun < tree.heads[end] < len(tree.words):
        joined = tree.heads[end]
        if tree.heads[joined] != noun:
            break
        end = joined + 1
    return end
