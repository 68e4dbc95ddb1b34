"""Reads the key figures of wires: "Acme Q3 adj EPS $1.23 vs $1.10 est", "rev $2.1B", "net profit Rs 312 crore".

The noun right in front of the amount is what is measured, and the name in front of that whose it is. It is told by tags
and not by the tree, for such lines are no sentences.
"""

import re

from extraction.claims import Kind
from extraction.context.labels import FINITE, NAMING
from extraction.context.noun_phrases import is_time
from extraction.context.parts import Amount, Found
from extraction.context.trees import Range, Tree
from extraction.text.words import word_set

_KINDS = frozenset({Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE})
_STOPS = frozenset({",", ";", ":", "(", ")", "|", "—", "–", "•", "*"})
_AGAINST = ([",", "est"], [",", "est."], [",", "est", "."], [",", "consensus"], ["vs"], ["vs."], ["versus"], ["v"])
_PERIOD = re.compile(r"(?:q[1-4]|[1-4]q|h[12]|[12]h|fy|9m|\d(?:st|nd|rd|th))['’]?\d{0,4}$")
_LONGEST = 10  # tokens of "Acme Holdings Ltd third-quarter adjusted net profit"


def figure(tree: Tree, amount: Amount, found: Found) -> bool:
    """As in "Acme Q3 adj EPS $1.23", "rev $2.1B vs $2.05B": no verb stands in the item in front of the amount."""
    if amount.kind not in _KINDS or not any(map(str.isdigit, "".join(tree.words[slice(*amount.span)]))):
        return False  # "Profit doubles"
    end = amount.span[0]
    at = tree.amount_at[end]
    if at > 0 and tree.lower[tree.amounts[at - 1][1] : end] in _AGAINST:
        end = tree.amounts[at - 1][0]
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
    if not opened or any(_acts(tree, at) for at in range(first, start)):
        return False
    found.measure = (start, end)
    found.subject = _owner(tree, first, start)
    found.add("figure")
    return True


def _stops(tree: Tree, at: int) -> bool:
    return tree.lower[at] in _STOPS or tree.words[at].isspace() or tree.amount_at[at] >= 0


def _acts(tree: Tree, at: int) -> bool:
    """A verb or a preposition: "posted a profit", "revenue at"."""
    return tree.tags[at] in {"AUX", "ADP", "DET", "PRON"} or (tree.fine[at] in FINITE and tree.tags[at] == "VERB")


def _owner(tree: Tree, first: int, last: int) -> Range | None:
    """The name without the period behind it: the Acme of "Acme Q3"."""
    end = next((at for at in range(first, last) if _PERIOD.match(tree.lower[at]) or is_time(tree, at)), last)
    if end > first and tree.lower[end - 1] in ("'s", "’s"):
        end -= 1
    return (first, end) if any(tree.tags[at] in NAMING for at in range(first, end)) else None
