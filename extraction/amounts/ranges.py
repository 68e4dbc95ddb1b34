"""Joins neighbouring amounts: ranges ("5 to 10 per cent") and shared units and magnitudes ("8 or $9")."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.amounts.said_ranges import is_said_range, next_tens
from extraction.amounts.shared_units import settle_smaller_unit, share_magnitude, share_of_measured, share_periods
from extraction.changes.moved_between import carries_between, goes_between
from extraction.changes.signs import steps_to_level
from extraction.changes.time_moved import lengthening_before
from extraction.changes.verbs_before import direction_before, moves_object_before, moves_right_before
from extraction.claims import Kind
from extraction.counts.counted_nouns import counted_noun
from extraction.quantity.amount import Amount, copy_unit
from extraction.quantity.group import Group
from extraction.quantity.rates import settle_rate
from extraction.text.index_names import names_politics
from extraction.text.lexemes import Lexeme, at
from extraction.text.number_pairs import in_blood_pressure, in_vote_pair
from extraction.text.word_classes import in_class
from extraction.text.words import word_set

_DASHES = ("-", "–", "—", "‑", "−")
# What may stand between two amounts that are one range or list; the hyphen is that of "5- to 10-year".
_RANGE_JOINS = frozenset((*_DASHES, "to", "to +", "to -", "- to -", "- to", "~"))
_LIST_JOINS = frozenset(
    ("and", ",", ", and", ", or", "/", "and as", "- and", "- ,", "- , and", ", maybe", ", perhaps", ", possibly")
) | frozenset(("±", "+ / -", "v", "v .", "vs", "vs .", "versus"))  # "125.3 ± 0.6 GeV", "7.4 v 4.8 months"
_SIDES = frozenset(("x", "×", "by", "- by -"))  # "a 10 by 12 foot cell"
_OPENERS = frozenset(join.split()[0] for join in (*_RANGE_JOINS, *_LIST_JOINS, *_SIDES, "or"))


def _gap(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> str:
    """The words between two amounts where they may join the two, else nothing."""
    if first.end >= second.start or lexemes[first.end].lower not in _OPENERS:
        return ""
    return " ".join([lexeme.lower for lexeme in lexemes[first.end : second.start]])


def _joined(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> str | None:
    """How two amounts are joined: "range", "or", "list"; None when other words stand between them."""
    gap = _gap(lexemes, first, second)
    if not gap:
        return None
    if gap.startswith(",") and is_said_range(lexemes, first, second):
        return "range"
    if gap == "to" and second.numeral.in_digits and not first.numeral.in_digits and _is_pronoun(lexemes, first):
        return None  # "pushing the gap between the two to 156 bps"
    if gap in _RANGE_JOINS or (_is_bounded_and(gap) and _between(lexemes, first.start)):
        return "range"
    if gap in ("or", "- or"):
        return "or"
    sides = gap in _SIDES and first.bare and (second.kind is Kind.LENGTH or second.unit == "pixel")
    return "list" if gap in _LIST_JOINS or sides else None


def _is_bounded_and(gap: str) -> bool:
    """As in "between 40 and more than 60", "between $3m and nearly $5m"."""
    joined, *shades = gap.split()
    return joined == "and" and _BOUNDS.issuperset(shades)


_BOUNDS = word_set("cues", "bound_words", "sum_shades") - {"in"} | {"many"}


def _is_pronoun(lexemes: Sequence[Lexeme], first: Amount) -> bool:
    """As in "between the two", "the highest of the three"."""
    before = [lexeme.lower for lexeme in lexemes[max(0, first.start - 2) : first.start]]
    return before in (["between", "the"], ["of", "the"], ["among", "the"])


def _between(lexemes: Sequence[Lexeme], start: int) -> bool:
    k = start - 1
    while k >= 0 and lexemes[k].lower in ("about", "around", "roughly", "approximately", "some", "an", "estimated"):
        k -= 1
    return k >= 0 and lexemes[k].lower == "between"


def share(lexemes: Sequence[Lexeme], amounts: list[Amount]) -> None:
    """Hands units, currencies and magnitudes from one joined neighbour to the other."""
    if len(amounts) < 2:
        return
    share_periods(lexemes, amounts)
    share_of_measured(lexemes, amounts)
    for first, second in itertools.pairwise(amounts):
        if second.bare:
            settle_smaller_unit(lexemes, first, second)
        if first.unit == "hour" and second.unit == "meter" and first.end == second.start and (second.value or 60) < 60:
            second.kind, second.unit = Kind.DURATION, "minute"  # "1h 20m"
    closed = False  # whether the list that the second amount belongs to ends with "and" or "or"
    for i in range(len(amounts) - 2, -1, -1):
        first, second = amounts[i], amounts[i + 1]
        join, gap = _joined(lexemes, first, second), _gap(lexemes, first, second)
        if gap == ", and" and not (i and _gap(lexemes, amounts[i - 1], first) == ","):
            join = None  # "the average age is 58, and 40 percent have no heir"
        if gap == ", or" and second.kind is Kind.PERCENT:
            join = None  # "48, or 7.5 percent, contained lead"
        closed = join is not None and (join == "range" or gap not in (",", "- ,") or closed)
        if not closed or join is None or first.value is None or second.value is None:
            continue
        if first.unit == "degree" and (second.unit or "").startswith("degree_"):
            first.unit = second.unit  # "4 degrees to 7 degrees Fahrenheit"
        if join == "list" and i and amounts[i - 1].mark and _joined(lexemes, amounts[i - 1], first) == "range":
            continue  # "$45-50 and €500"
        if join == "list" and i and _level_behind_step(lexemes, amounts[i - 1], first):
            continue
        if first.bare and (second.kind not in (None, Kind.FRACTION, Kind.MULTIPLE) or _is_times(second)):
            share_magnitude(first, second, join)
            copy_unit(first, second)
        elif (first.bare and second.bare) or (
            first.mark is not None and second.mark is not None and first.kind is second.kind
        ):
            share_magnitude(first, second, join)
    for first, second in itertools.pairwise(amounts):
        if second.bare and "unit.single" in first.rules and _joined(lexemes, first, second) == "or":
            copy_unit(second, first)  # "a day or two"
        if _counts_receivers(lexemes, first, second):
            continue
        if first.mark is not None and second.bare and _joined(lexemes, first, second) == "range":
            if not first.mark.minor:
                share_magnitude(first, second, "range")
            copy_unit(second, first)
            if second.per is None:
                settle_rate(lexemes, second)  # "$5 to 10 per kilogram"
            if _level_in_major(lexemes, first, second):
                second.value, second.mark = second.numeral.value, replace(first.mark, scale=Decimal(1))
                second.unit_start = second.unit_end = None


def _level_behind_step(lexemes: Sequence[Lexeme], step: Amount, level: Amount) -> bool:
    """As in "rose 0.4% against the yen to 145.62 and 0.2% against the franc"."""
    moved = step.unit == "percent" and moves_right_before(lexemes, step)
    return moved and lexemes[level.start - 1].lower == "to"


def _counts_receivers(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """As in "lent $5 million to 40 farmers": the end of a range of money has no noun of its own."""
    return _gap(lexemes, first, second) == "to" and counted_noun(lexemes, second.end, second.value) is not None


def _level_in_major(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """As in "fell 12 paise to 83.27": a step in hundredths and a level in the currency itself. A level in pence is
    written as "fell 5p to 350"."""
    minor = first.mark is not None and first.mark.minor and first.mark.symbol not in _QUOTED_IN_MINOR
    decimals = lexemes[second.numeral.start].text.partition(".")[2]
    return minor and len(decimals) >= 2 and moves_right_before(lexemes, first)


_QUOTED_IN_MINOR = word_set("cues", "minor_marks")


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
    join = _joined(lexemes, first, second)
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
    moves = _gap(lexemes, first, second) == "to" and (
        _is_movement(lexemes, first, second) or steps_to_level(lexemes, first, second)
    )
    paired = in_vote_pair(lexemes, first.start) or in_blood_pressure(lexemes, first.start)
    return first.value < second.value and not moves and not paired


def _steps_again(lexemes: Sequence[Lexeme], groups: Sequence[Group], first: Amount, second: Amount) -> bool:
    """As in "Copper fell $84 to $9,412, zinc $11 to $2,845": by how much and to what level, without the verb."""
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
        if in_class(between[joints[0] + 1], "prepositions") or _gap(lexemes, step, level) != "to":
            return False
        if moves_right_before(lexemes, step):
            return True
        start = step.start
    return False


_MOST_AGAIN = 6
_JOINTS = frozenset((",", ";", "and", "while"))
_LONGEST_OTHER = 6  # lexemes of "a tonne , light sweet crude"


def _is_step_in_poll(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """As in "Labour fell two to 31 per cent": by points to a level; "prices rose two to three per cent" spans."""
    shared = second.unit == "percent" and "share.unit" in first.rules and _gap(lexemes, first, second) == "to"
    if not shared or not _far_above(first.value, second.value) or not moves_right_before(lexemes, first):
        return False
    clause = lexemes[max(0, first.start - _POLL_REACH) : first.start]
    return names_politics(clause)


_POLL_REACH = 8


def _is_range_before(lexemes: Sequence[Lexeme], groups: Sequence[Group], first: Amount, second: Amount) -> bool:
    """As in "to 2% to 3% from 4% to 5%", "to 2% from 4% to 5%": what the level was before is a range itself."""
    if not groups or _gap(lexemes, first, second) != "to":
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
    return first.kind is not Kind.MULTIPLE or _is_times(second)


def _is_times(amount: Amount) -> bool:
    """As in "two to three times the rate", "10 or 12x"."""
    return amount.kind is Kind.MULTIPLE and amount.unit_end is not None


def _is_movement(lexemes: Sequence[Lexeme], first: Amount, second: Amount) -> bool:
    """As in "rose from 5% to 6%" and "rose by $1 to $9"; "ranges from 5% to 6%" and "a fine from $1 to $2" do not.

    Behind "by" or the verb itself stands a step and a level when each has its own unit and the level is the larger by
    far ("rose 12 cents to 83 cents"); else a range of steps ("by 1 to 1.5 degrees", "rose 2% to 3%").
    """
    if _level_in_major(lexemes, first, second):
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
