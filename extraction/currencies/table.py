"""The table of currency marks: signs, codes, names in words and minor units.

Codes and official names come from Babel, everything else from ``en/currencies.toml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_currency_name

from extraction.text.lexemes import lex
from extraction.text.numeral import EXACT
from extraction.text.surfaces import Guard, Reading, Trie, guard_of, squeezed, words_of
from extraction.text.words import word_data

_ONE, _CENT, _THOUSANDTH = Decimal(1), Decimal("0.01"), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class CurrencyMark:
    """A currency sign, code or word at lexemes ``start:end``.

    ``code`` is the ISO 4217 code where the mark says it ("NZ$", "euros"); else ``candidates`` are the codes that it may
    mean, the most usual first. ``scale`` is what one of the mark is worth in the currency: 0.01 for "cents", a million
    for "MEUR". ``symbol`` is the name of the mark in ``en/currencies.toml``. A ``qualifier`` ("US" in "$500 US") is no
    mark without a sign before the number; ``combine`` joins the two.
    """

    code: str | None
    candidates: tuple[str, ...]
    scale: Decimal
    symbol: str
    start: int
    end: int
    qualifier: bool = False

    @property
    def minor(self) -> bool:
        """Whether the mark states a part of the currency ("cents")."""
        return self.scale < 1

    def in_major(self, value: Decimal) -> Decimal:
        """``value`` of this mark in units of the currency; dividing keeps "1200 cents" at 12, without decimals."""
        return EXACT.divide(value, Decimal(int(1 / self.scale))) if self.minor else EXACT.multiply(value, self.scale)


@dataclass(frozen=True, slots=True)
class Meaning:
    code: str | None
    candidates: tuple[str, ...]
    scale: Decimal
    symbol: str
    qualifier: bool = False

    def at(self, start: int, end: int) -> CurrencyMark:
        return CurrencyMark(self.code, self.candidates, self.scale, self.symbol, start, end, self.qualifier)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A mark before the number, and what it asks of the number: ``""``, ``large``, ``amount`` or ``one``."""

    meaning: Meaning
    needs: str = ""


@dataclass(frozen=True, slots=True)
class CurrencyTable:
    before: Mapping[str, Prefix]
    before_tails: frozenset[str]  # what the marks before a number end with, from one of their lexemes on
    after: Trie[Meaning]
    priors: Mapping[str, float]
    pound: Meaning
    money: frozenset[str]
    mass: frozenset[str]
    priced: frozenset[str]


@cache
def active_codes() -> frozenset[str]:
    """The ISO 4217 codes that are legal tender somewhere."""
    return frozenset(
        code
        for rows in get_global("territory_currencies").values()
        for code, _, until, tender in rows
        if tender and until is None
    )


@cache
def home_marks(codes: tuple[str, ...]) -> Mapping[str, Meaning]:
    """The letters that stand for one of these currencies in its own country, each with the others that it may mean."""
    letters: dict[str, list[str]] = word_data("currencies")["home"]
    marks: dict[str, Meaning] = {}
    for code in codes:
        for surface in letters.get(code, ()):
            others = (other for other, surfaces in letters.items() if surface in surfaces and other != code)
            marks[surface] = Meaning(None, (code, *others), _ONE, surface)
    return marks


@cache
def home_thousandths(codes: tuple[str, ...]) -> Mapping[str, Meaning]:
    """The words for a thousandth of these currencies."""
    words: dict[str, list[str]] = word_data("currencies")["home_thousandths"]
    return {word: Meaning(code, (code,), _THOUSANDTH, word) for code in codes for word in words.get(code, ())}


@cache
def currency_table() -> CurrencyTable:
    source = word_data("currencies")
    words = words_of(source["words"])
    before: dict[str, Prefix] = {}
    after: Trie[Meaning] = Trie()
    careful = frozenset(source["careful_codes"])
    for code in sorted(active_codes()):
        _add_code(before, after, code, careful=code in careful)
    for code in source["lower_codes"]:
        before[code] = Prefix(_meaning(code.upper(), code))
        after.add(code, Reading(_meaning(code.upper(), code)))
    for letters, scale in source["scaled_codes"]["scales"].items():
        for code in source["scaled_codes"]["codes"]:
            meaning = _meaning(code, f"{letters}{code}", scale=Decimal(scale))
            before[meaning.symbol] = Prefix(meaning)
            after.add(meaning.symbol, Reading(meaning, exact=meaning.symbol))
    for row in source["currency"]:
        _add_currency(before, after, row, words)
    for row in source["sign"]:
        meaning = Meaning(None, tuple(row["candidates"]), _scale_of(row), row["symbol"])
        _add_marks(before, after, row, meaning, words)
    pound = next(row for row in source["sign"] if row["symbol"] == "pound")
    return CurrencyTable(
        before,
        frozenset(surface[lexeme.start :] for surface in before for lexeme in lex(surface)),
        after,
        {row["symbol"]: float(row["prior"]) for row in source["sign"] if "prior" in row},
        Meaning(None, tuple(pound["candidates"]), _ONE, "pound"),
        words["money"],
        words["mass"],
        words["priced"],
    )


def _meaning(code: str, symbol: str, *, scale: Decimal = _ONE, qualifier: bool = False) -> Meaning:
    return Meaning(code, (code,), scale, symbol, qualifier)


def _scale_of(row: Mapping[str, Any]) -> Decimal:
    return _CENT if row.get("minor", False) else Decimal(row.get("scale", "1"))


def _add_code(before: dict[str, Prefix], after: Trie[Meaning], code: str, *, careful: bool) -> None:
    meaning = _meaning(code, code)
    before[code] = Prefix(meaning, "amount" if careful else "")
    if careful:
        after.add(code, Reading(meaning, guard=Guard(case=code, digits=False, large=True)))
    else:
        after.add(code, Reading(meaning, exact=code))
    for count in (1, 2):
        name = get_currency_name(code, count=count, locale="en")
        if " " in name:  # a name of one word may need a guard, which only the table has
            _add_word(after, name, _meaning(code, name.lower()))


def _add_currency(
    before: dict[str, Prefix], after: Trie[Meaning], row: Mapping[str, Any], words: Mapping[str, frozenset[str]]
) -> None:
    code = row["code"]
    _add_marks(before, after, row, _meaning(code, code), words)
    minor = {
        "before": row.get("minor_before", ()),
        "after": row.get("minor_after", ()),
        "words": row.get("minor_words", ()),
        "guarded": row.get("minor_guarded", ()),
    }
    _add_marks(before, after, minor, _meaning(code, code, scale=_CENT), words)
    for word in row.get("qualifiers", ()):
        guard = guard_of({"text": word, "digits": False, "next": ["@open"]}, words)
        after.add(word, Reading(_meaning(code, word, qualifier=True), guard=guard))


def _add_marks(
    before: dict[str, Prefix],
    after: Trie[Meaning],
    row: Mapping[str, Any],
    meaning: Meaning,
    words: Mapping[str, frozenset[str]],
) -> None:
    def named(symbol: str) -> Meaning:
        return replace(meaning, symbol=symbol) if meaning.code else meaning

    for key, needs in (("before", ""), ("before_large", "large"), ("before_amount", "amount"), ("before_one", "one")):
        for surface in row.get(key, ()):
            before[surface] = Prefix(named(surface), needs)
            if len(surface) > 2 and surface[:-1].isalpha() and surface.endswith(("$", "£", "¥")):
                before[f"{surface[:-1]} {surface[-1]}"] = Prefix(named(surface), needs)
    for surface in row.get("after", ()):
        after.add(surface, Reading(named(surface), exact=squeezed(lex(surface))))
    for word in row.get("words", ()):
        for surface in (word, f"{word}s"):
            _add_word(after, surface, named(word.lower()))
    for rule in row.get("guarded", ()):
        reading = named(rule["text"])
        if "scale" in rule:
            reading = replace(reading, scale=Decimal(rule["scale"]))
        after.add(rule["text"], Reading(reading, guard=guard_of(rule, words)))


def _add_word(after: Trie[Meaning], name: str, meaning: Meaning) -> None:
    """Adds a name, and with "Australian dollars" the "Australian cents" as well."""
    after.add(name, Reading(meaning))
    owner, _, noun = name.rpartition(" ")
    if owner and noun in ("dollar", "dollars") and meaning.scale == 1:
        cents = f"{owner} {noun.replace('dollar', 'cent')}"
        after.add(cents, Reading(replace(meaning, scale=_CENT, symbol=cents.lower())))
