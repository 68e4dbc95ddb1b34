"""The noun phrase that a number counts: "eight New Zealand companies" -> company."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """The noun phrase at lexemes ``start:end`` and the singular of its head noun."""

    start: int
    end: int
    unit: str
