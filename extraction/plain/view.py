"""A text as a reader sees it, and the way back to the text as it is written."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

_T = TypeVar("_T")


class Mark(NamedTuple):
    """A stretch of a text that is not what it looks like, and what a reader sees in its place."""

    start: int
    end: int
    seen: str


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is what a reader sees, ``source`` what is written.

    ``places`` are the starts of pieces in ``text``, ``origins`` where each comes from in ``source``: (start, end). A
    piece is as long as its origin, character by character, or stands for it as a whole.
    """

    text: str
    source: str
    places: tuple[int, ...]
    origins: tuple[tuple[int, int], ...]

    def as_written(self, value: _T) -> _T:
        """``value`` (a claim, or anything with spans of ``text``) with its spans in ``source``, quoted from there."""
        written: _T = self._as_written(value)
        return written

    def _as_written(self, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(self._as_written, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        parts = {part.name: getattr(value, part.name) for part in fields(value)}
        changed = {name: self._as_written(part) for name, part in parts.items() if not isinstance(part, str)}
        if "start" in parts:
            start, end = self._origin(parts["start"])[0], self._origin(parts["end"] - 1)[1]
            changed.update(start=start, end=end)
            if "text" in parts:
                changed["text"] = self.source[start:end]
        return replace(value, **changed)

    def _origin(self, place: int) -> tuple[int, int]:
        """Where the character at ``place`` comes from."""
        piece = bisect_right(self.places, place) - 1
        start, end = self.origins[piece]
        following = self.places[piece + 1] if piece + 1 < len(self.places) else len(self.text)
        if end - start != following - self.places[piece]:
            return start, end
        start += place - self.places[piece]
        return start, start + 1


def view_of(text: str, marks: Iterable[Mark]) -> View | None:
    """``text`` with what is seen in the place of its marks, which must be in order; None where there are none."""
    found = list(marks)
    if not found:
        return None
    pieces: list[str] = []
    places: list[int] = []
    origins: list[tuple[int, int]] = []
    length = done = 0
    for mark in (*found, Mark(len(text), len(text), "")):
        for piece, origin in ((text[done : mark.start], (done, mark.start)), (mark.seen, (mark.start, mark.end))):
            if piece:
                pieces.append(piece)
                places.append(length)
                origins.append(origin)
                length += len(piece)
        done = mark.end
    return View("".join(pieces), text, tuple(places), tuple(origins))
