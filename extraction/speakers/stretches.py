"""Stretches of an article that somebody states; of those that nest the innermost stands."""

from dataclasses import dataclass

from extraction.claims import Attribution


@dataclass(frozen=True, slots=True)
class AttributedStretch:
    """Characters of the article that somebody else than the article states."""

    start: int
    end: int
    attribution: Attribution


def flattened(nested: list[AttributedStretch]) -> list[AttributedStretch]:
    """Stretches that do not overlap; the shorter of two that do covers the longer."""
    flat: list[AttributedStretch] = []
    open_stretches: list[AttributedStretch] = []

    def emit(start: int, end: int) -> None:
        if start < end and open_stretches:
            flat.append(AttributedStretch(start, end, open_stretches[-1].attribution))

    at = 0
    for stretch in sorted((one for one in nested if one.start < one.end), key=lambda one: (one.start, -one.end)):
        while open_stretches and open_stretches[-1].end <= stretch.start:
            emit(at, open_stretches[-1].end)
            at = max(at, open_stretches.pop().end)
        emit(at, stretch.start)
        at = stretch.start
        # A stretch that reaches out of the one around it is cut there, so that the stack stays nested.
        end = min(stretch.end, open_stretches[-1].end) if open_stretches else stretch.end
        open_stretches.append(AttributedStretch(stretch.start, end, stretch.attribution))
    while open_stretches:
        emit(at, open_stretches[-1].end)
        at = max(at, open_stretches.pop().end)
    return flat
