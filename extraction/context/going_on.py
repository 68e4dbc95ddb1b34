"""Whose the second of two amounts is that go together: "gives Britain a quota of 1,750 tonnes, rising to 4,000"."""

from bisect import bisect_left
from dataclasses import replace

from extraction.context.antecedents import same_unit
from extraction.context.parts import Amount
from extraction.context.trees import Range, Tree
from extraction.text.words import word_set

_SHADES = word_set("cues", "bound_words", "number_fillers") - {"to"}
_FARTHEST = 6  # tokens from the first amount to the comma: "$6 million for drains this year, rising to"
_DESCRIBES = frozenset({"nummod", "compound", "amod"})


def amount_before(tree: Tree, amount: Amount) -> Amount | None:
    """The amount that rises to this one, or that comes on top of it, and whose subject and measure it shares.

    As in "sets a quota of 20,000 tonnes, increasing to 30,000 tonnes", "a levy of 3 cents on top of the 5 cents they
    pay". None where the subject of the verb is what rises: "Turnout was 41 per cent in May, rising to 60 per cent".
    """
    described = tree.heads[amount.top]
    if described > amount.top and tree.base(amount.top) in _DESCRIBES and not amount.counted:
        return None  # "on top of the $5 million fine"
    end = _before_rising(tree, amount.span[0] - 1)
    if end is None:
        end = _before_on_top(tree, amount.span[0] - 1)
    at = -1 if end is None else bisect_left(tree.amounts, (end, 0)) - 1
    if end is None or at < 0 or not _stands_beside(tree, tree.amounts[at], end):
        return None
    span = tree.amounts[at]
    top = tree.top(span)
    counts = all(tree.tags[token] == "NUM" for token in (*range(*span), *range(*amount.span)))
    if not (counts or same_unit(tree, span, amount.span)) or not _is_in_object(tree, top):
        return None
    return replace(amount, span=span, top=top)


def amount_moved(tree: Tree, amount: Amount) -> Amount | None:
    """The amount that this one has moved to, as in "paid $3 million for repairs, up from $1 million"."""
    comma = amount.span[0] - 3
    if comma < 1 or tree.lower[comma + 2] != "from" or tree.words[comma] != ",":
        return None
    at = bisect_left(tree.amounts, (comma, 0)) - 1
    if tree.lower[comma + 1] not in {"up", "down"} or at < 0 or not _stands_beside(tree, tree.amounts[at], comma):
        return None
    span = tree.amounts[at]
    return replace(amount, span=span, top=tree.top(span)) if same_unit(tree, span, amount.span) else None


def _before_rising(tree: Tree, to: int) -> int | None:
    """The comma of ", rising to about", which ends at token ``to``."""
    while to > 0 and (tree.tags[to] == "ADV" or tree.lower[to] in _SHADES):
        to -= 1
    rising = to - 1
    if rising < 2 or tree.lower[to] != "to" or tree.words[rising - 1] != ",":
        return None
    rises = tree.fine[rising] == "VBG" and tree.lower[rising] in word_set("cues", "rising_to")
    return rising - 1 if rises else None


def _before_on_top(tree: Tree, the: int) -> int | None:
    """The first token of "on top of the", which ends at token ``the``."""
    of = the - 1 if tree.lower[the] == "the" else the
    return of - 2 if of > 2 and tree.lower[of - 2 : of + 1] == ["on", "top", "of"] else None


def _stands_beside(tree: Tree, span: Range, end: int) -> bool:
    """Whether at most a phrase without a verb stands between the amount and token ``end``."""
    return end - span[1] <= _FARTHEST and not any(tree.tags[at] in {"VERB", "AUX"} for at in range(span[1], end))


def _is_in_object(tree: Tree, top: int) -> bool:
    """Whether the amount is the object of a verb, or describes it as in "a quota of 20,000 tonnes", "200 buses"."""
    noun = tree.heads[top]
    named = tree.base(noun) == "obj" and (
        tree.base(top) == "nummod" or (tree.base(top) == "nmod" and tree.case_of(top) == "of")
    )
    return tree.base(top) == "obj" or named
