"""Finds units of measurement, percentages and the denominators of rates beside a number.

All spellings stand in ``en/units.toml``; they are read once, into a trie over lexemes, so that a look-up costs no more
than the longest spelling.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from extraction.claims import Kind
from extraction.lexemes import Lexeme, LexemeType, lex
from extraction.surfaces import HYPHENS, Reading, Trie, guard_of, squeezed, word_at, words_of
from extraction.words import word_data


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``name`` as in the Pint registry unless ``ours``; ``ucum`` is None where UCUM has no code for it."""

    name: str
    kind: Kind
    dimension: str
    ucum: str | None
    plural: str
    ours: bool


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit that ends before lexeme ``end``.

    ``per`` is the name of the denominator ("km/h", "miles per hour"), which begins at lexeme ``per_start``; that
    is None when one word holds both ("mph").
    """

    unit: Unit
    end: int
    per: str | None = None
    per_start: int | None = None


@dataclass(frozen=True, slots=True)
class DenominatorMatch:
    """The denominator of a rate ("an hour", "per 100,000 people": ``100000 person``), which ends before ``end``."""

    unit: str
    end: int


@dataclass(frozen=True, slots=True)
class _Meaning:
    """A unit, with the denominator that the same word holds ("mph")."""

    unit: Unit
    per: str | None = None


@dataclass(frozen=True, slots=True)
class _Denominators:
    """The word lists of ``[denominators]``."""

    speed: frozenset[str]
    nouns: frozenset[str]
    modifiers: frozenset[str]
    shifts: frozenset[str]
    to_the: frozenset[str]
    never: frozenset[str]
    compounds: Mapping[str, frozenset[str]]
    adverbs: Mapping[str, str]
    counts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Table:
    units: Mapping[str, Unit]
    after_number: Trie[_Meaning]
    after_per: Trie[_Meaning]
    always_per: Trie[str]
    denominators: _Denominators
    singular: Mapping[str, str]
    open_words: frozenset[str]


# --- look-ups -------------------------------------------------------------------------------------------------------


def unit_named(name: str) -> Unit | None:
    """The unit of that name, or None."""
    return _table().units.get(name)


def all_units() -> tuple[Unit, ...]:
    """Every unit of the table, in its order."""
    return tuple(_table().units.values())


def match_unit(lexemes: Sequence[Lexeme], i: int, *, after_currency: bool = False) -> UnitMatch | None:
    """The longest unit that starts at lexeme ``i``, the lexeme after a number (or after its hyphen), or None.

    ``after_currency`` leaves out spellings that are unsafe behind an amount of money ("$5m", "$3 in").
    """
    reading, end = _table().after_number.longest(lexemes, i, after_currency=after_currency)
    if reading is None:
        return None
    unit, per = reading.meaning.unit, reading.meaning.per
    if per is not None:
        return UnitMatch(_over(unit, per), end, per)
    below = None if unit.kind in (Kind.PERCENT, Kind.INDEX) else _physical_denominator(lexemes, end)
    if below is None:
        return UnitMatch(unit, end)
    return UnitMatch(_over(unit, below.unit), below.end, below.unit, end)


def denominator(lexemes: Sequence[Lexeme], i: int) -> DenominatorMatch | None:
    """The denominator of a rate that starts at lexeme ``i``, after an amount, or None.

    "per" takes any noun; "a", "an", "each", "every" and "/" only those of the table, and not where they point in time
    ("a year earlier"). Hyphens ("$15-an-hour") and adverbs ("annually") are understood.
    """
    j = i + 1 if i < len(lexemes) and lexemes[i].text in HYPHENS else i
    if j >= len(lexemes) or lexemes[j].type is LexemeType.BREAK:
        return None
    always, end = _table().always_per.longest(lexemes, j)
    if always is not None:
        return DenominatorMatch(always.meaning, end)
    lower = lexemes[j].lower
    if lower == "per":
        return _per(lexemes, _skip_hyphen(lexemes, j + 1))
    if lower == "/":
        return _slash(lexemes, j + 1)
    if lower in ("a", "an", "each", "every"):
        return _indefinite(lexemes, _skip_hyphen(lexemes, j + 1), counted=lower == "every")
    if lower == "to" and word_at(lexemes, j + 1) == "the" and word_at(lexemes, j + 2) in _table().denominators.to_the:
        return _noun(lexemes, j + 2, any_noun=True) if word_at(lexemes, j + 3) in _table().open_words else None
    adverb = _table().denominators.adverbs.get(lower)
    if adverb is not None and word_at(lexemes, j + 1) in _table().open_words:
        return DenominatorMatch(adverb, j + 1)
    return None


def singular(noun: str) -> str:
    """The singular of an English plural noun; a singular noun stays as it is."""
    irregular = _table().singular.get(noun.lower())
    if irregular is not None:
        return irregular
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 2:
        return noun[:-1]
    return noun


def _over(unit: Unit, per: str) -> Unit:
    """``unit`` with the kind that it has over ``per``: a length over a short time is a speed."""
    if unit.kind is Kind.LENGTH and per in _table().denominators.speed:
        return replace(unit, kind=Kind.SPEED)
    return unit


# --- denominators ---------------------------------------------------------------------------------------------------


def _physical_denominator(lexemes: Sequence[Lexeme], i: int) -> DenominatorMatch | None:
    """As ``denominator``, after a unit; "a" and "an" take units of time alone: "50 km an hour"."""
    match = denominator(lexemes, i)
    if match is None:
        return None
    j = i + 1 if lexemes[i].text in HYPHENS else i
    unit = unit_named(match.unit)
    if lexemes[j].lower in ("per", "/", "to") or (unit is not None and unit.kind is Kind.DURATION):
        return match
    return None


def _per(lexemes: Sequence[Lexeme], j: int) -> DenominatorMatch | None:
    count, j = _count(lexemes, j)
    noun = None if word_at(lexemes, j) in _table().denominators.never else _noun(lexemes, j, any_noun=True)
    if noun is None:
        return DenominatorMatch(count, j) if count else None
    return DenominatorMatch(f"{count} {noun.unit}" if count else noun.unit, noun.end)


def _slash(lexemes: Sequence[Lexeme], j: int) -> DenominatorMatch | None:
    if j < len(lexemes) and lexemes[j].type is LexemeType.NUMBER and not lexemes[j].glued:
        return None  # "224 kW / 300 PS"
    count, j = _count(lexemes, j)
    noun = _noun(lexemes, j, any_noun=False)
    if noun is None:
        return None
    return DenominatorMatch(f"{count} {noun.unit}" if count else noun.unit, noun.end)


def _indefinite(lexemes: Sequence[Lexeme], j: int, *, counted: bool) -> DenominatorMatch | None:
    count, j = _count(lexemes, j) if counted else ("", j)
    noun = _noun(lexemes, j, any_noun=False)
    if noun is None or lexemes[j].type is not LexemeType.WORD:
        return None
    words, following = _table().denominators, word_at(lexemes, noun.end)
    if following in words.shifts or following in words.compounds.get(lexemes[noun.end - 1].lower, ()):
        return None
    if following == "and" and [word_at(lexemes, noun.end + 1), word_at(lexemes, noun.end + 2)] == ["a", "half"]:
        return None  # "an hour and a half" is an amount
    hyphen = following in HYPHENS and lexemes[noun.end].glued
    if hyphen and word_at(lexemes, noun.end + 1) in words.shifts:
        return None
    return DenominatorMatch(f"{count} {noun.unit}" if count else noun.unit, noun.end)


def _count(lexemes: Sequence[Lexeme], j: int) -> tuple[str, int]:
    """The number of "per 100,000 people" as a digit string, and where it ends; an empty string without one."""
    if word_at(lexemes, j) in _table().denominators.counts:
        return _table().denominators.counts[lexemes[j].lower], j + 1
    if j >= len(lexemes) or lexemes[j].type is not LexemeType.NUMBER:
        return "", j
    return "".join(c for c in lexemes[j].text if c.isdigit() or c == "."), j + 1


def _noun(lexemes: Sequence[Lexeme], j: int, *, any_noun: bool) -> DenominatorMatch | None:
    """The unit or noun at lexeme ``j``, by its singular name."""
    if j >= len(lexemes):
        return None
    reading, end = _table().after_per.longest(lexemes, j)
    if reading is not None:
        return DenominatorMatch(reading.meaning.unit.name, end)
    if lexemes[j].type is not LexemeType.WORD:
        return None
    table = _table().denominators
    noun = singular(lexemes[j].lower)
    if noun in table.nouns:
        return DenominatorMatch(noun, j + 1)
    if noun in table.modifiers:
        behind = _noun(lexemes, _skip_hyphen(lexemes, j + 1), any_noun=any_noun)
        if behind is not None:
            return behind
    return DenominatorMatch(noun, j + 1) if any_noun else None


def _skip_hyphen(lexemes: Sequence[Lexeme], j: int) -> int:
    return j + 1 if j < len(lexemes) and lexemes[j].text in HYPHENS and lexemes[j].glued else j


# --- loading --------------------------------------------------------------------------------------------------------


@cache
def _table() -> _Table:
    source = word_data("units")
    words = words_of(source["words"])
    units: dict[str, Unit] = {}
    after_number: Trie[_Meaning] = Trie()
    after_per: Trie[_Meaning] = Trie()
    always_per: Trie[str] = Trie()
    for quantity in source["quantity"]:
        for row in quantity["units"]:
            unit = _unit(quantity, row)
            units.setdefault(unit.name, unit)
            for surface, reading in _readings(row, unit, words, source["spelling"]):
                after_number.add(surface, reading)
                if reading.guard is None:
                    after_per.add(surface, reading)
            for surface in (*row.get("per", ()), *_names(unit, source["spelling"])):
                after_per.add(surface, Reading(_Meaning(unit)))
    for rate in source["rate"]:
        meaning = _Meaning(units[rate["unit"]], rate["per"])
        for surface in rate.get("surfaces", ()):
            after_number.add(surface, Reading(meaning))
        for surface in rate.get("exact", ()):
            after_number.add(surface, Reading(meaning, exact=squeezed(lex(surface)).rstrip(".")))
    for surface, noun in source["denominators"]["always"].items():
        always_per.add(surface, Reading(noun))
    return _Table(
        units,
        after_number,
        after_per,
        always_per,
        _denominators(source["denominators"]),
        source["singular"],
        words["open"],
    )


def _unit(quantity: Mapping[str, Any], row: Mapping[str, Any]) -> Unit:
    name = row["name"]
    return Unit(
        name=name,
        kind=Kind(row.get("kind", quantity["kind"])),
        dimension=row.get("dimension", quantity["dimension"]),
        ucum=row.get("ucum"),
        plural=row.get("plural", name.replace("_", " ") + "s"),
        ours=row.get("ours", False),
    )


def _names(unit: Unit, spelling: Mapping[str, str]) -> list[str]:
    """The unit's name and plural as words, in American and British spelling."""
    names = list(dict.fromkeys((unit.name.replace("_", " "), unit.plural)))
    for american, british in spelling.items():
        names += [name.replace(american, british) for name in names if american in name]
    return names


def _readings(
    row: Mapping[str, Any], unit: Unit, words: Mapping[str, frozenset[str]], spelling: Mapping[str, str]
) -> Iterator[tuple[str, Reading[_Meaning]]]:
    meaning, guarded = _Meaning(unit), row.get("guarded", ())
    for rule in guarded:
        yield rule["text"], Reading(meaning, guard=guard_of(rule, words))
    for surface in row.get("exact", ()):
        yield surface, Reading(meaning, exact=squeezed(lex(surface)).rstrip("."))
    names = _names(unit, spelling)
    if not any(rule["text"] in names for rule in guarded):
        yield from ((name, Reading(meaning)) for name in names)
    yield from ((surface, Reading(meaning)) for surface in row.get("surfaces", ()))


def _denominators(source: Mapping[str, Any]) -> _Denominators:
    return _Denominators(
        speed=frozenset(source["speed"]),
        nouns=frozenset(source["nouns"]),
        modifiers=frozenset(source["modifiers"]),
        shifts=frozenset(source["shifts"]),
        to_the=frozenset(source["to_the"]),
        never=frozenset(source["never"]),
        compounds={noun: frozenset(words) for noun, words in source["compounds"].items()},
        adverbs=source["adverbs"],
        counts=source["counts"],
    )
