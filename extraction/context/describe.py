"""Finds what a number measures and whose it is, by rules over the dependency tree of its sentence.

From the amount the rules climb: through the nouns that it describes ("a $300 million plant", "a fine of $3m", "80 per
cent of the value") to the verb that governs it, and from there to that verb's subject. Each rule that applied leaves
its name.
"""

from collections.abc import Callable

from extraction.claims import SHARES, Kind, TextSpan
from extraction.context.age_owners import aged
from extraction.context.asides import named_aside
from extraction.context.beside import (
    dated,
    in_size,
    made,
    moved,
    neighbour,
    paid_by_age,
    parented,
    possessed,
    put_in,
    sized,
    worth,
)
from extraction.context.bulletins import level_of_heat
from extraction.context.changed import changed_to
from extraction.context.clause import clause
from extraction.context.expletives import taken
from extraction.context.figures import figure
from extraction.context.gapping import accompanied, gapped
from extraction.context.going_on import amount_before, amount_moved, amount_sized, last_side, said_otherwise
from extraction.context.items import item_of_list
from extraction.context.labelled import labelled, told_before
from extraction.context.lasting import fronted, record, served
from extraction.context.levels import foreseen
from extraction.context.lists import compared, contrasted, dealt
from extraction.context.measures import quantity_named
from extraction.context.nouns import climb
from extraction.context.owners import owned, rivalled
from extraction.context.parts import UNMEASURED, Amount, Context, Found
from extraction.context.purposes import named_purpose, purpose_of_subject
from extraction.context.quoted import quoted
from extraction.context.sites import (
    apiece,
    distant,
    filled,
    listed_with,
    on_scale,
    sampled,
    settled,
    sited,
    standing_at,
)
from extraction.context.stakes import held_by, staked
from extraction.context.whole import whole
from extraction.quantity.quantity import Quantity
from extraction.trees.tree import Range, Tree

Rule = Callable[[Tree, Amount, Found], object]  # true of some where nothing is left to ask

_COUNTS = frozenset({Kind.COUNT, Kind.DURATION})
_LABELS = frozenset({":", "):", "–", "—", "-", "="})  # what parts labels from their amounts


_BEHIND_MORE = "measure.noun"
_BEHIND_LEVELS = (" (", "/")  # "alu $2,212 (+0.2%)"


def describe(text: str, tree: Tree, quantity: Quantity) -> Context:
    """The context of the claim that ``quantity`` makes in the sentence of ``tree``."""
    start, end, unit_span, kind = quantity.start, quantity.end, quantity.unit_span, quantity.kind
    last, behind_of = end, False
    more = _BEHIND_MORE in quantity.rules  # "14 more inches", "12 more miles of pipe": the unit is part of the amount
    if unit_span is not None and unit_span[0] >= end and (kind in _COUNTS or more):
        between = text[end : unit_span[0]].strip()
        behind_of = between == "of"  # "dozens of boats"; in "40 of the 90 boats" the boats are the whole
        last = end if between.startswith(("of ", "out of ")) else unit_span[1]
    span = tree.tokens(start, last)
    if span[0] >= span[1]:
        return Context()
    elsewhere = kind is Kind.COUNT and unit_span is None and quantity.unit_text is not None
    unit = tuple((quantity.unit_text or "").lower().split()) if elsewhere else ()
    moves = quantity.change is not None
    amount, found = Amount(span, tree.top(span), kind, last > end and not more, behind_of, unit, moves), Found()
    may_be_quoted = moves or text.startswith(_BEHIND_LEVELS, end)
    if (item := item_of_list(tree, amount, quantity.rules)) is not None:
        found = item
    elif (level := level_of_heat(tree, amount)) is not None:
        found = level
    elif not (may_be_quoted and quoted(text, tree, amount, found)) and not figure(tree, amount, found):
        found = _describe(tree, amount)
        named_aside(tree, amount, found)
    return Context(
        _quote(text, tree, found.subject),
        _quote(text, tree, found.measure),
        _quote(text, tree, found.of),
        _quote(text, tree, found.predicate),
        found.rules,
    )


def _quote(text: str, tree: Tree, part: Range | None) -> TextSpan | None:
    if part is None or part[0] >= part[1]:
        return None
    first, behind = tree.starts[part[0]], tree.ends[part[1] - 1]
    if text[behind - 1] == "." and text[behind - 2].isupper() and text[behind - 3].isdigit():
        behind -= 1  # "a detour by Highway 31A."
    return TextSpan(text[first:behind], first, behind)


# In the order in which they are asked; what one has found the next ones leave alone.
_OF_WHOLES: tuple[Rule, ...] = (dealt, foreseen, whole)
_WITHOUT_CLAUSE: tuple[Rule, ...] = (taken, rivalled, parented)
_BY_NOUNS: tuple[Rule, ...] = (
    made,
    dated,
    distant,
    sited,
    settled,
    apiece,
    listed_with,
    standing_at,
    on_scale,
    put_in,
    worth,
    sized,
    in_size,
)
_BY_OTHERS: tuple[Rule, ...] = (possessed, held_by, changed_to, moved, fronted, record, gapped)
_BEHIND_CLAUSE: dict[Kind, tuple[Rule, ...]] = {
    Kind.DURATION: (served, filled),
    Kind.MONEY: (named_purpose, purpose_of_subject),
}


def _describe(tree: Tree, amount: Amount, *, alone: bool = False) -> Found:
    """What the rules find; ``alone``: without a look at the amount that this one goes on from."""
    found = Found()
    if _said_again(tree, amount, found, alone=alone) or _said_beside(tree, amount, found):
        return found
    contrasted(tree, amount, found)
    compared(tree, amount, found)
    if not alone and _goes_on(tree, amount, found):
        return found
    node = climb(tree, amount, found)
    if sampled(tree, amount, found):
        return found
    clause(tree, amount, found, node)
    _apply(_BEHIND_CLAUSE.get(amount.kind, ()), tree, amount, found)
    if amount.kind is not Kind.COUNT:
        neighbour(tree, amount, found)
    _moved_measure(tree, amount, found, alone=alone)
    owned(tree, amount, found)
    staked(tree, amount, found)
    if "context.held_by" in found.rules and found.measure is not None and found.subject is not None:
        owner = found.subject[0] <= found.measure[0] < found.subject[1]
        found.measure = None if owner else found.measure  # "the $300,000 that the fund spent" is no fund
    quantity_named(tree, amount, found)
    return found


def _apply(rules: tuple[Rule, ...], tree: Tree, amount: Amount, found: Found) -> None:
    for rule in rules:
        rule(tree, amount, found)


def _said_again(tree: Tree, amount: Amount, found: Found, *, alone: bool) -> bool:
    """Whether a label tells all, or an amount in front of what is said once more or otherwise."""
    labels = not _LABELS.isdisjoint(tree.vocabulary)
    if labels and not alone and (again := told_before(tree, amount)) is not None:
        first = _gone_on_from(tree, again, found)
        found.measure, found.of = first.measure, first.of
        return True
    if labels and labelled(tree, amount, found):
        return True
    if not alone and (again := said_otherwise(tree, amount)) is not None:
        found.measure = _gone_on_from(tree, again, found).measure
        return True
    return False


def _said_beside(tree: Tree, amount: Amount, found: Found) -> bool:
    """Fills what the words around the amount say before its clause is asked; whether they say all."""
    if amount.kind is Kind.AGE:
        aged(tree, amount, found)
    _apply(_OF_WHOLES, tree, amount, found)
    if any(rule(tree, amount, found) for rule in _WITHOUT_CLAUSE):
        return True
    _apply(_BY_NOUNS, tree, amount, found)
    if paid_by_age(tree, amount, found):
        return True
    _apply(_BY_OTHERS, tree, amount, found)
    if accompanied(tree, amount, found):
        return True
    if "VERB" in tree.tags or "AUX" in tree.tags:
        return False
    neighbour(tree, amount, found)  # a table or a list
    return found.measure is not None and "context.noun_before" in found.rules


def _goes_on(tree: Tree, amount: Amount, found: Found) -> bool:
    """Whether an amount in front says whose this one is: "The north has 40 schools, the south 12"."""
    if found.subject is not None or found.measure is not None:
        return False
    before = amount_before(tree, amount) or last_side(tree, amount)
    if before is None:
        return False
    first = _gone_on_from(tree, before, found)
    found.measure = None if amount.kind in UNMEASURED else first.measure
    return True


def _gone_on_from(tree: Tree, before: Amount, found: Found) -> Found:
    """What is found of the amount ``before``, whose subject and predicate the one that goes on from it takes."""
    first = _describe(tree, before, alone=True)
    found.subject, found.predicate = first.subject, first.predicate
    found.add("going_on")
    return first


def _moved_measure(tree: Tree, amount: Amount, found: Found, *, alone: bool) -> None:
    """Sets the measure that the amount in front has: "spent $12 million on agency staff, up from $2 million".

    Two shares are of one whole too: "made up 11 per cent of sales, up from 7 per cent".
    """
    sized = None if alone or found.measure is not None or amount.kind in UNMEASURED else amount_sized(tree, amount)
    if sized is not None:
        first = _describe(tree, sized, alone=True)
        found.measure = first.measure
        if "context.amount_subject" in found.rules:  # "Rents dropped to $88, about half of what tenants paid"
            found.subject = found.subject or first.subject
        found.add("going_on")
        return
    share = amount.kind in SHARES
    measured = amount.kind not in UNMEASURED or (amount.kind is Kind.NUMBER and "context.compared" in found.rules)
    open_ = not alone and found.of is None and (share or found.measure is None) and measured
    before = amount_moved(tree, amount) if open_ else None
    if before is None:
        return
    first = _describe(tree, before, alone=True)
    if "context.compared" in found.rules:
        _compared_measure(tree, amount, found, first)
        return
    if share and tree.base(before.top) == "nsubj":  # "Half of firms raised prices, up from a third"
        found.measure = first.measure
    elif tree.lower[amount.span[1] : amount.span[1] + 1] not in (["on"], ["for"]):  # "$4m on food, against $3m on pay"
        found.measure = found.measure or first.measure
    found.of = first.of if share and first.of is not None and first.of[0] >= before.span[1] else None
    found.add("going_on")


def _compared_measure(tree: Tree, amount: Amount, found: Found, first: Found) -> None:
    """Sets for the measure that of the amount in front, where its subject is measured again.

    As in "Unemployment was 5% in Leeds, compared with 4% in Hull", but not in "Wheat costs $240 a tonne, compared with
    $190 for maize", "raised $4m, compared with $3m for her rival".
    """
    alike = tree.lower[amount.span[1] : amount.span[1] + 1] in (["in"], ["among"]) or "context.copula" in first.rules
    if alike and not _BY_SUBJECT.isdisjoint(first.rules) and found.measure is None:
        found.measure = first.measure
        found.add("going_on")


_BY_SUBJECT = frozenset({"context.copula", "context.subject_verb_amount"})
