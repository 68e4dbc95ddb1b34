"""What the extractor takes in and gives out: an article and its numeric claims, as frozen dataclasses.

Every span is a half-open range of Unicode code points in the article's text, and ``text[start:end]`` is always the
span's own text. Every number is a ``Decimal``.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What sort of quantity a claim states."""

    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    DURATION = "duration"
    AGE = "age"
    LENGTH = "length"
    AREA = "area"
    VOLUME = "volume"
    MASS = "mass"
    SPEED = "speed"
    TEMPERATURE = "temperature"
    ENERGY = "energy"
    POWER = "power"
    PRESSURE = "pressure"
    FREQUENCY = "frequency"
    DATA = "data"
    FRACTION = "fraction"
    MULTIPLE = "multiple"
    INDEX = "index"
    NUMBER = "number"
    OTHER = "other"


SHARES = frozenset((Kind.FRACTION, Kind.PERCENT))
COUNTS = frozenset((Kind.COUNT, Kind.NUMBER))


class Shape(StrEnum):
    """How the stated number bounds the true one."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article as the extractor sees it; only ``text`` is required.

    ``country`` is an ISO 3166 alpha-2 code, ``published_at`` resolves relative times ("last year").
    """

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    published_at: datetime | date | None = None
    publisher: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class TextSpan:
    """Characters of the article: ``article[start:end] == text``."""

    text: str
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Currency:
    """The ISO 4217 code of an amount and how it was found.

    ``basis`` is ``explicit`` (the amount says it), ``country`` (the article's own country or publisher), ``context``
    (places and other currencies in the text, given as ``evidence``) or ``default``. ``alternatives`` are other codes
    that the same sign could mean here.
    """

    code: str
    basis: str
    evidence: tuple[TextSpan, ...] = ()
    alternatives: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "basis": self.basis,
            "evidence": [span.to_json() for span in self.evidence],
            "alternatives": list(self.alternatives),
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A movement: ``direction`` is ``up`` or ``down``, ``role`` says whether the number is the step or an end."""

    direction: str
    role: str

    def to_json(self) -> dict[str, Any]:
        return {"direction": self.direction, "role": self.role}


@dataclass(frozen=True, slots=True)
class Rate:
    """The denominator of a rate: "an hour" in "$15 an hour"."""

    unit: str
    text: str

    def to_json(self) -> dict[str, Any]:
        return {"unit": self.unit, "text": self.text}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a claim is attributed to: the words at the cue, and the full name where the article has it."""

    span: TextSpan
    resolved: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**self.span.to_json(), "resolved": self.resolved}


@dataclass(frozen=True, slots=True)
class Subject(TextSpan):
    """Whose number it is: the words of the sentence, and the full name they mean where the article has it."""

    resolved: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**TextSpan.to_json(self), "resolved": self.resolved}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it and how: ``type`` is ``direct`` inside quotation marks, else ``indirect``."""

    speaker: Speaker | None
    cue: TextSpan | None
    type: str

    def to_json(self) -> dict[str, Any]:
        return {
            "speaker": self.speaker.to_json() if self.speaker else None,
            "cue": self.cue.to_json() if self.cue else None,
            "type": self.type,
        }


@dataclass(frozen=True, slots=True)
class TimeReference:
    """The time a claim is about; ``iso`` is its ISO 8601 form (a date, month, year or interval), if it is known."""

    span: TextSpan
    iso: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {**self.span.to_json(), "iso": self.iso}


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of an article that says how much or how many of something, with its context.

    ``value`` is the number stated (None for ranges and vague magnitudes); ``low`` and ``high`` bound it where
    ``shape`` says so. ``rules`` name what found and read the claim, in the order in which they applied.
    ``id`` is the same for the same article id (or text, without one), pipeline and place; ``counterpart`` is the id
    of the claim at the other end of a change ("from 5% to 3%").
    """

    id: str
    article_id: str | None
    text: str
    start: int
    end: int
    kind: Kind
    shape: Shape
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    unit_text: str | None
    sentence: TextSpan
    rules: tuple[str, ...]
    pipeline: str
    per: Rate | None = None
    currency: Currency | None = None
    qualifiers: tuple[TextSpan, ...] = ()
    change: Change | None = None
    counterpart: str | None = None
    subject: Subject | None = None
    measure: TextSpan | None = None
    of: TextSpan | None = None
    predicate: TextSpan | None = None
    attribution: Attribution | None = None
    modality: str = "asserted"
    hedges: tuple[TextSpan, ...] = ()
    negated: bool = False
    time: TimeReference | None = None

    def to_json(self) -> dict[str, Any]:
        """The claim as clients see it, with every field present."""
        return {
            "id": self.id,
            "article_id": self.article_id,
            "kind": self.kind.value,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "shape": self.shape.value,
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "unit": self.unit,
            "unit_text": self.unit_text,
            "per": _json(self.per),
            "currency": _json(self.currency),
            "qualifiers": [span.to_json() for span in self.qualifiers],
            "change": _json(self.change),
            "counterpart": self.counterpart,
            "subject": _json(self.subject),
            "measure": _json(self.measure),
            "of": _json(self.of),
            "predicate": _json(self.predicate),
            "attribution": _json(self.attribution),
            "modality": self.modality,
            "hedges": [span.to_json() for span in self.hedges],
            "negated": self.negated,
            "time": _json(self.time),
            "sentence": self.sentence.to_json(),
            "rules": list(self.rules),
            "pipeline": self.pipeline,
        }


_Part = Rate | Currency | Change | TextSpan | Attribution | TimeReference


def _json(part: _Part | None) -> dict[str, Any] | None:
    return part.to_json() if part else None


def plain(value: Decimal | None) -> str | None:
    """A decimal string in plain notation, without an exponent or trailing zeros after the point."""
    if value is None:
        return None
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def shortest(value: Decimal | None) -> Decimal | None:
    """The same number without zeros at the end of its decimals: 41600000 for 41600000.0, 1.5 for 1.50."""
    written = plain(value)
    return None if written is None else Decimal(written)
