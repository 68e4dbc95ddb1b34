"""A text as a reader sees it, and the way back to the text as it is written."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple, TypeVar

_T = TypeVar("_T")


class Mark(NamedTuple):
    """A stretch of a text that is not what it looks like, and what a reader sees in its place."""

    start: int
    end: int
    seen: str


class Piece(NamedTuple):
    """A piece of a view that comes from ``source[start:end]``, ``verbatim`` or standing for it as a whole."""

    start: int
    end: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is what a reader sees, ``source`` what is written; ``places`` tell where its pieces start.

    ``names`` are the words that stand for something else: {"Mayorliz": "@mayor_liz"}.
    """

    text: str
    source: str
    places: tuple[int, ...]
    pieces: tuple[Piece, ...]
    names: Mapping[str, str]

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
        if parts.get("resolved") in self.names:
            changed["resolved"] = self.names[parts["resolved"]]
        if "start" in parts:
            start, end = self._origin(parts["start"])[0], self._origin(parts["end"] - 1)[1]
            changed.update(start=start, end=end)
            if "text" in parts:
                changed["text"] = self.source[start:end]
        return replace(value, **changed)

    def _origin(self, place: int) -> tuple[int, int]:
        """Where the character at ``place`` comes from."""
        at = bisect_right(self.places, place) - 1
        piece = self.pieces[at]
        if not piece.verbatim:
            return piece.start, piece.end
        start = piece.start + place - self.places[at]
        return start, start + 1


def view_of(text: str, marks: Iterable[Mark]) -> View | None:
    """``text`` with what is seen in the place of its marks, which must be in order; None where there are none."""
    found = list(marks)
    if not found:
        return None
    seen: list[str] = []
    places: list[int] = []
    pieces: list[Piece] = []
    length = done = 0

    def add(words: str, piece: Piece) -> None:
        nonlocal length
        if words:
            seen.append(words)
            places.append(length)
            pieces.append(piece)
            length += len(words)

    for mark in found:
        add(text[done : mark.start], Piece(done, mark.start, verbatim=True))
        add(mark.seen, Piece(mark.start, mark.end, verbatim=False))
        done = mark.end
    add(text[done:], Piece(done, len(text), verbatim=True))
    names = {mark.seen: text[mark.start : mark.end] for mark in found if len(mark.seen) > 1 and mark.seen.isalpha()}
    return View("".join(seen), text, tuple(places), tuple(pieces), names)
