"""Levels that leave out what was said beside them: "a third below the peak of 51,015", "147km/h in an 80 zone"."""

from collections.abc import Sequence

from extraction.amounts.closing import closes
from extraction.amounts.elided_units import comparable
from extraction.claims import SHARES, Kind
from extraction.counts.people import lead, leader
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.group import Group
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set

_BESIDE = word_set("amounts", "beside_levels")
_LONGEST_LEVEL = 8  # lexemes of "well below the 2022 peak of"
_LONGEST_ASIDE = 6  # lexemes of "in the year to May,"


def settle_level_beside(lexemes: Sequence[Lexeme], measured: Sequence[Group], group: Group) -> bool:
    """Gives the bare number of a level the unit of what it is compared with; says whether it did.

    As in "Consents rose to 34,982, well below the 2022 peak of 51,015"; by how much may stand in front of "below".
    """
    amount, of = group.last, lead(lexemes, group)
    level = of > 0 and lexemes[of].lower == "of" and lexemes[of - 1].lower in word_set("cues", "levels_of_counts")
    if not level or not closes(lexemes, amount.end):
        return False
    near = range(of - 1, max(-1, of - _LONGEST_LEVEL), -1)
    beside = next((k for k in near if lexemes[k].text == "," or lexemes[k].lower in _BESIDE), 0)
    step = measured[-1]
    stepped = step.last.kind in SHARES and step.last.end == beside and len(measured) > 1
    source = measured[-2] if stepped else step
    if at(lexemes, beside) not in _BESIDE or source.last.kind is not Kind.COUNT or source.is_range:
        return False
    opens = lead(lexemes, step) if stepped else _past_shades(lexemes, beside)
    end = source.last.end if source.last.noun is None else source.last.noun.end
    if at(lexemes, opens) != "," or not end <= opens <= end + _LONGEST_ASIDE or not comparable(source.last, amount):
        return False
    if not amount.whole:
        return False
    amount.settle(Kind.COUNT, source.last.unit, "count.antecedent")
    amount.noun_elsewhere = source.last.noun or source.last.noun_elsewhere
    return True


def settle_compared(lexemes: Sequence[Lexeme], counted: Group, group: Group) -> None:
    """Makes the number held against a count a count of the same, where both leave out what it is: "On the drug 412 had
    a stroke, against 523 in the other group"."""
    source, amount = counted.last, group.last
    compared = leader(lexemes, group) in ("against", "versus", "vs")
    if amount.whole and compared and source.kind is Kind.COUNT and source.noun is None and closes(lexemes, amount.end):
        amount.settle(Kind.COUNT, source.unit, "count.antecedent")


def _past_shades(lexemes: Sequence[Lexeme], beside: int) -> int:
    """The lexeme in front of "below", past words that shade it: "well below", "still far below"."""
    k = beside - 1
    while k > 0 and beside - k <= _MOST_SHADES and lexemes[k].lower in word_set("amounts", "shades_beside_levels"):
        k -= 1
    return k


_MOST_SHADES = 3


_ZONES = word_set("cues", "speed_zones")
_STATED = word_set("amounts", "limits_stated")
_LIMIT_REACH, _MOST_BETWEEN = 40, 6  # lexemes and amounts from a measure to its limit


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
        _settle_speed(amount, speed)
    elif at(lexemes, amount.end) == "in" and _in_zone(lexemes, amount.end + 2, amount.end + 3):
        _settle_speed(amount, None)
    elif at(lexemes, amount.start - 1) in _STATED and at(lexemes, amount.start - 2) in _LIMITS:
        masses = [told.last for told in measured[-_MOST_BETWEEN:] if _has_dose(told.last)]
        near = bool(masses) and amount.start - masses[-1].end <= _LIMIT_REACH and at(lexemes, amount.end) in _ENDS
        if near and _is_same_limit(lexemes, masses[-1].end, amount.start - 3):
            copy_unit(amount, masses[-1])


_LIMITS = word_set("amounts", "limits")


def _is_same_limit(lexemes: Sequence[Lexeme], start: int, k: int) -> bool:
    """Whether the word at ``k`` leaves the limit one of what was measured; behind a semicolon it has to say so.

    As in "187 milligrams; the legal limit is 80"; not in "187 mg; the age threshold is 18".
    """
    kind = at(lexemes, k)
    parted = any(lexeme.text == ";" for lexeme in lexemes[start:k])
    return kind in word_set("amounts", "limits_of_doses") if parted else kind not in word_set("amounts", "other_limits")


def _has_dose(amount: Amount) -> bool:
    return amount.kind is Kind.MASS or (amount.kind is Kind.OTHER and amount.unit is not None)


_ENDS = frozenset(("", ".", ",", ";", ")", "and"))


def _in_zone(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the number at lexemes ``start:end`` is the speed limit of a zone: "in an 80 zone", "in a 30 area"."""
    led = at(lexemes, start - 1) in ("a", "an") and at(lexemes, start - 2) == "in"
    return led and start < len(lexemes) and lexemes[start].is_number and at(lexemes, end) in _ZONES


def _settle_speed(amount: Amount, speed: Amount | None) -> None:
    if speed is None:
        amount.settle(Kind.NUMBER, None, "number.speed_limit")
    else:
        copy_unit(amount, speed)
