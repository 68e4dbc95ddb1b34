"""The units of ``en/units.toml``, read once into tries over lexemes.

A look-up costs no more than the longest spelling.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extraction.claims import Kind
from extraction.text.lexemes import lex
from extraction.text.surfaces import Reading, Trie, guard_of, squeezed, words_of
from extraction.text.words import word_data


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
class Meaning:
    """A unit, with the denominator that the same word holds ("mph")."""

    unit: Unit
    per: str | None = None


@dataclass(frozen=True, slots=True)
class Denominators:
    """The word lists of ``[denominators]``."""

    speed: frozenset[str]
    nouns: frozenset[str]
    modifiers: frozenset[str]
    shifts: frozenset[str]
    charges: frozenset[str]
    to_the: frozenset[str]
    never: frozenset[str]
    behind_counts: frozenset[str]
    compounds: Mapping[str, frozenset[str]]
    adverbs: Mapping[str, str]
    counts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """All that ``en/units.toml`` says, with a trie for each place at which a spelling may stand."""

    units: Mapping[str, Unit]
    after_number: Trie[Meaning]
    after_per: Trie[Meaning]
    always_per: Trie[str]
    denominators: Denominators
    singular: Mapping[str, str]
    open_words: frozenset[str]


def unit_named(name: str) -> Unit | None:
    """The unit of that name, or None."""
    return table().units.get(name)


def all_units() -> tuple[Unit, ...]:
    """Every unit of the table, in its order."""
    return tuple(table().units.values())


@cache
def table() -> Table:
    """The table, read once."""
    source = word_data("units")
    words = words_of(source["words"])
    units: dict[str, Unit] = {}
    after_number: Trie[Meaning] = Trie()
    after_per: Trie[Meaning] = Trie()
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
                after_per.add(surface, Reading(Meaning(unit)))
    for rate in source["rate"]:
        meaning = Meaning(units[rate["unit"]], rate["per"])
        for surface in rate.get("surfaces", ()):
            after_number.add(surface, Reading(meaning))
        for surface in rate.get("exact", ()):
            after_number.add(surface, Reading(meaning, exact=squeezed(lex(surface)).rstrip(".")))
    for surface, noun in source["denominators"]["always"].items():
        always_per.add(surface, Reading(noun))
    return Table(
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
) -> Iterator[tuple[str, Reading[Meaning]]]:
    meaning, guarded = Meaning(unit), row.get("guarded", ())
    for rule in guarded:
        yield rule["text"], Reading(meaning, guard=guard_of(rule, words))
    for surface in row.get("exact", ()):
        yield surface, Reading(meaning, exact=squeezed(lex(surface)).rstrip("."))
    names = _names(unit, spelling)
    if not any(rule["text"] in names for rule in guarded):
        yield from ((name, Reading(meaning)) for name in names)
    yield from ((surface, Reading(meaning)) for surface in row.get("surfaces", ()))


def _denominators(source: Mapping[str, Any]) -> Denominators:
    return Denominators(
        speed=frozenset(source["speed"]),
        nouns=frozenset(source["nouns"]),
        modifiers=frozenset(source["modifiers"]),
        shifts=frozenset(source["shifts"]),
        charges=frozenset(source["charges"]),
        to_the=frozenset(source["to_the"]),
        never=frozenset(source["never"]),
        behind_counts=frozenset(source["behind_counts"]),
        compounds={noun: frozenset(words) for noun, words in source["compounds"].items()},
        adverbs=source["adverbs"],
        counts=source["counts"],
    )
