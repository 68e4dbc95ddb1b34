"""How exactly a number is stated: "1.2bn" may be anything from 1.15 to 1.25 billion."""

from __future__ import annotations

import re
from decimal import Decimal

from checks.findings import Claim, amount

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_HALF = Decimal("0.5")
# Whole numbers from here on are often rounded to their last digit that is not zero.
_ROUNDED_FROM = 1000


def half_step(claim: Claim) -> Decimal:
    """Half a unit of the last digit that the claim states: how far the true number may lie from it."""
    value = abs(amount(claim))
    found = _DIGITS.search(claim["text"])
    if found is None:
        # In words: counted, or rounded to its magnitude ("eight million").
        return _HALF * Decimal(10) ** _zeros(value) if value >= _ROUNDED_FROM else _HALF
    stated = Decimal(found.group().replace(",", "").rstrip("."))
    if stated == 0:
        return _HALF
    magnitude = value / stated
    if found.group(1):
        return _HALF * magnitude * Decimal(10) ** -len(found.group(1))
    if magnitude == 1 and value >= _ROUNDED_FROM:
        return _HALF * Decimal(10) ** _zeros(value)
    return _HALF * magnitude


def is_count(claim: Claim) -> bool:
    """Whether the number is counted out rather than rounded."""
    value = amount(claim)
    return value == value.to_integral_value() and abs(value) < _ROUNDED_FROM


def _zeros(value: Decimal) -> int:
    digits = f"{value.to_integral_value():f}"
    return len(digits) - len(digits.rstrip("0"))
