"""Claims as the API sends them. Numbers are decimal strings; spans are half-open ranges of Unicode code points."""

from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "money", "percent", "count", "duration", "age", "length", "area", "volume", "mass", "speed", "temperature",
    "energy", "power", "pressure", "frequency", "data", "fraction", "multiple", "index", "number", "other",
]  # fmt: skip
Shape = Literal["exact", "approximate", "at_least", "more_than", "at_most", "less_than", "range", "vague"]
Modality = Literal["asserted", "estimated", "projected", "hypothetical", "alleged"]
Direction = Literal["up", "down"]
DecimalString = str


class Span(BaseModel):
    """Characters of the article: `article[start:end] == text`."""

    text: str
    start: int
    end: int


class Rate(BaseModel):
    """The denominator of a rate."""

    unit: str
    text: str


class Currency(BaseModel):
    """The currency of an amount (ISO 4217), how it was found, and what else the sign could mean."""

    code: str
    basis: Literal["explicit", "country", "context", "default"]
    evidence: list[Span]
    alternatives: list[str]


class Change(BaseModel):
    """A movement, and whether the number is its size or one of its ends."""

    direction: Direction
    role: Literal["by", "to", "from"]


class Subject(Span):
    """Whose number it is: the words of the sentence, and the full name they mean where the article has it."""

    # Claims that were stored before names were looked for lack it.
    resolved: str | None = None


class Speaker(Span):
    """Who said it: the words at the cue, and the full name where the article has it."""

    resolved: str | None


class Attribution(BaseModel):
    """Who said it and how: `direct` inside quotation marks."""

    speaker: Speaker | None
    cue: Span | None
    type: Literal["direct", "indirect"]


class TimeReference(Span):
    """The time that the claim is about; `iso` is resolved against the publication where it is relative."""

    iso: str | None


class ClaimOut(BaseModel):
    """One number of an article that says how much or how many of something, with its context."""

    model_config = ConfigDict(
        title="Claim",
        json_schema_extra={
            "examples": [
                {
                    "id": "0b0f0a6e-6f0e-5c57-9a53-0c3f4ad0a3a1",
                    "article_id": "6a3d6d0e-1f2b-4a57-8d3b-6d2f1b7a9c10",
                    "kind": "money",
                    "text": "$8 million",
                    "start": 49,
                    "end": 59,
                    "shape": "at_most",
                    "value": "8000000",
                    "low": None,
                    "high": "8000000",
                    "unit": "NZD",
                    "unit_text": "$",
                    "per": None,
                    "currency": {
                        "code": "NZD",
                        "basis": "context",
                        "evidence": [{"text": "New Zealand", "start": 4, "end": 15}],
                        "alternatives": ["USD"],
                    },
                    "qualifiers": [{"text": "up to", "start": 43, "end": 48}],
                    "change": None,
                    "counterpart": None,
                    "subject": {"text": "The New Zealand government", "start": 0, "end": 26, "resolved": None},
                    "measure": None,
                    "of": None,
                    "predicate": {"text": "invest", "start": 32, "end": 38},
                    "attribution": None,
                    "modality": "projected",
                    "hedges": [],
                    "negated": False,
                    "time": None,
                    "sentence": {
                        "text": "The New Zealand government will invest, says she, up to $8 million.",
                        "start": 0,
                        "end": 67,
                    },
                    "rules": ["money.symbol_magnitude", "bound.up_to"],
                    "pipeline": "tally-en 1.0.0",
                }
            ]
        },
    )

    id: UUID
    article_id: UUID
    kind: Kind
    text: str = Field(description="the number with its sign, magnitude and adjoining unit or currency")
    start: int
    end: int
    shape: Shape
    value: DecimalString | None = Field(description="the number stated; null for a range or a vague number")
    low: DecimalString | None
    high: DecimalString | None
    unit: str | None
    unit_text: str | None
    per: Rate | None
    currency: Currency | None
    qualifiers: list[Span]
    change: Change | None
    counterpart: UUID | None = Field(description='the claim at the other end of a movement "from A to B"')
    subject: Subject | None
    measure: Span | None
    of: Span | None = Field(description="the whole that a share is taken from")
    predicate: Span | None
    attribution: Attribution | None
    modality: Modality
    hedges: list[Span]
    negated: bool
    time: TimeReference | None
    sentence: Span
    rules: list[str] = Field(description="what found and read the claim")
    pipeline: str


class ClaimContext(BaseModel):
    """The sentences around the claim's own; null at the ends of the article."""

    before: Span | None
    after: Span | None


class ClaimWithContext(ClaimOut):
    """A claim with the sentences around it."""

    model_config = ConfigDict(title="ClaimWithContext")

    context: ClaimContext


class ClaimList(BaseModel):
    items: list[ClaimOut]
    next: str | None = Field(description="cursor of the next page, null on the last")
