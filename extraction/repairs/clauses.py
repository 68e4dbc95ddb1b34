"""Gives amounts and gerunds the clause that they stand in, where the parser mixed up two that meet."""

import re

from extraction.text.money_signs import MONEY_SIGNS
from extraction.text.words import word_set
from extraction.trees.tree import Tree

_OF_PREDICATE = frozenset(("nsubj", "cop", "aux", "mark"))
_UNITS = MONEY_SIGNS | {"%", "cent", "percent"}
_SAY = word_set("attribution", "say")
_GOING_ON = frozenset(("after", "before", "while", "despite", "having"))
_CLOCK = re.compile(r"\d{1,2}(?:[.:][0-5]\d|(?=[ap]m))(?:[ap]m)?")


def set_clock_apart(tree: Tree) -> None:
    """Hangs a clock time that opens the sentence on what is told behind it: "10.42am: Oil back above $80"."""
    if len(tree.words) < 3 or tree.heads[0] != 0 or tree.amount_at[0] >= 0 or not _CLOCK.fullmatch(tree.lower[0]):
        return
    told = next((at for at in range(1, len(tree.words)) if tree.heads[at] == 0 and tree.base(at) in _TOLD), 0)
    if not told:
        return
    tree.heads[told], tree.relations[told] = told, "ROOT"
    for token in range(len(tree.words)):
        if tree.heads[token] == 0:
            tree.heads[token] = told
    tree.relations[0] = "obl:unmarked"


_TOLD = frozenset(("appos", "parataxis"))


def sort_clauses(tree: Tree, tops: list[int]) -> None:
    """Repairs ``tree`` in place; ``tops`` are the tokens that stand for its amounts, in text order."""
    if not _SAY.isdisjoint(tree.vocabulary):
        for token in range(len(tree.words) - 1):
            if tree.fine[token] == "VBG":
                _behind_report(tree, token)
    better = "JJR" in tree.fine
    for (first, last), top in zip(tree.amounts, tops, strict=True):
        if tree.relations[first - 1] == "conj":
            _gapped(tree, top, first)
        if tree.relations[top] == "conj":
            _joined_amount(tree, top, first)
        _owned_noun(tree, top)
        if last < len(tree.words):
            if better:
                _degree_of_predicate(tree, top, last)
            if tree.relations[top] == "obj":
                _found_to_do(tree, top, last)
    if "that" in tree.vocabulary:
        for token, relation in enumerate(tree.relations):
            if relation == "nsubj" and tree.lower[token] == "that":
                _conjunction(tree, token)


def _behind_report(tree: Tree, verb: int) -> None:
    """Hangs a gerund on what is reported: "Sales hit $5m, Acme said on Monday, after growing by a tenth"."""
    report = tree.heads[verb]
    mark = verb - 1
    goes_on = tree.base(verb) == "advcl" and tree.lower[mark] in _GOING_ON and tree.words[mark - 1] == ","
    # "Prices fell, the portal said, taking the decline to 2 per cent"
    results = tree.words[mark] == "," and tree.lower[verb] in word_set("syntax", "resulting", "gerunds")
    if report > verb or not (goes_on or results):
        return
    reported = [at for at in tree.own(report, "ccomp") if at < report]
    if tree.base(report) == "parataxis" and tree.heads[report] < report:
        reported = [tree.heads[report]]
    if reported and tree.lower[report] in _SAY:
        tree.heads[verb], tree.relations[verb] = reported[0], "advcl"


def _gapped(tree: Tree, top: int, first: int) -> None:
    """Hangs an amount on the name right in front, and this on the verb: "UltraTech gained 3.2% and Ambuja 2.8%"."""
    name = first - 1
    if name < 2 or tree.tags[name] != "PROPN" or tree.base(name - 1) != "cc":
        return
    other = tree.heads[name]
    if tree.amount_at[other] < 0 or other > name or tree.heads[top] != other or tree.tags[tree.heads[other]] != "VERB":
        return
    tree.hang(name, tree.heads[other], "conj")
    tree.hang(top, name, "orphan")


def _joined_amount(tree: Tree, top: int, first: int) -> None:
    """Joins an amount to the one before and not to the verb: "raise wages by 4% in 2025 and 3% in 2026"."""
    verb, joint = tree.heads[top], first - 1
    if verb > top or tree.tags[verb] != "VERB":
        return
    if joint > 0 and tree.heads[joint] == top and tree.base(joint) == "case":
        joint -= 1
    if tree.base(joint) != "cc":
        return
    before = next((span for span in reversed(tree.amounts) if span[1] <= joint), None)
    if before is None or not _UNITS.intersection(tree.words[slice(*before)]).intersection(tree.words[first : top + 2]):
        return
    other = next((at for at in range(*before) if tree.heads[at] == verb and tree.base(at) in {"obl", "obj"}), -1)
    if other >= 0 and not any(at < first for at in tree.own(top, "nsubj")):
        tree.heads[top] = other


def _owned_noun(tree: Tree, top: int) -> None:
    """Hangs an amount on what is owned and not on the owner: "a 25% buyer's premium"."""
    owner = tree.heads[top]
    if tree.relations[owner] == "nmod:poss" and owner > top and tree.base(top) in {"compound", "nummod", "amod"}:
        tree.hang(top, tree.heads[owner], "compound")


def _found_to_do(tree: Tree, top: int, last: int) -> None:
    """Makes the share the subject of what was found: "the poll found 52 per cent of women backed it"."""
    report = tree.heads[top]
    if tree.lower[report] not in word_set("attribution", "say", "show"):
        return
    whole = next((at for at in range(last, len(tree.words)) if tree.heads[at] == top and tree.base(at) == "nmod"), top)
    verb = max(whole + 1, last)
    if verb >= len(tree.words) or tree.base(verb) != "acl" or tree.heads[verb] not in {top, whole}:
        return
    if tree.fine[verb] in {"VBN", "VBD"} and tree.lower[verb] not in word_set("syntax", "participles_behind_nouns"):
        tree.tags[verb], tree.fine[verb] = "VERB", "VBD"
        tree.hang(verb, report, "ccomp")
        tree.hang(top, verb, "nsubj")


def _degree_of_predicate(tree: Tree, top: int, last: int) -> None:
    """Hangs an amount on the comparative of a predicate: "was £1,250 a year worse off"."""
    better = last + 2 if tree.lower[last] in {"a", "an", "per"} else last
    if better >= len(tree.words) or tree.fine[better] != "JJR" or tree.lower[better] == "more":
        return
    if tree.heads[top] == better:
        return
    own = [at for at in tree.own(top, *_OF_PREDICATE) if at < top]
    copula = any(tree.base(at) == "cop" and tree.heads[at] in {top, better} for at in range(top))
    if copula and tree.base(better) in {"ccomp", "ROOT", "conj", "advcl"}:
        for at in own:
            tree.heads[at] = better
        tree.hang(top, better, "obl:unmarked")


def _conjunction(tree: Tree, that: int) -> None:
    """Makes "that" a conjunction where a subject follows: "told MPs that borrowing would be lower"."""
    verb = tree.heads[that]
    if any(that < at < verb for at in tree.own(verb, "nsubj")):
        tree.relations[that] = "mark"
