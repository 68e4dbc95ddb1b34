"""What the numbers of brackets measure where a name stands in front of each: "(rate ratio, 0.66; 95% CI, 0.5 to 0.8)".

It is told by the marks and not by the tree, for such brackets are no clauses.
"""

from extraction.claims import Kind
from extraction.context.parts import Amount, Found
from extraction.text.words import word_set
from extraction.trees.labels import FINITE, NAMING
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Range, Tree

_OPENERS, _CLOSERS = frozenset("([;"), frozenset(")];,([")
_LINKS = frozenset((",", "[", "=", "<", ">", "≤", "≥"))
_LONGEST = 8  # tokens of "annualized rate of severe events"
_OTHERS = frozenset(("AUX", "PRON", "DET", "NUM"))


def named_aside(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether a name stands in front of the amount in its brackets, which becomes its measure.

    As in "(hazard ratio, 0.71; 95% CI, 0.60-0.84)", "(mean age, 64.7 years)"; the 95% is that of the interval too.
    Not in "(Smith, 31; Jones, 40)", nor where something is counted: "(in May, 300 people)".
    """
    name = _interval_behind(tree, amount) or _name_in_front(tree, amount)
    if name is None:
        return False
    found.measure = name
    found.add("aside")
    return True


def _interval_behind(tree: Tree, amount: Amount) -> Range | None:
    """The interval of "95% CI", "95% confidence interval"."""
    end = amount.span[1]
    if amount.kind is not Kind.PERCENT or amount.span[0] < 1 or tree.words[amount.span[0] - 1] not in _CLOSERS:
        return None
    last = next((at for at in range(end, min(end + 2, len(tree.words))) if _is_interval(tree, at)), None)
    return None if last is None else (end, last + 1)


def _is_interval(tree: Tree, at: int) -> bool:
    return tree.lower[at] in word_set("cues", "interval_words")


def _name_in_front(tree: Tree, amount: Amount) -> Range | None:
    start, end = amount.span
    last = start - 1
    if amount.counted or last < 1 or (tree.words[last] not in _LINKS and tree.tags[last] not in NAMING):
        return None
    if end < len(tree.words) and tree.words[end] not in _CLOSERS:
        return None
    last -= tree.words[last] in _LINKS
    known = _is_statistic(tree, last)
    first = last
    while first > 0 and last - first < _LONGEST and not _opens(tree, first - 1):
        first -= 1
    if first < 1 or not _opens(tree, first - 1) or (tree.words[first - 1] not in _OPENERS and not known):
        return None
    first += tree.words[first] == ","  # "(r = 0.72, p < 0.01)"
    return (first, last + 1) if known or _names(tree, first, last, amount) else None


def _is_statistic(tree: Tree, at: int) -> bool:
    return tree.words[at] in word_set("cues", "statistics", "ratio_statistics") or _is_interval(tree, at)


def _opens(tree: Tree, at: int) -> bool:
    """Whether the name may start behind: a bracket, its semicolon, or the 95% of "95% CI"."""
    return tree.words[at] in _OPENERS or tree.amount_at[at] >= 0


def _names(tree: Tree, first: int, last: int, amount: Amount) -> bool:
    """Whether the tokens are the name of a measure and not of a person, a place or a day."""
    plain = tree.tags[last] in NAMING and tree.words[last].islower() and not is_time(tree, last)
    if not plain or len(tree.words[last]) == 1:  # "(n = 31)"
        return False
    if amount.kind is Kind.AGE and (tree.lower[last] != "age" or first == last):
        return False
    return all(tree.tags[at] not in _OTHERS and tree.fine[at] not in FINITE for at in range(first, last + 1))
