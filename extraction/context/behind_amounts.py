"""Where the text goes on behind an amount: past brackets, how often it is paid, and "out" in front of "of"."""

from extraction.claims import Kind
from extraction.context.parts import Amount, is_counted, noun_behind
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Tree


def behind(tree: Tree, amount: Amount) -> int:
    """The first token behind an amount that may say what it is a part of: "of" in "19 out of 40", "$2m a year in"."""
    last = _behind_parentheses(tree, amount.span[1])
    if tree.words[last : last + 1] in (["'"], ["’"]):  # "19 days' worth of stock"
        last += 1
    if tree.lower[last : last + 2] == ["out", "of"] and not _is_apart(tree, amount, last):
        last += 1
    return _behind_rate(tree, last)


def _behind_parentheses(tree: Tree, last: int) -> int:
    """Where "of" or "in" follows brackets, else ``last``: "450 Nm (332 lb-ft) of torque", "€3m ($4m) in aid"."""
    if last == len(tree.words) or tree.words[last] not in {"(", ")"}:
        return last
    if tree.words[last] == "(" and (last + 1 == len(tree.words) or tree.amount_at[last + 1] < 0):
        return last
    closing = next((at for at in range(last, min(last + 10, len(tree.words))) if tree.words[at] == ")"), None)
    goes_on = closing is not None and tree.lower[closing + 1 : closing + 2] in (["of"], ["in"])
    return closing + 1 if closing is not None and goes_on else last


def _behind_rate(tree: Tree, last: int) -> int:
    """Where "in" follows how often the money is paid, else ``last``: "$2m a year in fees", "$9 each in tips"."""
    if last == len(tree.lower) or tree.lower[last] not in _RATES:
        return last
    rate = tree.lower[last : last + 3]
    if rate[:2] in (["each", "in"], ["apiece", "in"]):
        return last + 1
    return last + 2 if rate[0] != "apiece" and rate[1:2] and is_time(tree, last + 1) and rate[2:] == ["in"] else last


_RATES = frozenset({"a", "an", "per", "each", "every", "apiece"})


def _is_apart(tree: Tree, amount: Amount, out: int) -> bool:
    """Whether the amount is no part of what stands behind "out of".

    As in "put 4,000 out of work", "two years out of university", "led 30 people out of the building"; but in "30 people
    out of 90" what is counted is a part of so many.
    """
    state = " ".join(tree.lower[out : out + 3]) in word_set("cues", "states_of_persons")
    object_ = amount.kind is Kind.COUNT and tree.fine[out - 1] in {"NN", "NNS"} and tree.base(out - 1) == "obj"
    moved = object_ and max(tree.amount_at[out + 2 : out + _LONGEST_TOTAL], default=-1) < 0
    return state or moved or _is_since(tree, amount, out + 2)


_LONGEST_TOTAL = 6  # tokens of "out of a total of 12"


def _is_since(tree: Tree, amount: Amount, at: int) -> bool:
    """Whether so long ago was the end of what is named: "two years out of university", not in "three years out of ten".

    But "seven out of the 12 jurors" are a part of them.
    """
    noun = noun_behind(tree, at) if amount.kind is Kind.DURATION else None
    return noun is not None and not is_time(tree, noun) and not is_counted(tree, noun)
