"""Reads lines as they come: many at once where many wait, and each at once where they come one by one."""

import os
import select
from collections.abc import Iterator

_CHUNK = 1 << 16
_MOST_LINES = 64
_MOST_BYTES = 200_000


def ready_lines(descriptor: int) -> Iterator[list[bytes]]:
    """The lines of a file descriptor in groups, without their ends.

    A group holds what can be read without waiting, at least one line, and more only up to 64 lines or 200 kB.
    """
    group: list[bytes] = []
    size = 0
    rest = bytearray()
    open_end = True
    while open_end:
        if group and not select.select([descriptor], [], [], 0)[0]:
            yield group
            group, size = [], 0
        chunk = os.read(descriptor, _CHUNK)
        open_end = bool(chunk)
        complete, end, begun = chunk.rpartition(b"\n")
        lines: list[bytes] = []
        if end:
            lines = bytes(rest + complete).split(b"\n")
            rest = bytearray()
        rest += begun
        if not open_end and rest:
            lines.append(bytes(rest))
        for line in lines:
            group.append(line)
            size += len(line)
            if len(group) == _MOST_LINES or size >= _MOST_BYTES:
                yield group
                group, size = [], 0
    if group:
        yield group
