"""Joins the two ends of a range to one group ("5 to 10 per cent"), but no step to a level ("up 2 to 10")."""

from collections.abc import Sequence
from decimal import Decimal

from extraction.amounts.joints import gap_between, is_times, joined, level_in_major
from extraction.amounts.said_ranges import next_tens
from extraction.changes.moved_between import carries_between, goes_between
from extraction.changes.signs import steps_to_level
from extraction.changes.time_moved import lengthening_before
from extraction.changes.verbs_before import direction_before, moves_object_before, moves_right_before
from extraction.claims import Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.quantity.amount import Amount
from extraction.quantity.group import Group
from extraction.text.index_names import names_politics
from extraction.text.lexemes import Lexeme, at
from extraction.text.number_pairs import in_blood_pressure, in_vote_pair
from extraction.text.word_classes import in_class
from extraction.text.words import word_set


def join_ranges(lexemes: Sequence[Lexeme], amounts: list[Amount]) -> list[Group]:
    """The amounts in their order, the two ends of a range as one group."""
    groups: list[Group] = []
    i = 0
    while i < len(amounts):
        first = last = amounts[i]
        second = amounts[i + 1] if i + 1 < len(amounts) else None
        if second is not None and _is_step_in_poll(lexemes, first, second):
            first.unit, first.unit_start, first.unit_end = "percentage_point", None, None
        elif (
            second is not None
            and (_is_range(lexemes, first, second) or _is_range_before(lexemes, groups, first, second))
            and not _steps_again(lexemes, groups, first, second)
        ):
            last = second
        groups.append(Group(first, last))
        i += 1 if first is last else 2
    return groups


def _is_range(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    join = joined(lexemes, first, second)
    if join not in ("range", "or") or first.value is None or second.value is None:
        return False
    if not _same_unit(first, second) or first.value > second.value:
        return False
    if join == "or":
        words = not (first.numeral.in_digits and second.numeral.in_digits)  # "nine or 10 feet"
        if not words and first.mark is None:
            return next_tens(lexemes, first, second)
        step = second.numeral.magnitude or Decimal(1)
        return words and first.value < second.value <= first.value + 2 * step and first.value > 0
    moves = gap_between(lexemes, first, second) == "to" and (
        _is_movement(lexemes, first, second) or steps_to_level(lexemes, first, second)
    )
    paired = in_vote_pair(lexemes, first.start) or in_blood_pressure(lexemes, first.start)
    return first.value < second.value and not moves and not paired


def _steps_again(lexemes: Sequence[Lexeme], groups: Sequence[Group], first: Amount, second: Amount) -> bool:
    """Whether a step and a level are told without the verb again: "Copper fell $84 to $9,412, zinc $11 to $2,845"."""
    if first.mark is None or not _far_above(first.value, second.value):
        return False
    start = first.start
    for k in range(len(groups) - 2, max(-2, len(groups) - 2 * _MOST_AGAIN), -2):
        if k < 0:
            break
        step, level = groups[k].last, groups[k + 1].first
        between = lexemes[level.end : start]
        joints = [at for at, lexeme in enumerate(between[:-1]) if lexeme.lower in _JOINTS]
        if len(joints) != 1 or len(between) > _LONGEST_OTHER or between[-1].lower in _BEFORE_EARLIER:
            return False
        if in_class(between[joints[0] + 1], "prepositions") or gap_between(lexemes, step, level) != "to":
            return False
        if moves_right_before(lexemes, step):
            return True
        start = step.start
    return False


_MOST_AGAIN = 6
_JOINTS = frozenset((",", ";", "and", "while"))
_LONGEST_OTHER = 6  # lexemes of "a tonne , light sweet crude"


def _is_step_in_poll(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether the amounts are a fall by points and the level it led to: "Labour fell two to 31 per cent"; "prices rose
    two to three per cent" spans."""
    shared = second.unit == "percent" and "share.unit" in first.rules and gap_between(lexemes, first, second) == "to"
    if not shared or not _far_above(first.value, second.value) or not moves_right_before(lexemes, first):
        return False
    clause = lexemes[max(0, first.start - _POLL_REACH) : first.start]
    return names_politics(clause)


_POLL_REACH = 8


def _is_range_before(lexemes: Sequence[Lexeme], groups: Sequence[Group], first: Amount, second: Amount) -> bool:
    """Whether a range tells what the level was before: "to 2% to 3% from 4% to 5%", "to 2% from 4% to 5%"."""
    if not groups or gap_between(lexemes, first, second) != "to":
        return False
    if not groups[-1].is_range and at(lexemes, groups[-1].first.start - 1) != "to":
        return False
    gap = [lexeme.lower for lexeme in lexemes[groups[-1].last.end : first.start] if lexeme.lower not in _BEFORE_EARLIER]
    rises = first.value is not None and second.value is not None and first.value < second.value
    return gap == ["from"] and rises and _same_unit(first, second) and _same_unit(groups[-1].last, second)


def _same_unit(first: Amount, second: Amount) -> bool:
    if first.mark is not None and second.mark is not None:
        codes = {first.mark.code, second.mark.code} - {None}
        # "by 50p to £7" is a step and a level
        return len(codes) <= 1 and first.kind is second.kind and first.mark.scale == second.mark.scale
    if first.kind is not second.kind or first.unit != second.unit:
        return False
    return first.kind is not Kind.MULTIPLE or is_times(second)


def _is_movement(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """Whether two amounts are both ends, or the step and the level, of a move: "rose from 5% to 6%" and "rose by $1 to
    $9"; "ranges from 5% to 6%" and "a fine from $1 to $2" do not.

    Behind "by" or the verb itself stands a step and a level when each has its own unit and the level is the larger by
    far ("rose 12 cents to 83 cents"); else a range of steps ("by 1 to 1.5 degrees", "rose 2% to 3%").
    """
    if level_in_major(lexemes, first, second):
        return True
    k = first.start - 1
    while k > 0 and lexemes[k].lower in _BEFORE_EARLIER:
        k -= 1
    if k >= 0 and (moves_right_before(lexemes, first) or moves_object_before(lexemes, first)):
        if first.bare and counted_noun(lexemes, second.end, second.value) is not None:
            return False  # "added 10 to 50 jobs"
        return "share.unit" not in first.rules and _far_above(first.value, second.value)
    if k < 0 or lexemes[k].lower not in ("from", "by"):
        return False
    if lexemes[k].lower == "by" and ("share.unit" in first.rules or not _far_above(first.value, second.value)):
        return False
    lasts_longer = first.kind is Kind.DURATION and lengthening_before(lexemes, k, step=False)  # "extended from 30 days"
    taken = lexemes[k].lower == "from" and carries_between(lexemes, k, second)
    return lasts_longer or taken or goes_between(lexemes, k - 1) or direction_before(lexemes, k) is not None


_BEFORE_EARLIER = word_set("cues", "movement_fillers", "earlier_levels")


def _far_above(step: Decimal | None, level: Decimal | None) -> bool:
    return step is not None and level is not None and level > 3 * step
