"""Steps and levels of lines that write signs for verbs: "LME copper -0.5% at $8,412", "131.50, +1.2%"."""

from collections.abc import Sequence

from extraction.changes.gapped import Placed
from extraction.changes.signs import ends_name, sign_before
from extraction.claims import Change, Kind
from extraction.quantity.quantity import Quantity
from extraction.text.lexemes import Lexeme
from extraction.text.words import word_set

# What these say with a sign is by how much they moved, for they are never below nothing.
_MEASURED = frozenset((Kind.MASS, Kind.VOLUME, Kind.ENERGY, Kind.POWER))
_TO_LEVEL = frozenset(("to", "at", "@"))


def settle_signs(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives signed amounts their direction where they are steps: behind what moves, behind a level or before one."""
    for position, (group, quantity) in enumerate(placed):
        sign = -1 if quantity.change is not None or group.is_range else sign_before(lexemes, group.first.start)
        if sign > 0 and _is_step(lexemes, placed, position, sign):
            quantity.change = Change("up" if lexemes[sign].text == "+" else "down", "by")


def _is_step(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int, sign: int) -> bool:
    quantity, before = placed[position][1], lexemes[sign - 1]
    if before.text == ")" and sign > _TICKER and lexemes[sign - _TICKER].text == "(":
        before = lexemes[sign - _TICKER - 1]  # "Acme (ACM) +12%"
    if before.text in (",", ";") and _follows_step(lexemes, placed, position):
        return True
    if before.text in (",", "(") or (position and _end(placed[position - 1]) == sign):
        return position > 0 and _behind_level(placed, position, sign)
    if before.lower == "now" and quantity.kind is Kind.PERCENT:
        return position > 0 and placed[position - 1][1].kind is Kind.PERCENT  # "opened down 9%, now -6.4%"
    if not ends_name(before):
        return False
    if quantity.kind is Kind.MONEY and quantity.per is not None:
        return True  # "Gulf Coast gasoline +4.5c/gal": no price is below nothing
    if quantity.kind is Kind.PERCENT:
        levels = word_set("cues", "signed_levels")
        return before.lower not in levels or (quantity.unit == "basis_point" and _reaches(lexemes, placed, position))
    if quantity.kind is Kind.INDEX:
        return before.lower not in word_set("cues", "moods", "signed_levels")
    scaled = quantity.kind is Kind.COUNT and placed[position][0].last.numeral.magnitude is not None
    return quantity.kind in _MEASURED or scaled or _reaches(lexemes, placed, position)


_TICKER = 3  # lexemes of "(ACM)"


def _follows_step(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> bool:
    """Whether a step of the same unit, behind a sign too, stands in front: "CPI +0.2% m/m; +3.2% y/y"."""
    earlier, quantity = placed[position - 1] if position else placed[position], placed[position][1]
    moved = earlier[1].change is not None and earlier[1].change.role == "by"
    return moved and earlier[1].unit == quantity.unit and sign_before(lexemes, earlier[0].first.start) >= 0


def _end(placed: Placed) -> int:
    """Where an amount ends with its noun and its rate."""
    last = placed[0].last
    end = last.end if last.noun is None else last.noun.end
    return end if last.per is None else max(end, last.per[2])


def _behind_level(placed: Sequence[Placed], position: int, sign: int) -> bool:
    """Whether a level that the signed amount can be a step to stands right in front of its sign or bracket.

    As in "17,354.14, -1.2%", "$131.50/t (+1.2%)", "0.675%, +1.5bp", "€228.25/t, -€1.50".
    """
    level, quantity = placed[position - 1][1], placed[position][1]
    if _end(placed[position - 1]) not in (sign, sign - 1):
        return False
    if level.kind is Kind.PERCENT:
        return quantity.unit == "basis_point" and level.unit == "percent"
    if quantity.kind is Kind.PERCENT:
        return level.change is None or level.change.role == "to"
    if level.value is None or quantity.value is None or not _alike(level, quantity):
        return False
    return level.change is None and abs(level.value) > 3 * abs(quantity.value)


def _reaches(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> bool:
    """Whether the level that the step leads to stands behind it: "+4.5p at 123.5p", "+1,012.5 (+1.65%) at 62,493.1"."""
    other = position + 1
    if other < len(placed) and lexemes[placed[other][0].first.start - 1].text in ("(", "+"):
        other += 1
    if other >= len(placed):
        return False
    group, level = placed[other]
    quantity = placed[position][1]
    if lexemes[group.first.start - 1].lower not in _TO_LEVEL or level.value is None or quantity.value is None:
        return False
    near = group.first.start - _end(placed[other - 1]) <= _LONGEST_GAP
    yields = quantity.unit == "basis_point" and level.unit == "percent"
    return near and (yields or (_alike(level, quantity) and abs(level.value) > 3 * abs(quantity.value)))


_LONGEST_GAP = 2  # lexemes: ") at"


def _alike(level: Quantity, step: Quantity) -> bool:
    """Whether both are of one measure: a currency and its hundredths, points and an index, two numbers."""
    if level.mark is not None or step.mark is not None:
        return level.kind is step.kind
    plain = (Kind.NUMBER, Kind.COUNT, Kind.INDEX)
    return level.kind is step.kind or (level.kind in plain and step.kind in plain)
