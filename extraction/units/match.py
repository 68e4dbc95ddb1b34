"""Finds the unit behind a number: "km", "per cent", "square feet", "miles per hour"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extraction.claims import Kind
from extraction.text.lexemes import Lexeme
from extraction.text.surfaces import HYPHENS
from extraction.units.denominators import DenominatorMatch, denominator
from extraction.units.table import Unit, table, unit_named

_PURE = frozenset((Kind.PERCENT, Kind.INDEX))


class UnitMatch(NamedTuple):
    """A unit that ends before lexeme ``end``.

    ``per`` is the name of the denominator ("km/h", "miles per hour"), which begins at lexeme ``per_start``; that
    is None when one word holds both ("mph").
    """

    unit: Unit
    end: int
    per: str | None = None
    per_start: int | None = None


def match_unit(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool = False) -> UnitMatch | None:
    """The longest unit that starts at lexeme ``i``, the lexeme after a number (or after its hyphen), or None.

    ``after_currency`` leaves out spellings that are unsafe behind an amount of money ("$5m", "$3 in").
    """
    reading, end = table().after_number.longest(lexemes, i, after_currency=after_currency)
    if reading is None:
        return None
    unit, per = reading.meaning.unit, reading.meaning.per
    if per is not None:
        return UnitMatch(_over(unit, per), end, per)
    below = None if unit.kind in _PURE else _physical_denominator(lexemes, end)
    if below is None:
        return UnitMatch(unit, end)
    return UnitMatch(_over(unit, below.unit), below.end, below.unit, end)


def _physical_denominator(lexemes: Sequence[Lexeme], i: int) -> DenominatorMatch | None:
    """What ``denominator`` reads after a unit, where "a" and "an" take units of time alone: "50 km an hour"."""
    match = denominator(lexemes, i)
    if match is None:
        return None
    j = i + 1 if lexemes[i].text in HYPHENS else i
    unit = unit_named(match.unit)
    if lexemes[j].lower in ("per", "/", "to") or (unit is not None and unit.kind is Kind.DURATION):
        return match
    return None


def _over(unit: Unit, per: str) -> Unit:
    """``unit`` with the kind that it has over ``per``: a length over a short time is a speed."""
    if unit.kind is Kind.LENGTH and per in table().denominators.speed:
        return replace(unit, kind=Kind.SPEED)
    return unit
