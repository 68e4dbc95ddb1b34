"""Ties the quantities of a sentence together: amounts said again, steps with their levels, "from" with "to"."""

import itertools
from collections.abc import Sequence

from extraction.bounds.qualifiers import prices_dollar
from extraction.changes.adjuncts import is_verb_of_amount
from extraction.changes.adverbs import stands_up_from
from extraction.changes.dealt_levels import deal_levels
from extraction.changes.earlier import is_aside, is_level_of, levels_apart, may_be_level, moved_from, past_other_kinds
from extraction.changes.gapped import Placed, repeat_earlier, repeat_movements
from extraction.changes.restated import bound_alike, converts, moved_behind, on_another_basis, quoted_again
from extraction.changes.results import settle_results
from extraction.changes.signed_steps import settle_signs
from extraction.changes.time_moved import lengthening_before
from extraction.changes.verbs_before import direction_before, is_extent, moves_object_before, moves_right_before
from extraction.changes.year_on_year import past_year_on_year
from extraction.claims import Change, Kind, Shape
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, at
from extraction.text.words import word_set


def tie(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives neighbours what they say about each other: bounds, movements, counterparts."""
    settle_signs(lexemes, placed)
    if len(placed) == 1:
        return
    _restated(lexemes, placed)
    moved_behind(lexemes, placed)
    _levels(lexemes, placed)
    repeat_movements(lexemes, placed)
    repeat_earlier(lexemes, placed)
    _levels(lexemes, placed)
    _steps(lexemes, placed)
    _counterparts(lexemes, placed)
    moved_from(lexemes, placed)
    settle_results(lexemes, placed)
    _further_levels(lexemes, placed)
    _levels_before(lexemes, placed)
    _shares_restated(lexemes, placed)
    deal_levels(lexemes, placed)


def _restated(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives "0.4%, or 152 points" the movement and "under 10 miles (16 km)" the bound of the amount it restates."""
    source: Quantity | None = None
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        end = first_group.last.end if first_group.last.noun is None else first_group.last.noun.end
        gap = [lexeme.lower for lexeme in lexemes[end : second_group.first.start]]
        opened = [word for word in gap if word not in _BOUNDS_OF_EARLIER]
        inside = opened == ["("] or (source is not None and gap == ["/"])
        source = (source or first) if inside else None
        restated = source or first
        converted = inside and converts(restated, second)
        if converted and restated.shape is not second.shape is Shape.EXACT:
            bound_alike(restated, second)
        if restated.change is None or second.change is not None:
            continue
        said_again = opened in _OR and restated.change.role == "by"
        said_again = said_again or quoted_again(lexemes, gap, restated, second_group, second)
        otherwise = restated.kind is not second.kind or on_another_basis(lexemes, second_group.last.end)
        if converted or (otherwise and (said_again or (inside and restated.change.role == "by"))):
            second.change = restated.change


_CLOSING = ("to", "settle", "at")
_STEPS_OF_PERCENT = ("basis_point", "percentage_point")
_LEVEL_VERBS = word_set("changes", "level_verbs")
_BOUNDS_OF_ENDS = word_set("changes", "end_bounds")
_BOUNDS_OF_EARLIER = _BOUNDS_OF_ENDS | word_set("cues", "level_fillers")
_NO_LEVELS = frozenset((Kind.DURATION, Kind.AGE, Kind.PERCENT, Kind.FRACTION, Kind.MULTIPLE))


def _levels(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives "down 1% at 1,463.78 points" and "up 0.5% to close at 22,514" the direction of the step before."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        if first.change is None or first.change.role != "by" or second.change is not None:
            continue
        if second.kind in _NO_LEVELS and not (first.unit in _STEPS_OF_PERCENT and second.unit == "percent"):
            continue
        between = lexemes[first_group.last.end : second_group.first.start]
        gap = [lexeme.lower for lexeme in between if lexeme.lower not in ("just", "about", "around")]
        words = [word for word in gap if word != ","]
        words = words[1:] if words[:1] == [")"] else words  # "-23.4pts (-0.3%) at 7,040.8"
        closing = gap[-3:-2] == ["to"] and gap[-2] in _LEVEL_VERBS and gap[-1] in ("at", "on")
        closing = closing and is_aside(between[: -len(_CLOSING)])  # "fell 1.4%, its third loss, to settle at $5.61"
        closing = closing or (len(words) == 2 and words[0] == "to" and words[1] in _LEVEL_VERBS)
        if closing or words in (["at"], ["to"], ["@"]):
            second.change = Change(first.change.direction, "to")


def _steps(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives "gained $2 to $90" the direction of the level behind it."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        if second.change is None or second.change.role != "to" or first.change is not None:
            continue
        gap = [lexeme.lower for lexeme in lexemes[first_group.last.end : second_group.first.start]]
        moves = moves_right_before(lexemes, first_group.first) or moves_object_before(lexemes, first_group.first)
        if gap == ["to"] and moves:
            first.change = Change(second.change.direction, "by")


def _counterparts(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Ties "from A ... to B" and "to B from A" together, and gives both ends the direction of the movement."""
    for position in range(len(placed) - 1):
        other = _behind_restated(lexemes, placed, position)
        (first_group, first), (second_group, second) = placed[position], placed[other]
        roles = tuple(_end_role(lexemes, group) for group in (first_group, second_group))
        if roles not in (("from", "to"), ("to", "from")) or not _are_alike(first, second):
            continue
        between = lexemes[first_group.last.end : second_group.first.start]
        if roles == ("to", "from") and any(word.lower in change_words().verbs for word in between):
            continue  # "fell to 4%, while X rose from 3%"
        if first.counterpart is not None or second_group.first.start - first_group.last.end > 14:
            continue
        if first.unit != second.unit and first.mark is None and None not in (first.unit, second.unit):
            continue
        direction = _pair_direction(lexemes, first_group, first, second, roles[0])
        if any(
            prices_dollar(lexemes, group.last.end) for group in (first_group, second_group)
        ):  # "fell to 83 per dollar from 82"
            direction = direction_before(lexemes, first_group.first.start) or direction
        if direction is None and roles == ("to", "from") and [w.lower for w in between if w.text != "("] == ["from"]:
            direction = levels_apart(first, second)
        if direction is None or is_extent(lexemes, first_group.first.start) or "bound.from" in first.rules:
            continue  # "rates from 3.99%, up to 60% of the value"
        first.change, second.change = Change(direction, roles[0]), Change(direction, roles[1])
        first.counterpart, second.counterpart = other, position
        if roles[0] == "from" and first.per is None:
            first.per = second.per  # "from €12.70 to €13.50 an hour"


def _are_alike(first: Quantity, second: Quantity) -> bool:
    """Whether both are of one kind, as a bare number is of that of a count: "membership went from 900 to 650"."""
    bare = second.kind is Kind.NUMBER and second.unit is None
    return first.kind is second.kind or (first.kind is Kind.COUNT and first.unit is None and bare)


def _further_levels(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Moves to the last level of "has gone from nine points to five to two" too."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        reached = first.change is not None and first.change.role == "to" and first.counterpart is not None
        if not reached or second.change is not None or (first.kind, first.unit) != (second.kind, second.unit):
            continue
        end = first_group.last.end if first_group.last.noun is None else first_group.last.noun.end
        beside = [lexeme.lower for lexeme in lexemes[end : second_group.first.start]] in (["to"], ["and", "then", "to"])
        if beside and first.value is not None and second.value is not None and first.value != second.value:
            second.change = Change("up" if second.value > first.value else "down", "to")


def _levels_before(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Ties the level to the one that it was: "drew 26,318 runners, up from 21,750", "at 142.85 yen, down from 143"."""
    for position in range(1, len(placed)):
        group, was = placed[position]
        if was.change is None or was.change.role != "from" or was.counterpart is not None:
            continue
        stepped = _level_of_step(lexemes, placed, position)
        if stepped is not None and is_level_of(placed[stepped][1], was):
            _tie_level(placed, stepped, position)
            continue
        k, end = group.first.start - 1, placed[position - 1][0].last.end
        while k > end and lexemes[k].lower in _BOUNDS_OF_EARLIER:
            k -= 1
        moved = lexemes[max(k - 2, end) : k + 1]
        other = _restated_by(lexemes, placed, position - 1) if was.per is None else position - 1
        other = _part_of(lexemes, placed, other)
        if other and not is_level_of(placed[other][1], was) and _is_share_of(placed[other - 1][1], was):
            other -= 1  # "a 60% chance of a half-point rise, down from 80%"
        level = placed[other][1]
        if lexemes[k].lower != "from" and (up_from := stands_up_from(lexemes, group.first.start)) > end:
            moved = lexemes[max(up_from - 2, end) : up_from + 1]
        verb = _verb_of_end(moved)
        if verb in ("up", "down"):
            other = past_other_kinds(placed, other, was)
            level = placed[other][1]
        tied = is_level_of(level, was) or (verb in ("up", "down") and may_be_level(placed, other, was))
        if tied and verb in change_words().verbs:
            _tie_level(placed, other, position)


def _verb_of_end(moved: Sequence[Lexeme]) -> str:
    """What leads to the earlier level: "cut" in ", cut from 9,800", "up" in "212 cases in 2025 up from 164"; or ""."""
    words = [lexeme.lower for lexeme in moved]
    if words[-1:] != ["from"] or len(words) < 2:
        return ""
    before = moved[0] if len(words) == 3 else None
    if before is None or before.text == ",":
        return words[-2] if before is not None or words[0] in ("up", "down") else ""
    return words[1] if words[1] in ("up", "down") and not is_verb_of_amount(before) else ""


def _is_share_of(level: Quantity, was: Quantity) -> bool:
    return level.unit == was.unit == "percent" and is_level_of(level, was)


def _tie_level(placed: Sequence[Placed], position: int, earlier: int) -> None:
    level, was = placed[position][1], placed[earlier][1]
    if was.change is not None:
        level.change = Change(was.change.direction, "to")
        level.counterpart, was.counterpart = earlier, position


def _level_of_step(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> int | None:
    """Which level a step leads to from the one at ``position``.

    As in "was $3bn, up 12% from $2.7bn", "was $3bn, a 12% rise from $2.7bn".
    """
    step_group, step = placed[position - 1]
    if position < 2 or step.change is None or step.change.role != "by":
        return None
    end = past_year_on_year(lexemes, step_group.last.end)
    noun = at(lexemes, end) in change_words().nouns
    k = placed[position][0].first.start - 1
    while k > end and lexemes[k].lower in _BOUNDS_OF_EARLIER:
        k -= 1
    if lexemes[k].lower != "from" or k != end + noun:
        return None
    level = placed[position - 2][0].last
    start = max(
        level.end, level.noun.end if level.noun is not None else 0, level.per[2] if level.per is not None else 0
    )
    gap = [lexeme.lower for lexeme in lexemes[start : step_group.first.start]]
    gap = [word for word in gap if word not in _BOUNDS_OF_EARLIER]
    moves = gap[:1] == [","] and (len(gap) == 1 if noun else len(gap) == 2 and gap[1] in change_words().verbs)
    return _restated_by(lexemes, placed, position - 2) if moves else None


def _part_of(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> int:
    """The part whose whole is at ``position``: it moves, as in "hold 41 of the 120 seats, up from 27"."""
    if position == 0:
        return position
    gap = lexemes[placed[position - 1][0].last.end : placed[position][0].first.start]
    whole = [lexeme.lower for lexeme in gap]
    return position - 1 if len(whole) == 2 and whole[0] == "of" and whole[1] in _WHOLES else position


_WHOLES = word_set("grammar", "definites")


def _restated_by(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> int:
    """The amount that the one at ``position`` restates for each share: the first of "$5m, or 3 cents a share"."""
    group, restating = placed[position]
    if position == 0 or restating.per is None:
        return position
    gap = [lexeme.lower for lexeme in lexemes[placed[position - 1][0].last.end : group.first.start]]
    return position - 1 if gap in _OR else position


_OR = (["or"], [",", "or"])


def _shares_restated(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives "31 cents a share" of "dropped to $4.2 million, or 31 cents a share," the movement that it restates."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        gap = [lexeme.lower for lexeme in lexemes[first_group.last.end : second_group.first.start]]
        rated = first.kind is second.kind is Kind.MONEY and first.per is None
        rated = rated and (second.per is not None or (second.mark is not None and second.mark.minor))
        if rated and gap in _OR and second.change is None:
            second.change = first.change


def _behind_restated(lexemes: Sequence[Lexeme], placed: Sequence[Placed], position: int) -> int:
    """The amount behind the one at ``position``: in "to $1.2bn, or 45 cents a share, from $1.1bn" the last."""
    for other in (position + 1, position + 2):
        gap = [lexeme.lower for lexeme in lexemes[placed[other - 1][0].last.end : placed[other][0].first.start]]
        if gap not in _OR or other + 1 >= len(placed):
            return other
    return position + 1


def _end_role(lexemes: Sequence[Lexeme], group: Group) -> str:
    k = _before_bounds(lexemes, group)
    return lexemes[k].lower if k >= 0 else ""


def _before_bounds(lexemes: Sequence[Lexeme], group: Group) -> int:
    """Where "to" stands in "to between $5m and $6m", "to a range of 3% to 4%"."""
    k = group.first.start - 1
    while k > 0 and lexemes[k].lower in _BOUNDS_OF_ENDS:
        k -= 1
    return k


def _pair_direction(
    lexemes: Sequence[Lexeme], group: Group, first: Quantity, second: Quantity, role: str
) -> str | None:
    cue = direction_before(lexemes, _before_bounds(lexemes, group) if group.is_range else group.first.start)
    if first.value is None or second.value is None or first.value == second.value:
        return cue
    lengthened = first.kind is Kind.DURATION and lengthening_before(lexemes, group.first.start - 1, step=False)
    if cue is None and role == "to" and not lengthened:
        return None
    start, end = (first.value, second.value) if role == "from" else (second.value, first.value)
    return "up" if end > start else "down"
