"""Makes a quantity of an amount or a range: with its bounds, its rate and its movement."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.lowest_prices import LOWEST, lowest_price
from extraction.bounds.denied_bounds import turned
from extraction.bounds.qualifiers import (
    Qualifier,
    applies,
    decade_of_prices,
    prices_dollar,
    qualifier_after,
    qualifier_before,
)
from extraction.bounds.set_off_bounds import closing_bound, is_set_off, set_off_before
from extraction.bounds.thresholds import before_threshold
from extraction.changes.roles import change_of
from extraction.changes.still import is_doubled, is_infinitive
from extraction.claims import Change, Kind, Rate, Shape, TextSpan
from extraction.currencies.table import CurrencyMark
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.lexemes import Lexeme
from extraction.text.surfaces import HYPHENS
from extraction.text.words import word_set

_COMPARISONS = word_set("amounts", "comparisons")
_DESCRIBING = frozenset((Kind.DURATION, Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS, Kind.COUNT, Kind.AGE))
_PRICED = (Kind.MONEY, Kind.PERCENT)
_BASE_MULTIPLES = word_set("cues", "base_multiples")
_RACE_LEADERS = word_set("amounts", "race_leaders")
_OVER_LEADERS = word_set("amounts", "over_leaders")


def quantity_of(text: str, lexemes: Sequence[Lexeme], group: Group, ends_before: tuple[int, ...]) -> Quantity:
    """The quantity that an amount or a range of a known kind is, with the bounds and the movement around it.

    ``ends_before`` is where the amount before may be taken to end: what starts there compares it.
    """
    first, last, is_range = group.first, group.last, group.is_range
    kind = last.kind
    assert kind is not None
    qualifiers = [
        turned(lexemes, q, kind) if q.start < first.start else q
        for q in _qualifiers(lexemes, group, ends_before)
        # "4 per cent more than a year earlier" compares and bounds nothing
        if not (q.start in ends_before and q.phrase in _COMPARISONS)
    ]
    shape, value, low, high = _bounds(group, qualifiers)
    left, right = first.start, last.end
    for q in qualifiers:
        left, right = min(left, q.start), max(right, q.end)
    if 0 < left < first.start and is_set_off(lexemes, first.start):
        left -= 1
    cheapest = any(q.phrase == LOWEST for q in qualifiers)  # "doubles from €140" doubles nothing
    change = None if cheapest else change_of(lexemes, left, right if kind is not Kind.COUNT else last.end, kind)
    if kind is Kind.MULTIPLE:
        doubles = last.rules == ["multiple.word"] and is_infinitive(lexemes, last.start)
        change = _change_of_multiple(lexemes, last) if doubles or change is None else change
    if is_range and min(first.value or 0, last.value or 0) < 0 < max(first.value or 0, last.value or 0):
        change = None  # "sees GDP -0.5% to +1.0%"
    if change is not None and change.role != "by" and (is_range or _describes(lexemes, last)):
        change = None if change.role == "from" or not is_range else change
    rules = [*first.rules]
    if is_range:
        rules += [rule for rule in last.rules if rule not in first.rules]
        rules.append("range")
    start, end = lexemes[first.start].start, lexemes[(last.text_end or last.end) - 1].end
    unit_span = _unit_span(lexemes, last)
    return Quantity(
        start=start,
        end=end,
        kind=kind,
        shape=shape,
        value=value,
        low=low,
        high=high,
        unit=last.unit,
        unit_text=_unit_text(text, lexemes, last, unit_span),
        unit_span=unit_span,
        per=None if last.per is None else _per(text, lexemes, *last.per),
        mark=_mark(first, last) if is_range else last.mark,
        qualifiers=tuple([_span(text, lexemes, q.start, q.end) for q in sorted(qualifiers, key=lambda q: q.start)]),
        change=change,
        counterpart=None,
        rules=(*rules, *[f"bound.{q.phrase.replace(' ', '_')}" for q in qualifiers]),
    )


def _qualifiers(lexemes: Sequence[Lexeme], group: Group, ends_before: tuple[int, ...]) -> list[Qualifier]:
    first, last = group.first, group.last
    kind = last.kind or Kind.NUMBER
    found: list[Qualifier] = []
    stated = first.numeral.value if kind is Kind.FRACTION else first.value  # "some 85 of every 100"
    before = qualifier_before(lexemes, first.start, stated) or before_threshold(lexemes, first.start, last.end)
    before = before or set_off_before(lexemes, first.start, stated)
    if before is not None and _is_compared(lexemes, before, last.end):
        before = None
    # "weakened beyond 86 per dollar"
    if before is not None and (applies(before, kind) or prices_dollar(lexemes, last.end)):
        found = [] if _spans_time(lexemes, before, group, ends_before) else [before]
    if before is None and kind in _PRICED and not group.is_range:
        lowest = lowest_price(lexemes, first.start, last.end, kind, rated=last.per is not None)
        found = [] if lowest is None else [lowest]
    decade = decade_of_prices(lexemes, first.start, last.end)
    if decade is not None and kind is Kind.MONEY:
        return [decade]
    positions = [last.numeral.start + 1, last.numeral.end, last.end]  # "£30-plus million", "1,000+", "5kg or more"
    if last.noun is not None:
        positions.append(last.noun.end)
    for position in dict.fromkeys(positions):
        after = qualifier_after(lexemes, position)
        if after is not None:
            found.append(after)
            break
    if not found and (closing := closing_bound(lexemes, positions[-1])) is not None:
        found.append(closing)
    return found


def _is_compared(lexemes: Sequence[Lexeme], found: Qualifier, end: int) -> bool:
    """Whether two times are compared: "prices rose faster than a year ago"; "more than a year ago" bounds how long."""
    compares = found.phrase.endswith("er than") and " " not in found.phrase.removesuffix(" than")
    return compares and end < len(lexemes) and lexemes[end].lower in {"ago", "earlier", "before"}


def _spans_time(lexemes: Sequence[Lexeme], found: Qualifier, group: Group, ends_before: tuple[int, ...]) -> bool:
    """Whether "over" bounds nothing: "invest $10 billion over five years" says when; "for over five years" how long."""
    behind_amount = found.start in ends_before
    if found.phrase == "over" and group.last.kind is Kind.COUNT:
        return behind_amount and group.last.unit in word_set("amounts", "in_turn")  # "two runs over six innings"
    before = lexemes[found.start - 1].lower if found.start else ""
    if found.phrase == "over" and group.last.kind is Kind.LENGTH:
        measured = behind_amount and len(ends_before) == 1  # "averaged 17 mpg over 600 miles"
        return measured or before in _RACE_LEADERS  # "9.58 seconds over 100 metres"
    if found.phrase != "over" or group.last.kind is not Kind.DURATION:
        return False
    if before == "them" and "share.unit" in group.last.rules:
        return False  # "Trains ran 20 minutes late, half of them over 40"
    after = lexemes[group.last.end].lower if group.last.end < len(lexemes) else ""
    return before not in _OVER_LEADERS and after not in ("ago", "old", "late", "later", "earlier", "of")


def _bounds(group: Group, qualifiers: list[Qualifier]) -> tuple[Shape, Decimal | None, Decimal | None, Decimal | None]:
    first, last = group.first, group.last
    if group.is_range:
        return Shape.RANGE, None, first.value, last.value
    if last.value is None:
        return Shape.VAGUE, None, last.low, last.high
    if not qualifiers:
        return Shape.EXACT, last.value, None, None
    shapes = [q.shape for q in qualifiers]
    bounding = [shape for shape in shapes if shape is not Shape.APPROXIMATE]
    shape = bounding[0] if bounding else shapes[0]
    low = last.value if shape in (Shape.AT_LEAST, Shape.MORE_THAN) else None
    high = last.value if shape in (Shape.AT_MOST, Shape.LESS_THAN) else None
    return shape, last.value, low, high


def _change_of_multiple(lexemes: Sequence[Lexeme], amount: Amount) -> Change | None:
    if lexemes[amount.start].lower in _BASE_MULTIPLES and not is_doubled(lexemes, amount.start):
        return None  # "double the average" compares
    if amount.rules == ["multiple.word"] and amount.value is not None:
        return Change("up" if amount.value > 1 else "down", "by")
    return None


def _describes(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether the amount is tied to the noun behind it and is no level of its own: "slumped to a 12-month low"."""
    hyphen = lexemes[amount.numeral.end] if amount.numeral.end < len(lexemes) else None
    return hyphen is not None and hyphen.text in HYPHENS and hyphen.glued and amount.kind in _DESCRIBING


def _mark(first: Amount, last: Amount) -> CurrencyMark | None:
    """The mark of the last amount, unless only the first says which currency: "US $89 to $93 billion"."""
    told = first.mark is not None and first.mark.code is not None and last.mark is not None and last.mark.code is None
    return first.mark if told else last.mark


def _span(text: str, lexemes: Sequence[Lexeme], start: int, end: int) -> TextSpan:
    first, last = lexemes[start].start, lexemes[end - 1].end
    return TextSpan(text[first:last], first, last)


def _unit_span(lexemes: Sequence[Lexeme], amount: Amount) -> tuple[int, int] | None:
    if amount.unit_start is None or amount.unit_end is None or amount.unit_start >= amount.unit_end:
        return None
    return lexemes[amount.unit_start].start, lexemes[amount.unit_end - 1].end


def _unit_text(text: str, lexemes: Sequence[Lexeme], amount: Amount, span: tuple[int, int] | None) -> str | None:
    elsewhere = amount.noun_elsewhere
    if span is None and elsewhere is not None and elsewhere.unit == amount.unit:
        span = lexemes[elsewhere.start].start, lexemes[elsewhere.end - 1].end
    return None if span is None else text[span[0] : span[1]]


def _per(text: str, lexemes: Sequence[Lexeme], unit: str, start: int, end: int) -> Rate:
    return Rate(unit, text[lexemes[start].start : lexemes[end - 1].end])
