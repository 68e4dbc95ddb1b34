"""What spreads around a mean: "42 ± 7 years" of age, "The mean (SD) age was 63.4 (9.8) years"."""

import itertools
from collections.abc import Sequence

from extraction.amounts.amount import Amount, at, copy_unit
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set
from extraction.units.match import match_unit

_TO_AGE = 6  # lexemes
_LONGEST_SIGN = 3  # lexemes of "+/-"


def settle_spreads(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes ages of years around a mean age, and gives a mean the unit that stands behind its spread in brackets."""
    for first, second in itertools.pairwise(groups):
        mean, spread = first.last, second.last
        if first.is_range or second.is_range or not 0 < spread.start - mean.end <= _LONGEST_SIGN:
            continue
        if _in_brackets(lexemes, mean, spread):
            _settle_behind_brackets(lexemes, mean, spread)
        signed = at(lexemes, spread.start - 1) in ("±", "-", "(") and spread.unit == "year"
        if signed and mean.unit == "year" and _of_age(lexemes, mean.start):
            mean.kind = spread.kind = Kind.AGE
            mean.rules.append("age.spread")


def _in_brackets(lexemes: Sequence[Lexeme], mean: Amount, spread: Amount) -> bool:
    between = [lexeme.text for lexeme in lexemes[mean.end : spread.start]]
    plain = mean.kind in _PLAIN and spread.kind in _PLAIN and mean.noun is None and spread.noun is None
    return plain and between in _OPENERS and at(lexemes, spread.end) == ")"


_PLAIN = frozenset((Kind.NUMBER, Kind.COUNT, Kind.AGE))
_OPENERS = (["("], ["(", "±"])


def _settle_behind_brackets(lexemes: Sequence[Lexeme], mean: Amount, spread: Amount) -> None:
    match = match_unit(lexemes, spread.end + 1) if spread.end + 1 < len(lexemes) else None
    if match is None or match.per is not None:
        return
    spread.settle(match.unit.kind, match.unit.name, "unit.behind_brackets")
    spread.unit_start, spread.unit_end = spread.end + 1, match.end
    copy_unit(mean, spread)


def _of_age(lexemes: Sequence[Lexeme], start: int) -> bool:
    return any(word.lower in word_set("cues", "age_words") for word in lexemes[max(0, start - _TO_AGE) : start])
