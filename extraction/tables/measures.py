"""Says what the bare numbers of a row measure: the unit of its column, of its label or of the line above the table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.claims import TextSpan
from extraction.tables.captions import read_caption
from extraction.tables.layout import Row
from extraction.text.money_signs import SIGNS
from extraction.text.nouns import is_person, is_plural, is_quantity
from extraction.text.numeral import vocabulary
from extraction.text.words import word_set

# "(kg)", "(£m)" at the end of a head; "$bn", "US$ million", "£000", "Rs per kg" as such.
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]{1,30})[)\]]$")
_SCALES = sorted((*vocabulary()["magnitudes"], *vocabulary()["abbreviations"]), key=len, reverse=True)
_PER = r"(?P<by> ?/ ?| per | an? )(?P<per>(?:\d{1,4} ?)?[A-Za-z²³]+(?: [a-z]+)?)"
_LETTERS = r"[A-Z][A-Za-z]{0,3}\.?(?=[ ’']?(?:[mbt]r?illion|crore|lakh)| ?/)"  # "Sh million", "K/litre"
_MONEY = (
    rf"(?P<mark>[A-Z]{{0,3}}[{SIGNS}]|[A-Z]{{3}}|Rs\.?|{_LETTERS})[ ,’']?"
    rf"(?P<scale>{'|'.join(_SCALES)}|000s?)?(?:{_PER})?"
)
_AS_MONEY = re.compile(_MONEY)
# Above a table: "Results, NZ$m", "Budget (£000)", "prices (in ₹)", "(in millions of dollars, except per share)".
_ABOVE = re.compile(rf"(?:^|[ (]){_MONEY}\)?:?$")
_SCALED_ABOVE = re.compile(r"\b(?P<scale>thousand|million|billion)s of (?P<unit>(?:[A-Za-z.]{2,12} )?[a-z]{3,10})")
# "(naira)", "(in rupees per quintal)", "prices in rupees": money if that is what the words make of a number.
_IN_WORDS = re.compile(
    r"(?:[(\[](?:[a-z]{1,12} )?in |[(\[]|\bin )(?P<unit>[A-Z][A-Za-z]{0,11}|[a-z]{2,12}(?: [a-z]{3,12})?)"
    rf"(?:{_PER})?[)\]]?:?$"
)
_PER_TITLE = re.compile(r" (?:per|a) ([a-z]{2,12})\b")
# "('000)", "(thousands)", "(in thousands)", "('000 tonnes)", "(million barrels)".
_SCALE = re.compile(
    r"[(\[](?:in )?(?P<scale>['’‘]?000s?|thousands?|millions?|billions?)(?: of)?"
    r"(?: (?P<unit>[a-z][a-z ]{1,24}))?[)\]]:?$"
)
_NUMBERED = re.compile(r"(?:Table|Chart|Figure) \d{1,3}[.:]? ")
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+|\d{3,}")
_ALL = 100
_THOUSANDS = frozenset(("k", "000", "000s"))
_LONGEST_LETTERS = 4  # that stand in front of an amount: "Sh", "KSh"
_LONGEST_UNIT = 2  # words of a head that may name what is counted
_GOES_ON = word_set("grammar", "prepositions")  # behind the unit in "Days to sell", "Stores at quarter end"


@dataclass(frozen=True, slots=True)
class Measure:
    """What stands around the bare numbers of a column, were they written out: "$" and " million", "" and " votes".

    With ``counts`` false it may be a unit or say that people are counted ("dead"), but names no thing that is counted.
    ``money`` is nothing but money, and what has a ``scale`` is so many times as much whatever its unit.
    ``unit_text`` is the unit as the table writes it.
    """

    before: str
    behind: str
    counts: bool = True
    unit_text: str | None = None
    money: bool = False
    scale: bool = False


def measures_of(row: Row, named: TextSpan) -> Iterator[Measure]:
    """What the numbers of a row may measure, the likeliest first; ``named`` is the head or label that says it."""
    above = list(_from_above(row))
    priced = _is_price_list(row) and named is row.label
    bracket = _IN_BRACKETS.search(named.text)
    if priced and bracket is not None and _AS_MONEY.fullmatch(bracket.group(1).strip()) is None:
        yield from (
            Measure(each.before, f"{each.behind} per {bracket.group(1).strip()}", money=True)
            for each in above
            if each.money and " per " not in each.behind
        )
    elif not priced and not _names_party(named):
        yield from _bracketed(named)
    yield from above
    yield from _scaled(row, named)
    yield from _captioned(row, named)
    if not priced:
        yield from _counted(named)


def _captioned(row: Row, named: TextSpan) -> Iterator[Measure]:
    """The unit that the line above gives: "Primary vote, per cent", "SNOW TOTALS (inches)".

    A percentage is none of rows with counts above a hundred, and none of what the line names as well: the seats of
    "Seats and share of vote (%)". What such a table calls a change is points. Another unit is that of the heads that
    the line names, or of all that count nothing.
    """
    caption = read_caption(row.caption)
    if caption is None or row.caption is None:
        return
    title = set(re.findall(r"\w+", row.caption.text.lower()))
    words = named.text.lower().split()
    if not caption.is_share:
        heads = [set(head.text.lower().split()) for _, head in row.cells if head is not None]
        elsewhere = title.isdisjoint(words) and any(not title.isdisjoint(head) for head in heads)
        if named is row.label or not (elsewhere or is_plural(words[-1])):
            yield Measure("", f" {caption.unit}", counts=False, unit_text=caption.unit)
    elif not (_counts_many(row) or (words[-1] in title and is_plural(words[-1]))):
        moved = any(word in word_set("tables", "heads_of_steps") for word in words) and title.isdisjoint(words)
        yield Measure("", " percentage points" if moved else "%", counts=False, unit_text=caption.unit)


def _counts_many(row: Row) -> bool:
    """Whether a number of the row is whole and above a hundred."""
    numbers = (cell.text.strip("()+-−–*†‡") for cell, _ in row.cells)
    return any(_WHOLE.fullmatch(text) is not None and int(text.replace(",", "")) > _ALL for text in numbers)


def measured_below(row: Row) -> TextSpan:
    """What a row measures where no head tells: its label, or the "Pump price" of a corner "Pump price (K/litre)"."""
    corner = None if row.corner is None else without_unit(row.corner)
    named = corner is not None and corner is not row.corner and is_quantity(corner.text.split()[-1].lower())
    return corner if corner is not None and named else row.label


def without_unit(head: TextSpan) -> TextSpan:
    """The "Rain" of "Rain (mm)"."""
    bracket = _IN_BRACKETS.search(head.text)
    if bracket is None or bracket.start() == 0:
        return head
    return TextSpan(head.text[: bracket.start()], head.start, head.start + bracket.start())


def _is_price_list(row: Row) -> bool:
    """Whether the line above speaks of prices: "Other MCX closing prices (in ₹)", "Exchange rates (naira)"."""
    words = "" if row.caption is None else row.caption.text.lower()
    return any(word.strip("(),:.") in word_set("tables", "words_of_price_lists") for word in words.split())


def _names_party(head: TextSpan) -> bool:
    """Whether the head is a candidate with a party in brackets, and no unit: "Ann Roe (C)"."""
    bracket = _IN_BRACKETS.search(head.text)
    if bracket is None or len(bracket.group(1)) > 1 or not bracket.group(1).isupper():
        return False
    words = head.text[: bracket.start()].split()
    return len(words) > 1 and all(word[0].isupper() and word[1:].islower() for word in words)


def _bracketed(head: TextSpan) -> Iterator[Measure]:
    """The unit that a head or a label gives: "Weight (kg)", "Price ($)", "£m", "%"."""
    bracket = _IN_BRACKETS.search(head.text)
    inside = bracket.group(1).strip() if bracket is not None else head.text
    money = _AS_MONEY.fullmatch(inside)
    if money is not None:
        yield _sum(money)
    elif "%" in head.text:
        yield Measure("", "%", unit_text="%")
    elif bracket is not None:
        yield Measure("", f" {inside}", unit_text=inside)


def _sum(money: re.Match[str]) -> Measure:
    scale = "thousand" if money["scale"] in _THOUSANDS else money["scale"]
    per = f"{money['by'].strip() if '/' in money['by'] else ' per '}{money['per']}" if money["per"] else ""
    return Measure(money["mark"], (f" {scale}" if scale else "") + per, money=True)


def _counted(head: TextSpan) -> Iterator[Measure]:
    """What a head or a label says is counted: "Votes", "Days to sell", "Pts"."""
    words = without_unit(head).text.split()
    end = next((at for at, word in enumerate(words) if at and word.lower() in _GOES_ON), len(words))
    words = words[:end]
    last = words[-1] if words else ""
    if last.lower() in word_set("cues", "verbs_as_labels"):
        return
    short = len(words) <= _LONGEST_UNIT and len(last) > 1 and not last.isupper()
    plural = any(is_plural(word) for word in words)
    if short and not is_quantity(last.lower()) and (plural or _IN_BRACKETS.search(head.text) is None):
        unit = " ".join(words)
        yield Measure("", f" {unit.lower()}", counts=plural, unit_text=unit)


def _from_above(row: Row) -> Iterator[Measure]:
    """The money that is told once for all rows; what counts people has none, and earnings per share their own."""
    label = without_unit(row.label).text
    words = label.lower().split()
    shouted = row.label.text.isupper() and label not in word_set("tables", "codes_of_rates")
    if "share" in words or shouted or "%" in row.label.text or is_person(words[-1]):
        return
    for above in (row.corner, row.caption):
        if above is None:
            continue
        if (scaled := _SCALED_ABOVE.search(above.text)) is not None:
            yield Measure("", f" {scaled['scale']} {scaled['unit']}")
        elif (money := _ABOVE.search(above.text)) is not None:
            yield _sum(money)
        elif (told := _IN_WORDS.search(above.text)) is not None:
            yield from _in_words(told)


def _in_words(told: re.Match[str]) -> Iterator[Measure]:
    """The money of a title in words: "(in rupees per quintal)", "Market prices (Sh)", "Fuel prices per litre (R)"."""
    title = _PER_TITLE.search(told.string, 0, told.start())
    unit, per = told["unit"], told["per"] or (title[1] if title is not None else "")
    behind = f" per {per}" if per else ""
    if unit[0].isupper() and len(unit) <= _LONGEST_LETTERS:
        yield Measure(unit, behind, money=True)
    yield Measure("", f" {unit}{behind}", money=True)


def _scaled(row: Row, named: TextSpan) -> Iterator[Measure]:
    """How many times as many all numbers are: those under "Passenger journeys by type ('000)" are thousands."""
    if _IN_BRACKETS.search(named.text) is not None or "%" in named.text or _is_share_or_change(named.text):
        return
    for above in (row.corner, row.caption):
        told = None if above is None else _SCALE.search(above.text)
        if above is None or told is None:
            continue
        scale = "thousand" if "000" in told["scale"] else told["scale"].removesuffix("s")
        unit = told["unit"] or _noun_of(named.text) or _noun_of(_NUMBERED.sub("", above.text[: told.start()]))
        yield Measure("", f" {scale} {unit}" if unit else f" {scale}", unit_text=unit or None, scale=True)


def _is_share_or_change(head: str) -> bool:
    """Whether the head is one whose numbers are not scaled: "Month on month", "Change", "Share"."""
    return any(word in word_set("tables", "unscaled_heads") for word in head.lower().split())


def _noun_of(title: str) -> str:
    """The "passenger journeys" of "Passenger journeys by type"."""
    words = title.lower().split()
    end = next((at for at, word in enumerate(words) if at and word in _GOES_ON), len(words))
    noun = words[max(0, end - _LONGEST_UNIT) : end]
    return " ".join(noun) if noun and is_plural(noun[-1]) and not is_quantity(noun[-1]) else ""
