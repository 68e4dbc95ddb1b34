"""Finds the marks of currencies beside a number: signs, codes, names in words and minor units.

Codes and official names come from Babel, everything else from ``en/currencies.toml``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from babel.core import get_global
from babel.numbers import get_currency_name

from extraction.numerals.numeral import EXACT
from extraction.text.lexemes import Lexeme, LexemeType, lex
from extraction.text.surfaces import (
    HYPHENS,
    MAGNITUDES,
    Guard,
    Reading,
    Trie,
    guard_of,
    is_large,
    is_near,
    squeezed,
    word_at,
    words_of,
)
from extraction.text.words import word_data

# The longest mark before a number, in lexemes ("US dollars", "U.S.$").
_LONGEST_BEFORE = 5
_ONE, _CENT = Decimal(1), Decimal("0.01")


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
class _Meaning:
    code: str | None
    candidates: tuple[str, ...]
    scale: Decimal
    symbol: str
    qualifier: bool = False

    def at(self, start: int, end: int) -> CurrencyMark:
        return CurrencyMark(self.code, self.candidates, self.scale, self.symbol, start, end, self.qualifier)


@dataclass(frozen=True, slots=True)
class _Prefix:
    """A mark before the number, and what it asks of the number: ``""``, ``large`` or ``amount``."""

    meaning: _Meaning
    needs: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    before: Mapping[str, _Prefix]
    before_ends: frozenset[str]
    after: Trie[_Meaning]
    priors: Mapping[str, float]
    pound: _Meaning
    money: frozenset[str]
    mass: frozenset[str]
    priced: frozenset[str]


# --- look-ups -------------------------------------------------------------------------------------------------------


def mark_before(lexemes: Sequence[Lexeme], i: int) -> CurrencyMark | None:
    """The longest mark that ends just before lexeme ``i``, the number (or its sign): "NZ$", "US $", "EUR", "RM"."""
    table = _table()
    if i < 1 or lexemes[i - 1].text not in table.before_ends:
        return None
    for start in range(max(0, i - _LONGEST_BEFORE), i):
        prefix = table.before.get(_joined(lexemes, start, i))
        if prefix is not None and _number_allows(prefix, lexemes, i):
            return prefix.meaning.at(start, i)
    return None


def mark_after(lexemes: Sequence[Lexeme], i: int, *, pounds_are_money: bool = False) -> CurrencyMark | None:
    """The longest mark that starts at lexeme ``i``, after the number and its magnitude: "dollars", "USD", "€", "p".

    "pounds" are money where a word beside them says so or, with ``pounds_are_money``, unless one speaks of weight; see
    ``currencies.resolve.pounds_mean_money``. A mark that belongs to a following number ("2019 USD 5m") is none.
    """
    if i >= len(lexemes):
        return None
    table = _table()
    reading, end = table.after.longest(lexemes, i)
    if reading is not None:
        if reading.meaning.symbol.endswith(".") and word_at(lexemes, end) == "." and lexemes[end].glued:
            end += 1  # the last full stop of "U.S."
        return None if _belongs_to_next(lexemes, i, end) else reading.meaning.at(i, end)
    if (
        lexemes[i].lower == "pounds"
        and word_at(lexemes, i + 1) in ("a", "per")
        and word_at(lexemes, i + 2) in table.priced
    ):
        return table.pound.at(i, i + 1)
    if pounds_are_money and lexemes[i].lower == "pounds" and word_at(lexemes, i + 1) not in ("of", "per"):
        return None if is_near(table.mass, lexemes, i, i + 1) else table.pound.at(i, i + 1)
    return None


def combine(before: CurrencyMark | None, after: CurrencyMark | None) -> CurrencyMark | None:
    """The mark of an amount from those on its two sides: "$8 NZD", "$500 US", "$5 Canadian"; None without any.

    The span is that of both when the second makes the first explicit, else that of the first.
    """
    if before is None:
        return None if after is None or after.qualifier else after
    if after is None or after.minor:
        return before
    if before.code is None and after.code in before.candidates:
        return replace(before, code=after.code, candidates=after.candidates, end=after.end)
    same = before.code == after.code and before.candidates[0] == after.candidates[0]  # "$5 dollars", "US$5 USD"
    return replace(before, end=after.end) if same else before


def dollar_code(letters: str) -> str | None:
    """The currency of the sign that begins with ``letters``: USD for the "US" of "US$"."""
    prefix = _table().before.get(f"{letters}$")
    return None if prefix is None else prefix.meaning.code


def prior_of(symbol: str) -> float:
    """How strongly a mark means its first candidate; 1 unless the table says otherwise."""
    return _table().priors.get(symbol, 1.0)


@cache
def active_codes() -> frozenset[str]:
    """The ISO 4217 codes that are legal tender somewhere."""
    return frozenset(
        code
        for rows in get_global("territory_currencies").values()
        for code, _, until, tender in rows
        if tender and until is None
    )


def _joined(lexemes: Sequence[Lexeme], start: int, end: int) -> str:
    """The lexemes' text, with one space where they are apart: the key of a mark before the number."""
    rest = (lexeme.text if lexeme.glued else f" {lexeme.text}" for lexeme in lexemes[start + 1 : end])
    return "".join((lexemes[start].text, *rest))


def _number_allows(prefix: _Prefix, lexemes: Sequence[Lexeme], i: int) -> bool:
    if not prefix.needs:
        return True
    if i >= len(lexemes) or lexemes[i].type is not LexemeType.NUMBER:
        return False
    k = i + 1
    if word_at(lexemes, k) in HYPHENS and lexemes[k].glued:
        k += 1  # "R5-million"
    scaled = word_at(lexemes, k) in MAGNITUDES and lexemes[k].text != "K"
    if prefix.needs == "large":
        return scaled or is_large(lexemes, i) or _scaled_later(lexemes, i)
    glued = lexemes[i].glued or len(prefix.meaning.symbol) > 1
    return glued and (scaled or "," in lexemes[i].text or word_at(lexemes, i + 1) in ("a", "an", "per"))


def _scaled_later(lexemes: Sequence[Lexeme], i: int) -> bool:
    """As in "R1 to R2 million": the magnitude stands behind the other end of the range."""
    k = i + 2 if word_at(lexemes, i + 1) in ("to", "-", "–") else len(lexemes)
    if word_at(lexemes, k) == word_at(lexemes, i - 1):
        k += 1
    return k < len(lexemes) and lexemes[k].type is LexemeType.NUMBER and word_at(lexemes, k + 1) in MAGNITUDES


def _belongs_to_next(lexemes: Sequence[Lexeme], i: int, end: int) -> bool:
    """Whether the mark at lexemes ``i:end`` stands before another number: "in 2019 USD 5m", "5 $10 notes"."""
    if end >= len(lexemes) or lexemes[end].type is not LexemeType.NUMBER or lexemes[i].glued:
        return False
    return lexemes[end].glued or lexemes[i].text.isupper() or not lexemes[i].text.isalnum()


# --- loading --------------------------------------------------------------------------------------------------------


@cache
def _table() -> _Table:
    source = word_data("currencies")
    words = words_of(source["words"])
    before: dict[str, _Prefix] = {}
    after: Trie[_Meaning] = Trie()
    careful = frozenset(source["careful_codes"])
    for code in sorted(active_codes()):
        _add_code(before, after, code, careful=code in careful)
    for code in source["lower_codes"]:
        before[code] = _Prefix(_meaning(code.upper(), code))
        after.add(code, Reading(_meaning(code.upper(), code)))
    for letters, scale in source["scaled_codes"]["scales"].items():
        for code in source["scaled_codes"]["codes"]:
            meaning = _meaning(code, f"{letters}{code}", scale=Decimal(scale))
            before[meaning.symbol] = _Prefix(meaning)
            after.add(meaning.symbol, Reading(meaning, exact=meaning.symbol))
    for row in source["currency"]:
        _add_currency(before, after, row, words)
    for row in source["sign"]:
        meaning = _Meaning(None, tuple(row["candidates"]), _scale_of(row), row["symbol"])
        _add_marks(before, after, row, meaning, words)
    pound = next(row for row in source["sign"] if row["symbol"] == "pound")
    return _Table(
        before,
        frozenset(lex(surface)[-1].text for surface in before),
        after,
        {row["symbol"]: float(row["prior"]) for row in source["sign"] if "prior" in row},
        _Meaning(None, tuple(pound["candidates"]), _ONE, "pound"),
        words["money"],
        words["mass"],
        words["priced"],
    )


def _meaning(code: str, symbol: str, *, scale: Decimal = _ONE, qualifier: bool = False) -> _Meaning:
    return _Meaning(code, (code,), scale, symbol, qualifier)


def _scale_of(row: Mapping[str, Any]) -> Decimal:
    return _CENT if row.get("minor", False) else Decimal(row.get("scale", "1"))


def _add_code(before: dict[str, _Prefix], after: Trie[_Meaning], code: str, *, careful: bool) -> None:
    meaning = _meaning(code, code)
    before[code] = _Prefix(meaning, "amount" if careful else "")
    if careful:
        after.add(code, Reading(meaning, guard=Guard(case=code, digits=False, large=True)))
    else:
        after.add(code, Reading(meaning, exact=code))
    for count in (1, 2):
        name = get_currency_name(code, count=count, locale="en")
        if " " in name:  # a name of one word may need a guard, which only the table has
            _add_word(after, name, _meaning(code, name.lower()))


def _add_currency(
    before: dict[str, _Prefix], after: Trie[_Meaning], row: Mapping[str, Any], words: Mapping[str, frozenset[str]]
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
    before: dict[str, _Prefix],
    after: Trie[_Meaning],
    row: Mapping[str, Any],
    meaning: _Meaning,
    words: Mapping[str, frozenset[str]],
) -> None:
    def named(symbol: str) -> _Meaning:
        return replace(meaning, symbol=symbol) if meaning.code else meaning

    for key, needs in (("before", ""), ("before_large", "large"), ("before_amount", "amount")):
        for surface in row.get(key, ()):
            before[surface] = _Prefix(named(surface), needs)
            if len(surface) > 2 and surface[:-1].isalpha() and surface.endswith(("$", "£", "¥")):
                before[f"{surface[:-1]} {surface[-1]}"] = _Prefix(named(surface), needs)
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


def _add_word(after: Trie[_Meaning], name: str, meaning: _Meaning) -> None:
    """Adds a name, and with "Australian dollars" the "Australian cents" as well."""
    after.add(name, Reading(meaning))
    owner, _, noun = name.rpartition(" ")
    if owner and noun in ("dollar", "dollars") and meaning.scale == 1:
        cents = f"{owner} {noun.replace('dollar', 'cent')}"
        after.add(cents, Reading(replace(meaning, scale=_CENT, symbol=cents.lower())))
