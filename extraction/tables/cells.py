"""Reads the numbers of a row: with the unit that its column, its label or the line above the table gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from extraction.claims import Kind, TextSpan
from extraction.context.parts import Context
from extraction.currencies.home import HomeMoney
from extraction.numerals.decimal_commas import groups_with_dots, with_commas
from extraction.numerals.numeral import vocabulary
from extraction.quantities import read_quantities
from extraction.quantity import Quantity
from extraction.tables.layout import TIME_OF_COLUMN, Row
from extraction.text.nouns import is_person, is_plural, is_quantity
from extraction.times.dates import YEAR, match_dates
from extraction.times.mention import TimeMention, Times
from extraction.times.mentions import find_times

# "(kg)", "(£m)" at the end of a head; "$bn", "US$ million", "£000" as such.
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,30})[)\]]$")
_SCALES = sorted((*vocabulary()["magnitudes"], *vocabulary()["abbreviations"]), key=len, reverse=True)
_MONEY = (
    r"(?P<mark>[A-Z]{0,3}[$£€¥₹]|[A-Z]{3}|Rs\.?|[A-Z][A-Za-z]{0,3}\.?(?=[ ’']?(?:[mbt]r?illion|crore|lakh)| ?/))[ ,’']?"
    rf"(?P<scale>{'|'.join(_SCALES)}|000s?)?(?: ?/ ?(?P<per>[a-z²³]+))?"
)
_AS_MONEY = re.compile(_MONEY)
# Above a table: "Results, NZ$m", "Budget (£000)", "(in millions of dollars, except per share)".
_ABOVE = re.compile(rf"(?:^|[ (]){_MONEY}\)?$")
_SCALED_ABOVE = re.compile(r"\b(?P<scale>thousand|million|billion)s of (?P<unit>(?:[A-Za-z.]{2,12} )?[a-z]{3,10})")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}$)")
_YEAR = re.compile(rf"(?<![\d/-]){YEAR}(?![\d/-])")
_THOUSANDS = frozenset(("k", "000", "000s"))
_BARE = frozenset((Kind.COUNT, Kind.NUMBER))
_LONGEST_UNIT = 2  # words of a head that may name what is counted
_GOES_ON = frozenset(("to", "of", "per", "in", "on", "for"))  # behind the unit in "Days to sell"


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity of a table, with what its row and its column say of it."""

    quantity: Quantity
    context: Context
    times: Times


@dataclass(frozen=True, slots=True)
class _Measure:
    """What stands around the bare numbers of a column, were they written out: "$" and " million", "" and " votes".

    With ``counts`` false it may be a unit or say that people are counted ("dead"), but names no thing that is counted.
    ``unit_text`` is the unit as the table writes it.
    """

    before: str
    behind: str
    counts: bool = True
    unit_text: str | None = None


def read_row(text: str, row: Row, home: HomeMoney, published_at: datetime | date | None) -> Iterator[Placed]:
    """The quantities of a row; of a pair only what its label counts."""
    for cell, head in row.cells:
        mention, whole = (None, False) if head is None else _time(text, head, published_at)
        named = _measured_below(row) if head is None or whole else head
        measures = [*_bracketed(named), *_from_above(row), *_counted(named)]
        quantity = _read(text, cell, row.start if row.pair else cell.start, measures, home)
        if quantity is None or (row.pair and quantity.unit is None):
            continue
        counted = quantity.kind is Kind.COUNT and quantity.unit is not None
        measure = None if counted or named.text == "%" else _without_unit(named)
        yield Placed(quantity, Context(_without_unit(row.label), measure, rules=("context.table",)), Times(mention))


def _read(text: str, cell: TextSpan, first: int, measures: list[_Measure], home: HomeMoney) -> Quantity | None:
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
        measures = [*measures, _Measure("", "")]
    else:
        first = start if first == cell.start else first
        dates = [(date.start, date.end) for date in match_dates(text, first, end)]
        found = [one for one in read_quantities(text, first, end, dates, home=home).quantities if one.start >= start]
        if len(found) != 1:
            return None
        quantity = found[0]
    if quantity is None or (quantity.kind in _BARE and quantity.unit is None):
        quantity = _measured(bare, (start, end), measures, home) or quantity
    if quantity is None:
        return None
    quantity = replace(quantity, change=None, counterpart=None, rules=(*quantity.rules, "table.cell"))
    return _negative(quantity, cell) if negative else quantity


def _measured(number: str, place: tuple[int, int], measures: list[_Measure], home: HomeMoney) -> Quantity | None:
    """The quantity that the first fitting measure makes of the bare number that stands at ``place``."""
    sign = number[: len(number) - len(number.lstrip("-−–+"))]
    for measure in measures:
        written = f"{sign}{measure.before}{number[len(sign) :]}{measure.behind}"
        found = read_quantities(written, 0, len(written), home=home).quantities
        if len(found) == 1 and _makes_amount(measure, found[0]):
            start, end = place
            return replace(found[0], start=start, end=end, unit_text=measure.unit_text, unit_span=None)
    return None


def _makes_amount(measure: _Measure, quantity: Quantity) -> bool:
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


def _measured_below(row: Row) -> TextSpan:
    """What a row measures where no head tells: its label, or the "Pump price" of a corner "Pump price (K/litre)"."""
    corner = None if row.corner is None else _without_unit(row.corner)
    named = corner is not None and corner is not row.corner and is_quantity(corner.text.split()[-1].lower())
    return corner if corner is not None and named else row.label


def _without_unit(head: TextSpan) -> TextSpan:
    """The "Rain" of "Rain (mm)"."""
    bracket = _IN_BRACKETS.search(head.text)
    if bracket is None or bracket.start() == 0:
        return head
    return TextSpan(head.text[: bracket.start()], head.start, head.start + bracket.start())


def _bracketed(head: TextSpan) -> Iterator[_Measure]:
    """The unit that a head or a label gives: "Weight (kg)", "Price ($)", "£m", "%"."""
    bracket = _IN_BRACKETS.search(head.text)
    inside = bracket.group(1).strip() if bracket is not None else head.text
    money = _AS_MONEY.fullmatch(inside)
    if money is not None:
        yield _sum(money)
    elif "%" in head.text:
        yield _Measure("", "%", unit_text="%")
    elif bracket is not None:
        yield _Measure("", f" {inside}", unit_text=inside)


def _sum(money: re.Match[str]) -> _Measure:
    scale = "thousand" if money["scale"] in _THOUSANDS else money["scale"]
    return _Measure(money["mark"], (f" {scale}" if scale else "") + (f"/{money['per']}" if money["per"] else ""))


def _counted(head: TextSpan) -> Iterator[_Measure]:
    """What a head or a label says is counted: "Votes", "Days to sell", "Pts"."""
    words = _without_unit(head).text.split()
    if len(words) > 1 and words[1].lower() in _GOES_ON:
        words = words[:1]
    last = words[-1] if words else ""
    short = len(words) <= _LONGEST_UNIT and len(last) > 1 and not last.isupper()
    plural = any(is_plural(word) for word in words)
    if short and not is_quantity(last.lower()) and (plural or _IN_BRACKETS.search(head.text) is None):
        unit = " ".join(words)
        yield _Measure("", f" {unit.lower()}", counts=plural, unit_text=unit)


def _from_above(row: Row) -> Iterator[_Measure]:
    """The money that is told once for all rows; what counts people has none, and earnings per share their own."""
    label = _without_unit(row.label).text.lower().split()
    own = "share" in label or row.label.text.isupper() or "%" in row.label.text
    if own or is_person(label[-1]):
        return
    for above in (row.corner, row.caption):
        if above is None:
            continue
        if (scaled := _SCALED_ABOVE.search(above.text)) is not None:
            yield _Measure("", f" {scaled['scale']} {scaled['unit']}")
        elif (money := _ABOVE.search(above.text)) is not None:
            yield _sum(money)
