"""Whose the second of two amounts is that go together: "gives Britain a quota of 1,750 tonnes, rising to 4,000"."""

from bisect import bisect_left
from dataclasses import replace

from extraction.claims import SHARES, Kind
from extraction.context.antecedents import same_unit
from extraction.context.parts import DESCRIBING, Amount
from extraction.text.shades import SHADES
from extraction.text.words import word_set
from extraction.trees.noun_phrases import is_time
from extraction.trees.tree import Range, Tree

_SHADES = SHADES - {"to"}
_FARTHEST = 6  # tokens from the first amount to the comma: "$6 million for drains this year, rising to"
_ASIDE = frozenset({",", "–", "—"})
_STEPS = frozenset({"from", "with", "to", "against", "versus"})
_COMPARES = frozenset({Kind.MULTIPLE, Kind.FRACTION})
_BEHIND_STEPS = [["more"], ["less"], ["fewer"], ["higher"], ["lower"], ["above"], ["below"]]


def amount_before(tree: Tree, amount: Amount) -> Amount | None:
    """The amount that rises to this one, or that comes on top of it, and whose subject and measure it shares.

    As in "sets a quota of 20,000 tonnes, increasing to 30,000 tonnes", "a levy of 3 cents on top of the 5 cents they
    pay". None where the subject of the verb is what rises: "Turnout was 41 per cent in May, rising to 60 per cent".
    """
    described = tree.heads[amount.top]
    if described > amount.top and tree.base(amount.top) in DESCRIBING and not amount.counted:
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


def said_otherwise(tree: Tree, amount: Amount) -> Amount | None:
    """The 180C of "Heat the oven to 180C (160C fan)", "180C (fan 160C)", "38C (100F)" for the one in the brackets."""
    if amount.kind is not Kind.TEMPERATURE:
        return None
    opening = next((at for at in range(amount.span[0] - 1, max(0, amount.span[0] - 3), -1) if tree.words[at] == "("), 0)
    at = tree.amount_at[opening - 1] if opening else -1
    if at < 0 or tree.tags[tree.amounts[at][1] - 1] == "NUM":
        return None
    return replace(amount, span=tree.amounts[at], top=tree.top(tree.amounts[at]))


def last_side(tree: Tree, amount: Amount) -> Amount | None:
    """The last side of "a plot of 20 x 40m" for one in front of it: all measure the same."""
    if tree.lower[amount.span[1] : amount.span[1] + 1] not in _SIDES:
        return None
    first = last = bisect_left(tree.amounts, amount.span)
    while last + 1 < len(tree.amounts) and tree.lower[tree.amounts[last][1] : tree.amounts[last + 1][0]] in _SIDES:
        last += 1
    span = tree.amounts[last] if last < len(tree.amounts) else amount.span
    return replace(amount, span=span, top=tree.top(span)) if last > first else None


_SIDES = (["x"], ["×"])


def amount_moved(tree: Tree, amount: Amount) -> Amount | None:
    """The amount that this one has moved to or is compared with, as in "paid $3 million for repairs, up from $1m".

    As in "holds 900 tonnes of grain, against 400 at present", "rose to 6 per cent of GDP from 4".
    """
    step = _past_shades(tree, amount.span[0] - 1)
    if step < 1 or tree.lower[step] not in _STEPS:
        return None
    led = tree.lower[step - 1] in word_set("syntax", "moved") or tree.lower[step - 1] == "compared"
    comma = step - led - 1
    if (
        comma < 1
        or (tree.words[comma] != "," and tree.lower[step] != "from")
        or (tree.lower[step] in {"with", "to"} and not led)
    ):
        return None
    at = bisect_left(tree.amounts, (step, 0)) - 1
    if at < 0 or tree.amounts[at][1] > step:
        return None
    span = tree.amounts[at]
    share = amount.kind in SHARES and tree.lower[span[1]] == "of"
    first = replace(amount, span=span, top=tree.top(span))
    if tree.words[comma] != ",":  # "to 6 per cent of GDP this year from 4"
        moves = share and tree.case_of(first.top) == "to" and tree.heads[first.top] == tree.heads[amount.top]
        return first if moves else None
    near = _stands_beside(tree, span, comma) or (share and comma - span[1] <= 2 * _FARTHEST)
    plain = amount.kind is Kind.NUMBER and span[1] - span[0] == amount.span[1] - amount.span[0] == 1  # "0.8", "1.2"
    return first if near and (share or plain or same_unit(tree, span, amount.span)) else None


def amount_sized(tree: Tree, amount: Amount) -> Amount | None:
    """The amount in front of a comma that this one moves, was before, or is set against: all three measure the same.

    As in "paid $9 million in bonuses, up 8 per cent from the $8.3 million of 2024", "a loss of $4 million, more than
    double the forecast", "debts of $5 million, or three times its sales".
    """
    step = _past_shades(tree, amount.span[0] - 1)
    if tree.lower[step] == "from" and tree.amount_at[step - 1] >= 0:
        step = _past_shades(tree, tree.amounts[tree.amount_at[step - 1]][0] - 1)
    elif amount.kind in _COMPARES:
        step -= tree.lower[step] == "or"
        part = tree.lower[amount.span[1] : amount.span[1] + 2]
        known = part[:1] == ["of"] and part[1:] not in ([], ["what"]) and tree.tags[amount.span[1] + 1] == "PRON"
        if (tree.base(amount.top) == "nsubj" and tree.heads[amount.top] > amount.top) or known:
            return None  # "Costs rose $5 million, a third of firms said", "$5 million in aid, half of it from the EU"
        return _in_front(tree, amount, step)
    elif amount.kind is not Kind.PERCENT:
        return None
    elif tree.words[step] == "," and tree.lower[amount.span[1] : amount.span[1] + 1] in _BEHIND_STEPS:
        return _in_front(tree, amount, step)  # "paid $9 million in bonuses, 8 per cent more than in 2024"
    return _in_front(tree, amount, step - 1) if tree.lower[step] in word_set("syntax", "moved") else None


def _past_shades(tree: Tree, at: int) -> int:
    """The token in front of words that only shade an amount, of which "up" and "down" are none."""
    moved, first = word_set("syntax", "moved"), max(1, at - _FARTHEST)
    while at > first and (tree.lower[at] in _SHADES or tree.tags[at] in {"ADV", "DET"}) and tree.lower[at] not in moved:
        at -= 1
    return at


def _in_front(tree: Tree, amount: Amount, comma: int) -> Amount | None:
    """The measured amount right in front of ``comma``, which may be a dash."""
    at = bisect_left(tree.amounts, (comma, 0)) - 1
    if comma < 1 or tree.words[comma] not in _ASIDE or at < 0 or not _stands_beside(tree, tree.amounts[at], comma):
        return None
    span = tree.amounts[at]
    if is_time(tree, span[1] - 1) or all(tree.tags[token] == "NUM" for token in range(*span)):
        return None
    share = not {"%", "percent", "cent"}.isdisjoint(tree.lower[slice(*span)])
    paid = not share and not {"SYM", "PROPN"}.isdisjoint(tree.tags[slice(*span)])
    kind = Kind.PERCENT if share else Kind.MONEY if paid else Kind.MASS
    return replace(amount, span=span, top=tree.top(span), kind=kind)


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
