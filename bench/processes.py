"""What processes have used, read from /proc (Linux)."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

_TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of the process and of all that it started, also of those that have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    # utime, stime, and the same of children that were waited for.
    return sum(map(int, fields[11:15])) * _TICK + sum(map(cpu_seconds, children(pid)))


def children(pid: int) -> list[int]:
    """The processes that the process's threads started and that live."""
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def resident_mb(pid: int) -> float:
    """Megabytes in memory, pages shared with other processes included."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def own_mb(pid: int) -> float:
    """Megabytes in memory that no other process shares."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024 / 1e6


class Ledger:
    """CPU seconds of named processes since the ledger was opened."""

    def __init__(self, pids: Mapping[str, int]) -> None:
        self._pids = dict(pids)
        self._before = {name: cpu_seconds(pid) for name, pid in pids.items()}

    def spent(self) -> dict[str, float]:
        return {name: cpu_seconds(pid) - self._before[name] for name, pid in self._pids.items()}


def largest(pids: Iterable[int]) -> int:
    """The process with the most memory of its own."""
    return max(pids, key=own_mb)
