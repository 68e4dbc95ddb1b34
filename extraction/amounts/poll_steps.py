"""Steps and levels that leave out the points said before them: "up three points at 41", "slipped two to 29"."""

import itertools
from collections.abc import Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.index_names import names_politics
from extraction.amounts.ranges import Group
from extraction.changes.adjuncts import past_time
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.text.lexemes import Lexeme, at
from extraction.text.nouns import noun_follows

_REACH = 40  # lexemes from the points to a step without them
_LARGEST_STEP = 100
_TO_LEVEL = (["to"], ["at"], ["on"])
_POINTS = ("point", "percentage_point")


def settle_poll_steps(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """Makes bare steps with their levels points where the sentence has moved something by points before.

    As in "Labour was up three points at 41, the Greens were up one at 9"; behind the share of a party too: "The Greens
    were steady on 11 percent, ACT was up one at 9".
    """
    if len(groups) < 2:
        return
    moved: Group | None = None
    percent = False
    polled = any(_stands(lexemes, group) for group in groups) and names_politics(lexemes)
    for first, second in itertools.pairwise(groups):
        percent = percent or first.last.unit == "percent"
        if polled and _stands(lexemes, first):
            moved = first
        if _steps_to_percent(lexemes, first, second):
            first.last.settle(Kind.PERCENT, "percentage_point", "unit.percentage_point")
        if first.is_range or second.is_range or not moves_right_before(lexemes, first.first):
            continue
        gap = past_time([lexeme.lower for lexeme in lexemes[first.last.end : second.first.start]])
        shared = polled and "share.unit" in second.last.rules and second.last.unit == "percent"
        levelled = gap in _TO_LEVEL and (shared or _bare(lexemes, second.last))
        if first.last.unit in _POINTS:
            moved = first
            if levelled and gap == ["at"] and first.last.kind is Kind.INDEX:
                second.last.settle(Kind.INDEX, "point", "index.level")  # "was up three points at 41"
            continue
        if moved is None or first.first.start - moved.last.end > _REACH or not levelled:
            continue
        step = first.last
        if not _bare(lexemes, step) or step.value is None or step.value >= _LARGEST_STEP:
            continue
        kind, unit = moved.last.kind or Kind.INDEX, moved.last.unit
        unit = "percentage_point" if unit == "percent" else unit
        step.settle(kind, unit, "index.step")
        shares = percent and kind is Kind.PERCENT
        second.last.settle(kind, "percent" if shares else unit, "index.level")


def _stands(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """As in "steady on 11 percent": a share that nothing has moved by its own size."""
    return group.last.unit == "percent" and not group.is_range and at(lexemes, group.first.start - 1) in ("on", "at")


def _steps_to_percent(lexemes: Sequence[Lexeme], first: Group, second: Group) -> bool:
    """As in "by 0.3 of a point to 1.9%", not "fell 40 points to 3% below its peak"."""
    step, level = first.last, second.last
    if first.is_range or step.unit != "point" or level.unit != "percent" or step.value is None:
        return False
    beside = level.start - step.end == 1 and lexemes[step.end].lower == "to"
    return beside and step.value < _LARGEST_STEP and at(lexemes, level.end) not in ("above", "below", "of", "off")


def _bare(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether the number counts nothing that the text names, and no noun follows."""
    plain = amount.kind is Kind.NUMBER or (amount.kind is Kind.COUNT and amount.noun is None)
    return plain and amount.mark is None and amount.numeral.magnitude is None and not noun_follows(lexemes, amount.end)
