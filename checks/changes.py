"""Movements "from A to B" against the percentage that the same sentence states for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from checks.findings import Claim, Finding, Severity, amount, is_exact, plain
from checks.precision import half_step

_HUNDRED = Decimal(100)
# The share of the greatest possible rounding error from which on rounding is an unlikely excuse.
_UNLIKELY = Decimal("0.55")
# What may stand between the percentage and its movement: "fell 3 per cent, to A from B", "from A to B, a rise of 3%".
_BETWEEN = re.compile(
    r",? ?(?:or |up |down |(?:(?:an?|the) )?(?:\w+ )?(?:rise|increase|gain|jump|fall|drop|decline|decrease|cut) of )?"
    r"(?:by )?(?:from |to )?",
    re.IGNORECASE,
)


def wrong_changes(text: str, sentence: Sequence[Claim]) -> Iterator[Finding]:
    """A percentage that is not the change from A to B; a change in percentage points that is called per cent."""
    movement = _movement(sentence)
    stated = _stated_change(sentence)
    if movement is None or stated is None:
        return
    before, after = movement
    if not _adjacent(text, movement, stated):
        return
    if before["unit"] == "percent":
        yield from _points_called_per_cent(before, after, stated)
    else:
        yield from _wrong_percentage(before, after, stated)


def _movement(sentence: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The only movement of the sentence, if both its ends are positive, exact and in the same unit."""
    before = [claim for claim in sentence if (claim["change"] or {}).get("role") == "from"]
    after = [claim for claim in sentence if (claim["change"] or {}).get("role") == "to"]
    if len(before) != 1 or len(after) != 1:
        return None
    ends = before[0], after[0]
    tied = ends[0]["counterpart"] == ends[1]["id"] and ends[1]["counterpart"] == ends[0]["id"]
    alike = len({(end["kind"], end["unit"], (end["per"] or {}).get("unit")) for end in ends}) == 1
    if not tied or not alike or not all(is_exact(end) and amount(end) > 0 for end in ends):
        return None
    return ends


def _stated_change(sentence: Sequence[Claim]) -> Claim | None:
    """The only other percentage of the sentence, if it is a change by so much."""
    changes = [
        claim
        for claim in sentence
        if claim["kind"] == "percent" and (claim["change"] or {}).get("role") not in ("from", "to")
    ]
    if len(changes) != 1:
        return None
    (stated,) = changes
    by = (stated["change"] or {}).get("role") == "by" and stated["unit"] == "percent" and stated["per"] is None
    return stated if by and is_exact(stated) else None


def _adjacent(text: str, movement: tuple[Claim, Claim], stated: Claim) -> bool:
    start, end = min(claim["start"] for claim in movement), max(claim["end"] for claim in movement)
    gap = text[stated["end"] : start] if stated["end"] <= start else text[end : stated["start"]]
    return _BETWEEN.fullmatch(gap) is not None


def _wrong_percentage(before: Claim, after: Claim, stated: Claim) -> Iterator[Finding]:
    first, last, first_step, last_step = amount(before), amount(after), half_step(before), half_step(after)
    if first_step >= first or last_step >= last:
        return
    real = (last / first - 1) * _HUNDRED
    lowest = ((last - last_step) / (first + first_step) - 1) * _HUNDRED
    highest = ((last + last_step) / (first - first_step) - 1) * _HUNDRED
    said = abs(amount(stated)) if stated["change"]["direction"] == "up" else -abs(amount(stated))
    step = half_step(stated)
    excess = abs(said - real) - step
    room = (highest - real) if said > real else (real - lowest)
    if excess <= room * _UNLIKELY:
        return
    severity = Severity.ERROR if excess > room else Severity.WARNING
    rise = "rise" if real > 0 else "fall"
    message = (
        f"from {before['text']} to {after['text']} is a {rise} of {plain(abs(real), 1)}% "
        f"({plain(last)} / {plain(first)} - 1), the text says {'a rise' if said > 0 else 'a fall'} of {stated['text']}"
    )
    yield Finding("change", severity, message, (before, after, stated))


def _points_called_per_cent(before: Claim, after: Claim, stated: Claim) -> Iterator[Finding]:
    first, last, said = amount(before), amount(after), abs(amount(stated))
    difference, relative = abs(last - first), abs(last / first - 1) * _HUNDRED
    step = max(half_step(before), half_step(after), half_step(stated))
    if difference != said or abs(relative - said) <= max(step, relative / 10):
        return
    points = "percentage point" if difference == 1 else "percentage points"
    message = (
        f"from {before['text']} to {after['text']} is {plain(difference)} {points}, "
        f"or {plain(relative, 1)}% ({plain(last)} / {plain(first)} - 1); the text says {stated['text']}"
    )
    yield Finding("percentage_points", Severity.ERROR, message, (before, after, stated))
