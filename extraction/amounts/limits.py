"""Bare numbers of limits beside what broke them: "147km/h in an 80 zone", "98 micrograms; the legal limit is 35"."""

from collections.abc import Sequence

from extraction.amounts.amount import Amount, copy_unit
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set

_ZONES = word_set("cues", "speed_zones")
_STATED = word_set("cues", "limits_stated")
_LONGEST_ASIDE, _MOST_BETWEEN = 40, 6  # lexemes and amounts from a measure to its limit


def settle_limit(lexemes: Sequence[Lexeme], measured: Sequence[Group], group: Group) -> None:
    """Gives the speed of a zone, or a limit of what was measured, the unit that the text does not repeat.

    As in "142km/h in a 60 zone", "187 milligrams in 100 millilitres of blood; the legal limit is 80"; "94 in a 70 zone"
    has no unit. How long it is measured for stands between: "118 µg/m3, vs a 24-hour standard of 35".
    """
    amount = group.last
    if amount.value is None:
        return
    if _in_zone(lexemes, amount.start, amount.end):
        speed = measured[-1].last if measured and measured[-1].last.kind is Kind.SPEED else None
        _settle(amount, speed)
    elif at(lexemes, amount.end) == "in" and _in_zone(lexemes, amount.end + 2, amount.end + 3):
        _settle(amount, None)
    elif at(lexemes, amount.start - 1) in _STATED and at(lexemes, amount.start - 2) in _LIMITS:
        masses = [told.last for told in measured[-_MOST_BETWEEN:] if _has_dose(told.last)]
        near = bool(masses) and amount.start - masses[-1].end <= _LONGEST_ASIDE and at(lexemes, amount.end) in _ENDS
        if near and _is_same_limit(lexemes, masses[-1].end, amount.start - 3):
            copy_unit(amount, masses[-1])


_LIMITS = word_set("cues", "limits")


def _is_same_limit(lexemes: Sequence[Lexeme], start: int, k: int) -> bool:
    """Whether the word at ``k`` leaves the limit one of what was measured; behind a semicolon it has to say so.

    As in "187 milligrams; the legal limit is 80"; not in "187 mg; the age threshold is 18".
    """
    kind = at(lexemes, k)
    parted = any(lexeme.text == ";" for lexeme in lexemes[start:k])
    return kind in word_set("cues", "limits_of_doses") if parted else kind not in word_set("cues", "other_limits")


def _has_dose(amount: Amount) -> bool:
    return amount.kind is Kind.MASS or (amount.kind is Kind.OTHER and amount.unit is not None)


_ENDS = frozenset(("", ".", ",", ";", ")", "and"))


def _in_zone(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """As in "in an 80 zone", "in a 30 area"."""
    led = at(lexemes, start - 1) in ("a", "an") and at(lexemes, start - 2) == "in"
    return led and start < len(lexemes) and lexemes[start].is_number and at(lexemes, end) in _ZONES


def _settle(amount: Amount, speed: Amount | None) -> None:
    if speed is None:
        amount.settle(Kind.NUMBER, None, "number.speed_limit")
    else:
        copy_unit(amount, speed)
