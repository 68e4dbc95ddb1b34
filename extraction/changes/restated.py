"""Movements said behind two ways to state one amount: "was 52 points, or 0.5%, higher", "$5 (3%) more than in May"."""

import itertools
from collections.abc import Sequence

from extraction.changes.gapped import Placed
from extraction.changes.year_on_year import than_before
from extraction.claims import Change, Kind, Shape
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.text.change_words import change_words
from extraction.text.lexemes import Lexeme, LexemeType, at
from extraction.text.words import phrases_by_word

_OPENERS = {("or",): "", (",", "or"): ",", ("(",): ")", ("(", "or"): ")"}
_WITHOUT_CHANGE = frozenset((Kind.COUNT, Kind.NUMBER, Kind.AGE, Kind.DURATION))


def moved_behind(lexemes: Sequence[Lexeme], placed: Sequence[Placed]) -> None:
    """Gives both amounts the movement behind the second; of a count it is told by the time that it is compared with."""
    for (first_group, first), (second_group, second) in itertools.pairwise(placed):
        if first.change is not None or first.kind is second.kind:
            continue
        end = second_group.last.end if second_group.last.noun is None else second_group.last.noun.end
        start = first_group.last.end if first_group.last.noun is None else first_group.last.noun.end
        closer = _OPENERS.get(tuple(lexeme.lower for lexeme in lexemes[start : second_group.first.start]))
        if closer is None:
            continue
        closed = bool(closer) and at(lexemes, end) == closer
        if second.change is None:
            second.change = _behind(lexemes, end + closed, {first.kind, second.kind})
        moved = second.change is not None and second.change.role == "by"
        if moved and (closed or not closer) and _behind(lexemes, end + closed, {first.kind}) is not None:
            first.change = second.change


def _behind(lexemes: Sequence[Lexeme], k: int, kinds: set[Kind]) -> Change | None:
    """What an adverb at lexeme ``k`` says of amounts of these kinds, or None: "higher", "more than last year"."""
    direction = change_words().after.get(at(lexemes, k))
    told = kinds.isdisjoint(_WITHOUT_CHANGE) or than_before(lexemes, k)
    return Change(direction, "by") if direction is not None and told else None


def on_another_basis(lexemes: Sequence[Lexeme], k: int) -> bool:
    """Whether a growth is told for a second time as in "up 6%, or 4% at constant currency", "(4% like-for-like)"."""
    for phrase in phrases_by_word("changes", "bases").get(at(lexemes, k), ()):
        if [lexeme.lower for lexeme in lexemes[k : k + len(phrase)]] == phrase:
            return True
    return False


def quoted_again(lexemes: Sequence[Lexeme], gap: Sequence[str], step: Quantity, group: Group, second: Quantity) -> bool:
    """Whether a percentage behind a comma tells the step in front of it once more.

    As in "at $71.23, down 64 cents, 0.89 pct" and "gained 34 points, 0.5%, to 7,065".
    """
    if gap != [","] or second.unit != "percent" or step.kind not in _QUOTED_STEPS:
        return False
    closed = group.last.end >= len(lexemes) or lexemes[group.last.end].type is LexemeType.BREAK
    moved = step.change is not None and step.change.role == "by"
    return moved and (closed or lexemes[group.last.end].lower in _CLOSING_STEPS)


_QUOTED_STEPS = frozenset((Kind.MONEY, Kind.INDEX))
_CLOSING_STEPS = frozenset((".", ",", ";", ")", "to", "at"))


_MEASURES = frozenset(
    (
        Kind.MONEY, Kind.LENGTH, Kind.AREA, Kind.VOLUME, Kind.MASS, Kind.SPEED, Kind.TEMPERATURE, Kind.POWER,
        Kind.ENERGY, Kind.PRESSURE,
    )
)  # fmt: skip


def converts(first: Quantity, second: Quantity) -> bool:
    """Whether both state one measure in two units: miles and kilometres, shekels and dollars."""
    if first.kind is not second.kind or first.kind not in _MEASURES:
        return False
    if first.mark is not None and second.mark is not None:
        return first.mark.symbol != second.mark.symbol
    return first.unit != second.unit


def bound_alike(source: Quantity, target: Quantity) -> None:
    if source.shape not in (Shape.RANGE, Shape.VAGUE):
        target.shape, target.qualifiers = source.shape, source.qualifiers
        target.low = target.value if source.low is not None else None
        target.high = target.value if source.high is not None else None
