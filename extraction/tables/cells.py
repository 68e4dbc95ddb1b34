"""Reads the numbers of a row: with the unit that its column, its label or the line above the table gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from extraction.claims import COUNTS, Kind, TextSpan
from extraction.context.parts import Context
from extraction.currencies.home import HomeMoney
from extraction.numerals.decimal_commas import groups_with_dots, with_commas
from extraction.quantity.quantity import Quantity
from extraction.read_sentence import read_quantities
from extraction.tables.captions import read_caption
from extraction.tables.layout import TIME_OF_COLUMN, Row
from extraction.tables.measures import Measure, measured_below, measures_of, without_unit
from extraction.text.words import word_set
from extraction.times.dates import match_dates
from extraction.times.mention import TimeMention, Times
from extraction.times.mentions import find_times
from extraction.times.years import YEAR

_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}$)")
_YEAR = re.compile(rf"(?<![\d/-]){YEAR}(?![\d/-])")


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity of a table, with what its row and its column say of it."""

    quantity: Quantity
    context: Context
    times: Times


def read_row(text: str, row: Row, home: HomeMoney, published_at: datetime | date | None) -> Iterator[Placed]:
    """The quantities of a row; of a pair only what its label counts."""
    caption = read_caption(row.caption)
    for cell, head in row.cells:
        mention, whole = (None, False) if head is None else _time(text, head, published_at)
        if heads_ranks(head):
            continue
        named = measured_below(row) if head is None or whole else head
        measures = list(measures_of(row, named))
        first = row.start if row.pair and caption is None else cell.start
        quantity = _read(text, cell, first, measures, home)
        if quantity is None or (row.pair and quantity.unit is None and quantity.mark is None):
            continue
        counted = quantity.kind is Kind.COUNT and quantity.unit is not None
        measure = None if counted or named.text == "%" else without_unit(named)
        if caption is not None and named is row.label and quantity.unit_text == caption.unit and not counted:
            measure = caption.name or measure
        yield Placed(quantity, Context(without_unit(row.label), measure, rules=("context.table",)), Times(mention))


def heads_ranks(head: TextSpan | None) -> bool:
    """Whether what stands below the head counts nothing, because it is a rank: "Pos", "Lot no."."""
    return head is not None and head.text.rstrip(".").lower() in word_set("tables", "heads_of_ranks")


def _read(text: str, cell: TextSpan, first: int, measures: list[Measure], home: HomeMoney) -> Quantity | None:
    """The quantity of a cell: with its own unit, or else with the first measure that makes one of it.

    What stands from ``first`` on may say that it is none ("Page: 5"). In brackets it is negative: "(5.2)". A comma
    before one or two digits is decimal here whatever stands beside it.
    """
    negative = cell.text.startswith("(") and cell.text.endswith(")")
    start, end = (cell.start + 1, cell.end - 1) if negative else (cell.start, cell.end)
    bare = with_commas(text[start:end]) if groups_with_dots(text) else text[start:end]
    quantity = None
    if "." not in bare and _DECIMAL_COMMA.search(bare) is not None:
        bare = _DECIMAL_COMMA.sub(".", bare)
        measures = [*measures, Measure("", "")]
    else:
        first = start if first == cell.start else first
        dates = [(date.start, date.end) for date in match_dates(text, first, end)]
        found = [one for one in read_quantities(text, first, end, dates, home=home).quantities if one.start >= start]
        if len(found) != 1:
            return None
        quantity = found[0]
    if quantity is None or (quantity.kind in COUNTS and quantity.unit is None):
        quantity = _measured(bare, (start, end), measures, home) or quantity
    if quantity is None:
        return None
    quantity = replace(quantity, change=None, counterpart=None, rules=(*quantity.rules, "table.cell"))
    return _negative(quantity, cell) if negative else quantity


def _measured(number: str, place: tuple[int, int], measures: list[Measure], home: HomeMoney) -> Quantity | None:
    """The quantity that the first fitting measure makes of the bare number that stands at ``place``."""
    sign = number[: len(number) - len(number.lstrip("-−–+"))]
    for measure in measures:
        written = f"{sign}{measure.before}{number[len(sign) :]}{measure.behind}"
        found = read_quantities(written, 0, len(written), home=home).quantities
        if len(found) == 1 and _makes_amount(measure, found[0]):
            start, end = place
            return replace(found[0], start=start, end=end, unit_text=measure.unit_text, unit_span=None)
    return None


def _makes_amount(measure: Measure, quantity: Quantity) -> bool:
    if measure.scale:
        return True
    if measure.money or (quantity.mark is not None and not measure.counts):
        return quantity.mark is not None and measure.money
    if quantity.kind is Kind.COUNT and not measure.counts:
        return quantity.unit == "person"
    return not measure.behind + measure.before or quantity.unit is not None or quantity.mark is not None


def _negative(quantity: Quantity, cell: TextSpan) -> Quantity:
    value = None if quantity.value is None else -abs(quantity.value)
    return replace(quantity, start=cell.start, end=cell.end, value=value)


def _time(text: str, head: TextSpan, published_at: datetime | date | None) -> tuple[TimeMention | None, bool]:
    """The time that a head names, and whether it names nothing else: "2024", "Q1 2024", "May"; "2025 budget"."""
    year = _YEAR.search(head.text)
    if year is None or year.group() != head.text:
        dates = match_dates(text, head.start, head.end)
        mentions = find_times(text, [(head.start, head.end)], published_at, dates)
        if mentions and mentions[0].start == head.start and mentions[-1].end == head.end:
            return mentions[0], True
        if TIME_OF_COLUMN.fullmatch(head.text) is not None:  # "May", which may be a verb in a sentence
            return TimeMention(head.start, head.end, head.text, None, False, text), True
    if year is None:
        return None, False
    start, end = (head.start + place for place in year.span())
    return TimeMention(start, end, year.group(), year.group(), False, text), year.group() == head.text
