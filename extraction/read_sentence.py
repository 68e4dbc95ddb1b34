"""Finds the quantities of a sentence: locate amounts, resolve what they measure, decide which are claims.

One pass over the sentence's lexemes locates amounts; neighbours are joined into ranges and share their units; what
remains bare gets its kind; bounds and movements beside each are read. What is left out is kept with its reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extraction.amounts.counts_with_shares import settle_counts_with_shares
from extraction.amounts.games import settle_box, settle_game_points
from extraction.amounts.in_turn import settle_in_turn
from extraction.amounts.index_levels import settle_points
from extraction.amounts.listed_units import settle_listed, still_items
from extraction.amounts.quantities import quantity_of
from extraction.amounts.ranges import join_ranges
from extraction.amounts.ratings import settle_net_ratings
from extraction.amounts.share_steps import settle_poll_steps
from extraction.amounts.shared_units import share
from extraction.amounts.spreads import settle_intervals, settle_spreads
from extraction.amounts.temperatures import settle_heat, settle_weather
from extraction.changes.movements import tie
from extraction.claims import Kind
from extraction.counts.carried_nouns import CarriedNoun, settle_carried
from extraction.counts.shared_nouns import settle_shared_nouns
from extraction.currencies.home import NO_HOME, HomeMoney
from extraction.exclusions.reasons import Rejected
from extraction.locate import locate
from extraction.numerals.decimal_commas import groups_with_dots, with_decimal_commas
from extraction.quantity.group import Group
from extraction.quantity.quantity import Quantity
from extraction.quantity.rates import share_rate
from extraction.text.headlines import lower_counted
from extraction.text.lexemes import Lexeme, lex_sentence


@dataclass(slots=True)
class SentenceReading:
    """What a sentence holds."""

    quantities: list[Quantity] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


def read_quantities(
    text: str,
    start: int,
    end: int,
    masked: Sequence[tuple[int, int]] = (),
    *,
    home: HomeMoney = NO_HOME,
    carried: CarriedNoun | None = None,
) -> SentenceReading:
    """The quantities of the sentence ``text[start:end]``.

    ``masked`` are sorted character spans (dates, clock times, addresses) in which no number is read;
    ``home`` is what stands for money where the article is from;
    ``carried`` is what the sentence before counts.
    """
    reading = SentenceReading()
    lexemes = lower_counted(lex_sentence(text, start, end))
    lexemes = with_decimal_commas(lexemes, home, dots=groups_with_dots(text))
    amounts, reading.rejected = locate(lexemes, _mask(lexemes, masked), home)
    share(lexemes, amounts)
    share_rate(lexemes, amounts)
    groups = join_ranges(lexemes, amounts)
    return _decide(text, lexemes, groups, reading, carried)


def _mask(lexemes: Sequence[Lexeme], masked: Sequence[tuple[int, int]]) -> list[bool]:
    """Which lexemes lie in a masked span."""
    flags, i = [False] * len(lexemes), 0
    for start, end in masked:
        while i < len(lexemes) and lexemes[i].end <= start:
            i += 1
        while i < len(lexemes) and lexemes[i].start < end:
            flags[i] = True
            i += 1
    return flags


def _decide(
    text: str, lexemes: Sequence[Lexeme], groups: list[Group], reading: SentenceReading, carried: CarriedNoun | None
) -> SentenceReading:
    measured, left = settle_in_turn(lexemes, groups)
    for group, reason in left:
        start, end = lexemes[group.first.start].start, lexemes[group.last.end - 1].end
        reading.rejected.append(Rejected(start, end, reason))
    if not measured:
        return reading
    for told in measured:  # past the first of "Three years ago it was 22,000"
        if told.last.kind is not Kind.DURATION and not settle_carried(lexemes, told, carried):
            break
    settle_points(lexemes, measured)
    settle_poll_steps(lexemes, measured)
    settle_net_ratings(lexemes, measured)
    settle_listed(text, lexemes, measured)
    settle_box(lexemes, measured)
    settle_game_points(lexemes, measured)
    settle_weather(text, lexemes, measured)
    settle_heat(lexemes, measured)
    settle_spreads(lexemes, measured)
    settle_intervals(lexemes, measured)
    settle_counts_with_shares(lexemes, measured)
    settle_shared_nouns(lexemes, measured)
    placed: list[tuple[Group, Quantity]] = []
    for group in measured:
        placed.append((group, quantity_of(text, lexemes, group, _ends(placed[-1][0]) if placed else ())))
    reading.quantities = [quantity for _, quantity in placed]
    tie(lexemes, placed)
    still_items(lexemes, placed)
    return reading


def _ends(group: Group) -> tuple[int, ...]:
    """Where an amount may be taken to end: at its unit or at the noun that it counts."""
    last = group.last
    return (last.end,) if last.noun is None else (last.end, last.noun.end)


def settle_degrees(quantities: Iterable[Quantity]) -> None:
    """Makes bare degrees degrees of heat in an article that speaks of temperatures: "life above 121 degrees".

    They are of the scale that the article names, where it names only one: "between 18C at night and 31 degrees".
    """
    quantities = list(quantities)
    warm = [quantity for quantity in quantities if quantity.kind is Kind.TEMPERATURE]
    if not warm:
        return
    scales = {quantity.unit for quantity in warm if (quantity.unit or "").startswith("degree_")}
    for quantity in quantities:
        if (
            quantity.unit != "degree"
            or "angle.turn" in quantity.rules
            or quantity.kind not in (Kind.OTHER, Kind.TEMPERATURE)
        ):
            continue
        if quantity.kind is Kind.TEMPERATURE or quantity.unit_text == "degrees":
            quantity.kind = Kind.TEMPERATURE
            if len(scales) == 1:
                (quantity.unit,) = scales


def with_counterparts(quantities: Sequence[Quantity], offset: int) -> list[Quantity]:
    """The quantities of a sentence with counterparts as positions in the whole article."""
    return [
        quantity if quantity.counterpart is None else replace(quantity, counterpart=quantity.counterpart + offset)
        for quantity in quantities
    ]
