"""The amount that another one was: "sells 4,000 bikes in 12 countries, up from 2,500"."""

from collections.abc import Sequence

from extraction.changes.gapped import Placed
from extraction.claims import Kind
from extraction.quantity import Quantity

_NO_LEVELS = frozenset((Kind.DURATION, Kind.AGE, Kind.MULTIPLE, Kind.FRACTION))


def past_other_kinds(placed: Sequence[Placed], position: int, was: Quantity) -> int:
    """The level in front of other amounts: "sells 4,000 bikes in 12 countries, up from 2,500"; else ``position``."""
    for other in range(position, max(-1, position - _MOST_PASSED), -1):
        level = placed[other][1]
        if is_level_of(level, was):
            return other
        if level.change is not None or (level.kind, level.unit) == (was.kind, was.unit):
            break
    return position


_MOST_PASSED = 3


def is_level_of(level: Quantity, was: Quantity) -> bool:
    """Whether both are levels of one measure, and the first may have moved from the second."""
    shares = {level.kind, was.kind} == {Kind.PERCENT, Kind.FRACTION}  # "19 per cent in April, down from a quarter"
    same = (level.kind is was.kind and level.unit == was.unit) or (shares and "percent" in (level.unit, was.unit))
    same = same and level.counterpart is None
    return same and (level.change is None or level.change.role == "to")


def may_be_level(placed: Sequence[Placed], position: int, was: Quantity) -> bool:
    """Whether the amount at ``position`` may be what a number without a unit or with another noun was.

    As in "390,000 barrels a day, up from the current 265,000", "64 rhinos, up from the first six animals"; not in
    "300 homes in 12 wards, up from 210 flats".
    """
    level = placed[position][1]
    if level.change is not None or level.counterpart is not None or level.kind in _NO_LEVELS:
        return False
    alone = position == 0 or placed[position - 1][1].kind is not level.kind
    return alone and ((was.kind is Kind.NUMBER and was.unit is None) or level.kind is was.kind is Kind.COUNT)
