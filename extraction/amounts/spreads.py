"""What spreads around a mean: "42 ± 7 years" of age, "The mean (SD) age was 63.4 (9.8) years"."""

import itertools
from collections.abc import Sequence

from extraction.claims import Kind
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set
from extraction.units.match import match_unit

_TO_AGE = 6  # lexemes
_LONGEST_SIGN = 3  # lexemes of "+/-"


def settle_spreads(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes ages of years around a mean age, and gives a mean the unit that stands behind its spread in brackets."""
    for first, second in itertools.pairwise(groups):
        mean, spread = first.last, second.last
        if mean.unit is not None and mean.kind in _SPREAD and not first.is_range:
            _settle_range(lexemes, mean, second)
        if first.is_range or not 0 < second.first.start - mean.end <= _LONGEST_SIGN:
            continue
        if _is_spread_in_brackets(lexemes, mean, second):
            _settle_behind_brackets(lexemes, mean, second)
        signed = at(lexemes, second.first.start - 1) in ("±", "-", "(") and spread.unit == "year"
        if signed and mean.unit == "year" and _of_age(lexemes, mean.start):
            mean.kind = spread.kind = Kind.AGE
            mean.rules.append("age.spread")


def settle_intervals(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Gives an interval around a level the unit of that level: "a change of −1.8 kg (95% CI −2.4 to −1.2)"."""
    for position in range(2, len(groups)):
        group, level = groups[position], groups[position - 2].last
        last, value = group.last, level.value
        if not group.is_range or last.kind not in _PLAIN or last.unit is not None or value is None:
            continue
        near = lexemes[max(0, group.first.start - _LONGEST_LEAD) : group.first.start]
        if word_set("cues", "interval_words").isdisjoint(word.lower for word in near) or level.kind in _PLAIN:
            continue
        low, high = group.first.value, last.value
        if (
            groups[position - 1].last.unit == "percent"
            and low is not None
            and high is not None
            and (low <= value <= high or low <= -value <= high)  # "fell by 3.4 points (95% CI, -5.0 to -1.8)"
        ):
            copy_unit(group.first, level)
            copy_unit(last, level)


def _settle_range(lexemes: Sequence[Lexeme], mean: Amount, group: Group) -> None:
    """Gives the spread of a mean, in brackets or behind a comma, what the mean measures: "Median age was 63 years (IQR
    55-71)", "54 (range 18-81)", "a median of 36 months (IQR, 24-48)"."""
    between = [lexeme.lower for lexeme in lexemes[mean.end : min(group.first.start, mean.end + _LONGEST_LEAD)]]
    near = group.first.start - mean.end <= _LONGEST_LEAD and between[:1] in (["("], [","], ["["])
    if not near or word_set("amounts", "spread_words").isdisjoint(between):
        return
    if mean.kind is Kind.AGE and group.last.unit in (None, "year"):
        group.first.kind, group.first.unit = Kind.AGE, "year"
        group.last.settle(Kind.AGE, "year", "age.spread")
    elif mean.kind is not Kind.AGE and group.is_range and group.last.kind in _PLAIN and group.last.unit is None:
        copy_unit(group.first, mean)
        copy_unit(group.last, mean)


_SPREAD = frozenset(
    (Kind.AGE, Kind.PERCENT, Kind.DURATION, Kind.LENGTH, Kind.MASS, Kind.VOLUME, Kind.INDEX, Kind.TEMPERATURE)
)
_LONGEST_LEAD = 4  # lexemes of "(IQR: "


def _is_spread_in_brackets(lexemes: Sequence[Lexeme], mean: Amount, group: Group) -> bool:
    """Whether a bare number has another in brackets right behind it."""
    between, spread = [lexeme.text for lexeme in lexemes[mean.end : group.first.start]], group.last
    plain = mean.kind in _PLAIN and spread.kind in _PLAIN and mean.noun is None and spread.noun is None
    return plain and between in _OPENERS and at(lexemes, spread.end) == ")"


_PLAIN = frozenset((Kind.NUMBER, Kind.COUNT, Kind.AGE))
_OPENERS = (["("], ["(", "±"])


def _settle_behind_brackets(lexemes: Sequence[Lexeme], mean: Amount, group: Group) -> None:
    """Gives a mean and its spread the unit behind the brackets: "63.4 (9.8) years", "5.4 (3.2-7.8) years"."""
    spread = group.last
    match = match_unit(lexemes, spread.end + 1) if spread.end + 1 < len(lexemes) else None
    if match is None or match.per is not None:
        return
    spread.settle(match.unit.kind, match.unit.name, "unit.behind_brackets")
    spread.unit_start, spread.unit_end = spread.end + 1, match.end
    copy_unit(mean, spread)
    if group.is_range:
        copy_unit(group.first, spread)


def _of_age(lexemes: Sequence[Lexeme], start: int) -> bool:
    return any(word.lower in word_set("amounts", "age_words") for word in lexemes[max(0, start - _TO_AGE) : start])
