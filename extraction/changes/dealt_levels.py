"""Levels that are told two and two: "11 and 17 per cent, up from 9 and 14 per cent"."""

from collections.abc import Sequence

from extraction.changes.gapped import Placed
from extraction.claims import Change, Kind
from extraction.text.lexemes import Lexeme, LexemeType
from extraction.text.word_classes import has_verb

_LONGEST_GAP, _LONGEST_WHOLE = 8, 6  # lexemes of "of its GDP, up from", "of the district's jobs and"
_OTHER_END = {"from": "to", "to": "from"}


def deal_levels(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Ties the first to the first and the second to the second, each with the direction that it has."""
    for position in range(len(placed) - 3):
        levels, others = placed[position : position + 2], placed[position + 2 : position + 4]
        told = others[0][1].change
        if told is None or told.role not in _OTHER_END:
            continue
        if any(level.change is not None and level.change.role == "by" for _, level in levels):
            continue  # "rose by 3 and 4 per cent, up from 2 and 1 per cent"
        if not (_are_listed(lexemes, *levels) and _are_listed(lexemes, *others)):
            continue
        gap = lexemes[levels[1][0].last.end : others[0][0].first.start]
        if len(gap) > _LONGEST_GAP or not any(word.lower == told.role for word in gap):
            continue
        for offset, ((_, level), (_, other)) in enumerate(zip(levels, others, strict=True), start=position):
            alike = level.unit == other.unit or level.kind is Kind.COUNT
            if level.kind is not other.kind or not alike or level.value is None or other.value is None:
                break
            other.unit, other.unit_text = level.unit, level.unit_text  # "12 shops and 40 staff, up from 9 and 30"
            grows = (level.value > other.value) == (told.role == "from")
            direction = told.direction if level.value == other.value else ("up" if grows else "down")
            level.change, other.change = Change(direction, _OTHER_END[told.role]), Change(direction, told.role)
            level.counterpart, other.counterpart = offset + 2, offset


def _are_listed(lexemes: Sequence[Lexeme], first: Placed, second: Placed) -> bool:
    """Whether nothing but "and" stands between two amounts, or also what the first is a share of.

    As in "$3m and $1m", "9 and 14 per cent", "11 per cent of jobs and 17 per cent of exports".
    """
    end = first[0].last.end if first[0].last.noun is None else first[0].last.noun.end
    gap = lexemes[end : second[0].first.start]
    if not gap or gap[-1].lower != "and":
        return False
    whole = gap[0].lower == "of" and all(word.type is LexemeType.WORD for word in gap) and not has_verb(list(gap))
    return len(gap) == 1 or (whole and len(gap) <= _LONGEST_WHOLE)
