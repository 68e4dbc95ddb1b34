"""The unit table agrees with Pint and UCUM, and its spellings are found where they are units and nowhere else."""

import time
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pint
import pytest

from extraction.text.lexemes import LexemeType, lex
from extraction.units.denominators import DenominatorMatch, denominator, singular
from extraction.units.match import UnitMatch, match_unit
from extraction.units.table import all_units, unit_named

TABLE: dict[str, Any] = tomllib.loads(files("extraction.en").joinpath("units.toml").read_text("utf-8"))
ROWS = [(quantity, row) for quantity in TABLE["quantity"] for row in quantity["units"]]
WITHOUT_UCUM = {
    "basis_point", "point", "twenty_foot_equivalent_unit", "light_second", "karat", "pixel", "megapixel", "gigapixel",
    "pixels_per_inch", "length", "full_time_equivalent", "gross_ton",
    "standard_deviation",
}  # fmt: skip
# Pint's "decade" is logarithmic, its "point" typographic.
OF_ANOTHER_MEANING = {"decade", "point"}
# Names that Pint knows beside a clumsier one of its own ("kilometric_ton").
ALIASES = {"kilotonne", "megatonne", "gigatonne"}


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry()


def test_there_are_at_least_250_units() -> None:
    assert len(all_units()) >= 250


@pytest.mark.parametrize(("quantity", "row"), ROWS, ids=[row["name"] for _, row in ROWS])
def test_pint_knows_the_name_and_the_dimension(
    quantity: dict[str, Any], row: dict[str, Any], registry: pint.UnitRegistry[Any]
) -> None:
    name = row["name"]
    known = name in registry
    if row.get("ours"):
        assert not known or name in OF_ANOTHER_MEANING, f"{name} is a Pint unit now"
    else:
        assert known, f"{name} is unknown to Pint"
        assert str(registry.parse_units(name)) == name or name in ALIASES
    expression = registry.parse_expression(row["pint"] if row.get("ours") else name)
    dimension = row.get("dimension", quantity["dimension"])
    expected = registry.get_dimensionality("" if dimension == "dimensionless" else dimension)
    assert getattr(expression, "dimensionality", registry.get_dimensionality("")) == expected


def test_a_name_with_two_kinds_needs_a_guard() -> None:
    rows = defaultdict(list)
    for _, row in ROWS:
        rows[row["name"]].append(row)
    for name, same in rows.items():
        assert sum("guarded" not in row for row in same) <= 1, name


def test_ucum_codes_are_there() -> None:
    assert {unit.name for unit in all_units() if unit.ucum is None} <= WITHOUT_UCUM


def test_spellings_without_a_guard_mean_one_thing() -> None:
    plain, exact = defaultdict(set), defaultdict(set)
    for _, row in ROWS:
        for surface in row.get("surfaces", ()):
            plain[surface.lower()].add(row["name"])
        for surface in row.get("exact", ()):
            exact[surface].add(row["name"])
    for rate in TABLE["rate"]:
        for surface in rate.get("surfaces", ()):
            plain[surface.lower()].add((rate["unit"], rate["per"]))
    assert [surface for surface, names in (*plain.items(), *exact.items()) if len(names) > 1] == []


def test_every_spelling_is_found() -> None:
    for _, row in ROWS:
        for surface in (*row.get("surfaces", ()), *row.get("exact", ())):
            match = _after_number(f"5 {surface}")
            assert match is not None, surface
            assert match.unit.name == row["name"], surface


def _after_number(text: str, *, after_currency: bool = False) -> UnitMatch | None:
    lexemes = lex(text)
    numbers = (k for k, lexeme in enumerate(lexemes) if lexeme.type is LexemeType.NUMBER or lexeme.lower in WORDS)
    i = next(numbers) + 1
    while i < len(lexemes) and (lexemes[i].text == "-" or lexemes[i].lower in ("million", "billion")):
        i += 1
    return match_unit(lexemes, i, after_currency=after_currency) if i < len(lexemes) else None


WORDS = ("one", "two", "three", "ten")

FOUND = [
    # percent family and points
    ("5 per cent", "percent", "percent", None),
    ("5%", "percent", "percent", None),
    ("5pc", "percent", "percent", None),
    ("5pct higher", "percent", "percent", None),
    ("ten percent", "percent", "percent", None),
    ("two percentage points", "percentage_point", "percent", None),
    ("0.3 pp", "percentage_point", "percent", None),
    ("a 25-basis-point cut", "basis_point", "percent", None),
    ("25bps", "basis_point", "percent", None),
    ("1,463.87 points", "point", "index", None),
    # time
    ("18 months", "month", "duration", None),
    ("a 10-second ad", "second", "duration", None),
    ("9.58s", "second", "duration", None),
    ("20-minute", "minute", "duration", None),
    ("40 min", "minute", "duration", None),
    ("24h", "hour", "duration", None),
    ("two centuries", "century", "duration", None),
    ("five working days: 5 working days", "day", "duration", None),
    ("40 hours a week", "hour", "duration", "week"),
    # length, area, volume, mass
    ("35m tall", "meter", "length", None),
    ("the 100m sprint", "meter", "length", None),
    ("7.62mm barrel", "millimeter", "length", None),
    ("5-foot-10", "foot", "length", None),
    ("two feet deep", "foot", "length", None),
    ("a 55-inch TV", "inch", "length", None),
    ("200 nautical miles", "nautical_mile", "length", None),
    ("10km a day", "kilometer", "length", "day"),
    ("660 square meters", "square_meter", "area", None),
    ("100 sqm", "square_meter", "area", None),
    ("5 sq. km", "square_kilometer", "area", None),
    ("5 km²", "square_kilometer", "area", None),
    ("5 km2", "square_kilometer", "area", None),
    ("1,200 sq ft", "square_foot", "area", None),
    ("three hectares", "hectare", "area", None),
    ("1.6 liter engine", "liter", "volume", None),
    ("1.6-litre engine", "liter", "volume", None),
    ("325,000 barrels per day", "barrel", "volume", "day"),
    ("1.2 million bpd", "barrel", "volume", "day"),
    ("5 cu ft", "cubic_foot", "volume", None),
    ("5 acre-feet", "acre_foot", "volume", None),
    ("three cups of tea", "cup", "volume", None),
    ("5.2 litres per 100km", "liter", "volume", "100 kilometer"),
    ("12 ft 2 in", "foot", "length", None),
    ("224 kW / 300 PS", "kilowatt", "power", None),
    ("12 stone", "stone", "mass", None),
    ("45g each", "gram", "mass", None),
    ("10 tons", "ton", "mass", None),
    ("10 tonnes", "metric_ton", "mass", None),
    ("500t of ore", "metric_ton", "mass", None),
    ("200 pounds", "pound", "mass", None),
    # speed, temperature, angle
    ("60km/h", "kilometer", "speed", "hour"),
    ("60 kph", "kilometer", "speed", "hour"),
    ("50 miles an hour", "mile", "speed", "hour"),
    ("50mph", "mile", "speed", "hour"),
    ("a 60-mile-per-hour wind", "mile", "speed", "hour"),
    ("3 metres per second", "meter", "speed", "second"),
    ("50 km/ms", "kilometer", "speed", "millisecond"),
    ("661 kt in dry air", "knot", "speed", None),
    ("20°C", "degree_Celsius", "temperature", None),
    ("20 degrees Celsius", "degree_Celsius", "temperature", None),
    ("30C", "degree_Celsius", "temperature", None),
    ("1.8 Fahrenheit", "degree_Fahrenheit", "temperature", None),
    ("37.5 degrees", "degree", "other", None),
    ("an outside temperature of 98 degrees", "degree", "temperature", None),
    # energy, power, pressure, force
    ("10 kWh", "kilowatt_hour", "energy", None),
    ("10kW", "kilowatt", "power", None),
    ("5 MW", "megawatt", "power", None),
    ("5 mW", "milliwatt", "power", None),
    ("300 PS", "metric_horsepower", "power", None),
    ("938 horsepower", "horsepower", "power", None),
    ("2.5 bar of pressure", "bar", "pressure", None),
    ("3.5 ksi", "kip_per_square_inch", "pressure", None),
    ("32 pounds per square inch", "pound_force_per_square_inch", "pressure", None),
    ("275 pound-feet of torque", "pound_foot", "other", None),
    ("332 lb-ft", "pound_foot", "other", None),
    ("450 Nm", "newton_meter", "other", None),
    ("450 nm", "nanometer", "length", None),
    # frequency, data, others
    ("3000 rpm", "revolutions_per_minute", "frequency", None),
    ("120 HZ", "hertz", "frequency", None),
    ("60GB", "gigabyte", "data", None),
    ("30Mbps", "megabit", "data", "second"),
    ("5 Gb", "gigabit", "data", None),
    ("12 megapixels", "megapixel", "other", None),
    ("400 parts per million", "ppm", "other", None),
    ("85 decibels", "decibel", "other", None),
    ("50 micrograms per cubic metre", "microgram_per_cubic_meter", "other", None),
]


@pytest.mark.parametrize(("text", "name", "kind", "per"), FOUND, ids=[case[0] for case in FOUND])
def test_units_are_found(text: str, name: str, kind: str, per: str | None) -> None:
    match = _after_number(text)
    assert match is not None
    assert (match.unit.name, match.unit.kind.value, match.per) == (name, kind, per)


def test_the_denominator_has_its_own_place() -> None:
    lexemes = lex("60 km/h on")
    assert match_unit(lexemes, 1) == UnitMatch(match_unit(lexemes, 1).unit, 4, "hour", 2)  # type: ignore[union-attr]
    mph = match_unit(lex("60 mph"), 1)
    assert mph is not None
    assert (mph.end, mph.per_start) == (2, None)


@pytest.mark.parametrize(
    "text",
    [
        "1 in 5", "two second-half goals", "two stone walls", "6 foot soldiers", "2 cups", "three bars", "5G network",
        "ten people", "5\nmetres", "Section 10C", "the 1990s", "1980s", "her 30s", "three people in the",
        "two tesla cars",
    ],
)  # fmt: skip
def test_no_unit(text: str) -> None:
    assert _after_number(text) is None


@pytest.mark.parametrize("text", ["$5m", "$3 in cash", "$5 c", "$9 p"])
def test_letters_behind_money_are_no_units(text: str) -> None:
    assert _after_number(text, after_currency=True) is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("an hour", "hour"),
        ("-an-hour job", "hour"),
        ("a year on rent", "year"),
        ("-a-year salary", "year"),
        ("per barrel", "barrel"),
        ("a barrel", "barrel"),
        ("an ounce", "ounce"),
        ("a share,", "share"),
        ("per diluted share", "share"),
        ("/day", "day"),
        ("/kg", "kilogram"),
        ("per square foot", "square_foot"),
        ("per sq m", "square_meter"),
        ("per person", "person"),
        ("per passengers", "passenger"),
        ("per 100,000 people", "100000 person"),
        ("per 1,000", "1000"),
        ("per MMBtu", "million_british_thermal_unit"),
        ("every two weeks", "2 week"),
        ("each year", "year"),
        ("annually", "year"),
        ("p.a.", "year"),
        ("per annum", "year"),
        ("per capita", "person"),
        ("monthly.", "month"),
    ],
)
def test_denominators(text: str, unit: str) -> None:
    match = denominator(lex(text), 0)
    assert match is not None
    assert match.unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "a year earlier", "a year ago", "a month later", "a year-old firm", "per cent", "per se", "a record",
        "a box office",
        "quarterly loss", "an hour and a half", "the year", "a", "per", "/", "/5", "-", "a share sale",
    ],
)  # fmt: skip
def test_no_denominator(text: str) -> None:
    match = denominator(lex(text), 0)
    assert match is None or match == DenominatorMatch("5", 2)


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("people", "person"), ("companies", "company"), ("boxes", "box"), ("glasses", "glass"), ("shares", "share"),
        ("bus", "bus"), ("children", "child"), ("aircraft", "aircraft"), ("churches", "church"), ("votes", "vote"),
    ],
)  # fmt: skip
def test_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_names() -> None:
    kilometer = unit_named("kilometer")
    assert kilometer is not None
    assert (kilometer.kind.value, kilometer.ucum, kilometer.plural, kilometer.ours) == (
        "length",
        "km",
        "kilometers",
        False,
    )
    assert unit_named("parrot") is None


def _hostile() -> Iterator[str]:
    yield "5 " + "square-" * 20_000
    yield "5 " + "per " * 20_000
    yield "5 " + "metric " * 20_000
    yield "5 sq" + "." * 20_000


def test_hostile_text_takes_linear_time() -> None:
    for text in _hostile():
        lexemes = lex(text)
        began = time.process_time()
        for i in range(1, len(lexemes)):
            match_unit(lexemes, i)
            denominator(lexemes, i)
        assert time.process_time() - began < 3
