"""Reads the key figures of wires: "Acme Q3 adj EPS $1.23 vs $1.10 est", "rev $2.1B", "net profit Rs 312 crore".

The noun right in front of the amount is what is measured, and the name in front of that whose it is. It is told by tags
and not by the tree, for such lines are no sentences.
"""

import re

from extraction.claims import Kind
from extraction.context.parts import Amount, Found
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Range, Tree

_KINDS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE})
_STOPS = frozenset({",", ";", ":", "(", ")", "):", "|", "—", "–", "•", "*"})
# What stands between two amounts of one figure, without marks: "$1.23 vs $1.10", "$5.60, saw $5.40", "$24 (was $33)".
_AGAINST = word_set("syntax", "against_figures")
_BETWEEN = frozenset((",", ";", "(", "."))
_LONGEST_GAP = 3  # tokens
_PERIOD = re.compile(r"(?:q[1-4]|[1-4]q|h[12]|[12]h|fy|9m|\d(?:st|nd|rd|th))['’]?\d{0,4}$")
_LONGEST = 10  # tokens of "Acme Holdings Ltd third-quarter adjusted net profit"


def figure(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether a key figure stands in front of the amount; sets it as the measure and the name there as the subject.

    As in "Acme Q3 adj EPS $1.23", "rev $2.1B vs $2.05B": no verb stands in the item in front of the amount. But one
    that foresees may: "Acme sees FY27 rev $2.1B".
    """
    if amount.kind not in _KINDS or not any(map(str.isdigit, "".join(tree.words[slice(*amount.span)]))):
        return False  # "Profit doubles"
    if tree.lower[amount.span[1] : amount.span[1] + 1] == ["of"]:
        return False  # "Net profit 40% of sales"
    end = amount.span[0]
    at = tree.amount_at[end]
    while at > 0 and _compares(tree, tree.amounts[at - 1][1], end):
        at, end = at - 1, tree.amounts[at - 1][0]
    figures = word_set("modality", "wired")
    if end == 0 or tree.lower[end - 1].rstrip(".") not in figures:
        return False
    first = end - 1
    while first > 0 and end - first < _LONGEST and not _stops(tree, first - 1):
        first -= 1
    opened = first == 0 or tree.lower[first - 1] in _STOPS or tree.words[first - 1].isspace()
    start = end - 1
    while start > first and tree.lower[start - 1].rstrip(".") in figures | word_set("modality", "kinds_of_figures"):
        start -= 1
    verb = next((at for at in range(first, start) if tree.lower[at] in word_set("modality", "wired_verbs")), start)
    timed = all(_is_period(tree, at) for at in range(verb + 1, start))
    if not (opened and timed) or any(_acts(tree, at) for at in range(first, verb)):
        return False
    found.measure = (start, end)
    found.subject = _owner(tree, first, verb) or (_opener(tree, first) if first > 0 else None)
    found.add("figure")
    return True


def _compares(tree: Tree, first: int, last: int) -> bool:
    """Whether nothing but a word that sets the amounts of one figure against each other stands between them."""
    words = [word.rstrip(".") for word in tree.lower[first:last] if word not in _BETWEEN]
    return last - first <= _LONGEST_GAP and len(words) == 1 and words[0] in _AGAINST


def _opener(tree: Tree, end: int) -> Range | None:
    """Whose line it is: the name in front of its label's colon, its first period, figure or verb.

    As in "Acme Foods (ACM): Cut to Sell; PT $24", "Acme Q2 adj EPS $1.42; rev $2.87B".
    """
    first = next((at for at in range(min(end, _LONGEST)) if tree.words[at] not in _OPENING), end)
    last = first
    while last < end and tree.tags[last] in NAMING and not (_is_period(tree, last) or _is_figure(tree, last)):
        last += 1
    behind = tree.words[last] if last < end else ""
    labels = behind in _COLONS or (behind == "(" and not _COLONS.isdisjoint(tree.words[last:end]))
    wired = last < end and (
        _is_period(tree, last) or _is_figure(tree, last) or tree.lower[last] in word_set("modality", "wired_verbs")
    )
    return (first, last) if first < last and (labels or wired) else None


_OPENING = frozenset(("*", "•", "-", "–", "—"))
_COLONS = frozenset((":", "):"))


def _is_figure(tree: Tree, at: int) -> bool:
    return tree.lower[at].rstrip(".") in word_set("modality", "wired", "kinds_of_figures")


def _stops(tree: Tree, at: int) -> bool:
    return tree.lower[at] in _STOPS or tree.words[at].isspace() or tree.amount_at[at] >= 0


def _acts(tree: Tree, at: int) -> bool:
    """A verb or a preposition: "posted a profit", "revenue at"."""
    return tree.tags[at] in {"AUX", "ADP", "DET", "PRON"} or (tree.fine[at] in FINITE and tree.tags[at] == "VERB")


def _owner(tree: Tree, first: int, last: int) -> Range | None:
    """The name without the period behind it: the Acme of "Acme Q3"."""
    end = next((at for at in range(first, last) if _is_period(tree, at)), last)
    if end > first and tree.lower[end - 1] in ("'s", "’s"):
        end -= 1
    return (first, end) if any(tree.tags[at] in NAMING for at in range(first, end)) else None


def _is_period(tree: Tree, at: int) -> bool:
    return _PERIOD.match(tree.lower[at]) is not None or is_time(tree, at)
