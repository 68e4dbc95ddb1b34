"""What a check finds, and numbers as it writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

Claim = Mapping[str, Any]


class Severity(StrEnum):
    """How sure a finding is."""

    # The numbers contradict each other, however they were rounded.
    ERROR = "error"
    # Something that an editor should look at: only unlucky rounding, or a reading in good will, makes it right.
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not add up. ``message`` writes the sum out; ``claims`` are those involved."""

    type: str
    severity: Severity
    message: str
    claims: tuple[Claim, ...]

    def to_json(self) -> dict[str, Any]:
        """The finding as a JSON object, its claims as spans of the text with their ids."""
        spans = [
            {**{name: claim[name] for name in ("text", "start", "end")}, "claim_id": claim["id"]}
            for claim in self.claims
        ]
        return {"type": self.type, "severity": self.severity.value, "message": self.message, "claims": spans}


def amount(claim: Claim) -> Decimal:
    """The number that an exact claim states."""
    return Decimal(claim["value"])


def is_exact(claim: Claim) -> bool:
    """Whether a claim states one plain number: no bound, no range, no negation."""
    return claim["shape"] == "exact" and claim["value"] is not None and not claim["negated"]


def plain(number: Decimal, places: int = 6) -> str:
    """A number for people: thousands in groups, at most so many decimals, no zeros at the end."""
    text = f"{number:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def written_sum(claims: Iterable[Claim]) -> str:
    """The numbers of the claims with plus signs between them."""
    return " + ".join(plain(amount(claim)) for claim in claims)
