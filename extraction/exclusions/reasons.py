"""Why a number is no claim: all reasons that there are. docs/reference/claims.md says what each means."""

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "address",
    "clock time",
    "coordinate",
    "date, time or address",
    "denominator",
    "determiner",
    "head of a column",
    "identifier",
    "idiom",
    "label",
    "label of a row",
    "list marker",
    "lottery number",
    "minute of a match",
    "name",
    "nothing measured",
    "odds",
    "ordinal",
    "place",
    "position in a table",
    "pronoun",
    "reference mark",
    "said number",
    "scale",
    "score",
    "stage of a competition",
    "year",
]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that is no claim, with the reason."""

    start: int
    end: int
    reason: Reason
