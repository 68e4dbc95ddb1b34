"""Reads the levels of forecasts and almanacs, which are no sentences: "High near 28, low 4 below", "Record high 57"."""

from extraction.claims import Kind
from extraction.context.labels import FINITE, NAMING
from extraction.context.parts import Amount, Found
from extraction.context.trees import Tree
from extraction.text.words import word_set

_LONGEST_LEAD = 4  # tokens of "in the low to"
_VERBS = FINITE | {"VB"}
_FIRST_WORDS = word_set("cues", "levels_in_forecasts") | {"record"}
_LONGEST_NAME = 4  # tokens of "Average overnight low temperature"


def level_of_heat(tree: Tree, amount: Amount) -> Found | None:
    """The level right in front of a temperature is what is measured, with what describes it: "Record high 57".

    None for what stands in a clause, where the tree says more.
    """
    if amount.kind is not Kind.TEMPERATURE:
        return None
    at = amount.span[0] - 1
    first = max(-1, at - _LONGEST_LEAD)
    while at > first and tree.lower[at] in word_set("cues", "leads_of_heat"):
        at -= 1
    if at <= first or tree.lower[at] not in word_set("cues", "levels_of_heat", "levels_in_forecasts", "usual_levels"):
        return None
    if any(fine in _VERBS for k, fine in enumerate(tree.fine) if k != at):
        return None
    start = at
    while start > 0 and at - start < _LONGEST_NAME and _describes(tree, start - 1):
        start -= 1
    if start > 0 and tree.words[start - 1] == ":":
        return None  # "Tonight: Low -19 C" is read as a label
    found = Found()
    found.measure = (start, at + 1)
    found.add("level_of_heat")
    return found


def _describes(tree: Tree, at: int) -> bool:
    """As "Record" and "overnight" do; not the "Sunny" of "Sunny, high 84"."""
    named = tree.tags[at] in NAMING or tree.tags[at] == "ADJ" or tree.lower[at] in _FIRST_WORDS
    return named and tree.amount_at[at] < 0
