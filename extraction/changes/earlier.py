"""The amount that another one was: "sells 4,000 bikes in 12 countries, up from 2,500"."""

from collections.abc import Sequence

from extraction.changes.gapped import Placed
from extraction.claims import Change, Kind
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.word_classes import in_class, is_auxiliary
from extraction.text.words import word_set

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


_MOST_PASSED = 4


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


def levels_apart(level: Quantity, was: Quantity) -> str | None:
    """The direction from the level ``was`` to ``level``, or None if they are no such levels or are equal.

    As in "PT to $45 from $50", "target to Rs 1,450 (from Rs 1,320)", where no verb says it.
    """
    if level.kind not in _QUOTED_LEVELS or level.value is None or was.value is None or level.value == was.value:
        return None
    return "up" if level.value > was.value else "down"


_QUOTED_LEVELS = frozenset((Kind.MONEY, Kind.PERCENT, Kind.INDEX))


def moved_from(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Ties the level that something moved to, past an aside, to the one that it moved from.

    As in "fell to 4.3% in the three months to May, its lowest since 2022, from 4.7%".
    """
    for position in range(1, len(placed)):
        group, was = placed[position]
        k = group.first.start - 1
        while k > 0 and lexemes[k].lower in word_set("cues", "level_fillers"):
            k -= 1
        if was.change is not None or lexemes[k].lower != "from" or was.kind in _NO_LEVELS:
            continue
        other = position - 1
        while other > 0 and position - other < _MOST_PASSED and _is_beside(placed[other][1], was):
            other -= 1
        level_group, level = placed[other]
        reached = level.change is not None and level.change.role == "to"
        alike = is_level_of(level, was) or (was.kind is Kind.NUMBER and level.kind is Kind.COUNT)
        if not reached or not alike or level.counterpart is not None or level.value is None or was.value is None:
            continue
        direction = "up" if level.value > was.value else "down"
        begin = level_group.last.end
        if at(lexemes, begin + (at(lexemes, begin) == ",")) == "or" and other + 1 < position:
            begin = placed[other + 1][0].last.end  # past "or 39 cents a share"
        if level.change == Change(direction, "to") and is_aside(lexemes[begin:k]):
            was.change = Change(direction, "from")
            level.counterpart, was.counterpart = position, other


def _is_beside(between: Quantity, was: Quantity) -> bool:
    """Whether an amount is how long it took, or the level in another currency: "to €9m ($10m) in six months from"."""
    other = between.kind is was.kind and between.unit == was.unit and (between.mark is None or between.mark == was.mark)
    return between.kind is Kind.DURATION or (between.kind is Kind.MONEY is was.kind and not other)


def is_aside(words: Sequence[Lexeme]) -> bool:
    """Whether nothing but times, places and appositions stands there: no other clause."""
    return len(words) <= _LONGEST_ASIDE and not any(
        word.type is LexemeType.BREAK
        or word.text in ";:"
        or word.lower in change_words().verbs
        or is_auxiliary(word)
        or in_class(word, "coordinators", "subject_pronouns")
        or (in_class(word, "subordinators") and not in_class(word, "prepositions"))
        for word in words
    )


_LONGEST_ASIDE = 24  # lexemes
