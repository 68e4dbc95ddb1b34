"""Steps of shares without their points: "Sinn Féin (24%, up 1)", "at 19 per cent (down three)", "slipped two to 29"."""

import itertools
from collections.abc import Sequence

from extraction.changes.adjuncts import past_time
from extraction.changes.verbs_before import moves_right_before
from extraction.claims import Kind
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.index_names import names_politics
from extraction.text.lexemes import Lexeme, at, words_between
from extraction.text.nouns import is_plural, noun_follows
from extraction.text.words import word_set

_WAYS = ("up", "down")
_OPENERS = ("(", ",")
_PERCENT = word_set("cues", "percent_words")
_BEFORE_LEVELS = ("on", "at", "to")
_LARGEST = 100
_MEASURED = frozenset((Kind.LENGTH, Kind.MASS, Kind.TEMPERATURE, Kind.SPEED, Kind.VOLUME, Kind.PRESSURE))
_RAISED = (["(", "+"], [",", "+"], [";", "+"])
_LOWERED = (["("], [","], [";"])


def settle_step_of_share(lexemes: Sequence[Lexeme], share: Group, group: Group) -> None:
    """Makes points of a bare number right behind a percentage: "19% (-2)", "6% (+1)", "24 per cent, up three.".

    In brackets the two may stand together: "Smith (Lab) 12,345 (45.2%, +3.1)".
    """
    amount = group.last
    if share.last.kind in _MEASURED:
        _settle_measured_step(lexemes, share, group)
        return
    if (
        share.last.unit not in ("percent", "percentage_point")
        or share.is_range
        or group.is_range
        or amount.value is None
    ):
        return
    gap = words_between(lexemes, share.last.end, amount.start)
    moved = len(gap) == 2 and gap[0] in _OPENERS and gap[1] in _WAYS
    signed = gap in _RAISED or (gap in _LOWERED and amount.value < 0)
    if not (moved or signed) or abs(amount.value) >= _LARGEST:
        return
    inside = at(lexemes, amount.end) == ")"
    behind = (
        moved and gap[0] == "," and at(lexemes, amount.end) in _ENDS and not moves_right_before(lexemes, share.first)
    )
    if inside or behind:
        amount.settle(Kind.PERCENT, "percentage_point", "percent.step")


def _settle_measured_step(lexemes: Sequence[Lexeme], level: Group, group: Group) -> None:
    """Gives a step behind "up" or "down" the unit of its level: "31.2 feet, up 0.4; flood stage 18"."""
    gap = words_between(lexemes, level.last.end, group.first.start)
    moved = gap in ([",", "up"], [",", "down"]) and not (level.is_range or group.is_range)
    if moved and at(lexemes, group.last.end) in _ENDS and level.last.kind is not None:
        group.last.settle(level.last.kind, level.last.unit, "measure.step")


def with_share(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether a count has its share in brackets: "compared with 51 (6.2%) on placebo", "112 (17 per cent)"."""
    if at(lexemes, amount.end) != "(" or amount.end + 2 >= len(lexemes) or not lexemes[amount.end + 1].is_number:
        return False
    unit = at(lexemes, amount.end + 2)
    return unit in _PERCENT or [unit, at(lexemes, amount.end + 3)] == ["per", "cent"]


def is_step_of_share(amount: Amount) -> bool:
    """Whether the amount says by how much the share in front moved; what follows goes on with that."""
    return "percent.step" in amount.rules


_ENDS = ("", ".", ",", ";", "!")


def is_step_in_brackets(lexemes: Sequence[Lexeme], start: int, end: int) -> bool:
    """Whether the word at lexemes ``start:end`` says by how much what stands before moved: "30 seats (up one)"."""
    if start < 3 or at(lexemes, end) != ")" or at(lexemes, start - 1) not in _WAYS:
        return False
    noun = lexemes[start - 3]
    level = noun.is_number and at(lexemes, start - 4) in _BEFORE_LEVELS  # "the Greens on 14 (down one)"
    return lexemes[start - 2].text in _OPENERS and (noun.lower in _PERCENT or is_plural(noun.text) or level)


_REACH = 40  # lexemes from the points to a step without them
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
        if not _bare(lexemes, step) or step.value is None or step.value >= _LARGEST:
            continue
        kind, unit = moved.last.kind or Kind.INDEX, moved.last.unit
        unit = "percentage_point" if unit == "percent" else unit
        step.settle(kind, unit, "index.step")
        shares = percent and kind is Kind.PERCENT
        second.last.settle(kind, "percent" if shares else unit, "index.level")


def _stands(lexemes: Sequence[Lexeme], group: Group) -> bool:
    """Whether a share stands behind "on" or "at", so that nothing has moved by its own size: "steady on 11 percent"."""
    return group.last.unit == "percent" and not group.is_range and at(lexemes, group.first.start - 1) in ("on", "at")


def _steps_to_percent(lexemes: Sequence[Lexeme], first: Group, second: Group) -> bool:
    """Whether the amounts are a step in points and the percentage it led to: "by 0.3 of a point to 1.9%", not "fell 40
    points to 3% below its peak"."""
    step, level = first.last, second.last
    if first.is_range or step.unit != "point" or level.unit != "percent" or step.value is None:
        return False
    beside = level.start - step.end == 1 and lexemes[step.end].lower == "to"
    return beside and step.value < _LARGEST and at(lexemes, level.end) not in ("above", "below", "of", "off")


def _bare(lexemes: Sequence[Lexeme], amount: Amount) -> bool:
    """Whether the number counts nothing that the text names, and no noun follows."""
    plain = amount.kind is Kind.NUMBER or (amount.kind is Kind.COUNT and amount.noun is None)
    return plain and amount.mark is None and amount.numeral.magnitude is None and not noun_follows(lexemes, amount.end)
