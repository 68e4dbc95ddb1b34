"""What the numbers of box scores count: points behind the shots of a player, else what heads the line."""

from collections.abc import Mapping, Sequence

from extraction.amounts.amount import Amount
from extraction.amounts.listed_units import ITEM
from extraction.amounts.ranges import Group
from extraction.claims import Kind
from extraction.text.box_scores import carries, points_in_box, tallied
from extraction.text.lexemes import Lexeme

_PLAIN = frozenset((Kind.COUNT, Kind.NUMBER, Kind.INDEX))


def settle_box(lexemes: Sequence[Lexeme], groups: Sequence[Group]) -> None:
    """As in "Tate 8-15 7-8 27", "Rebounds—Norwood State 29 (Bascombe 7)", "Curry's 41 lead Warriors past Suns"."""
    points: frozenset[int] | None = None
    tallies: Mapping[int, str] | None = None
    for group in groups:
        amount, at = group.last, group.last.numeral.start
        if group.is_range or amount.kind not in _PLAIN or at == 0:
            continue
        before = lexemes[at - 1]
        if before.is_number:
            points = points_in_box(lexemes) if points is None else points
            if at in points:
                _settle(amount, Kind.INDEX, "point", "index.points")
        elif carries(lexemes, at):
            _settle(amount, Kind.INDEX, "point", "index.points")
        elif before.capitalised:
            tallies = tallied(lexemes) if tallies is None else tallies
            if at in tallies:
                kind = Kind.INDEX if tallies[at] == "point" else Kind.COUNT
                _settle(amount, kind, tallies[at], f"{kind.value}.tallied")


def _settle(amount: Amount, kind: Kind, unit: str, rule: str) -> None:
    amount.noun = amount.noun_elsewhere = amount.unit_start = amount.unit_end = None
    amount.settle(kind, unit, rule)
    amount.rules.append(ITEM)
