"""A child process of the local stack, which never outlives the process that started it."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LOG_BYTES = 10_000_000
_PR_SET_PDEATHSIG = 1
# Loaded now: between fork and exec nothing may be imported.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. ``patience`` is how many seconds it gets to end after SIGTERM."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    patience: float
    directory: Path | None = None
    standard_input: bytes = b""
    inherited: Sequence[int] = ()


class Child:
    """One run of a program, in a session of its own so that Ctrl-C reaches the supervisor alone."""

    def __init__(self, program: Program, log: Path) -> None:
        """Start it; its output is appended to ``log``. Raises OSError when it cannot be started."""
        self.program = program
        self.log = log
        self.started = time.monotonic()
        _rotate(log)
        with log.open("ab") as output:
            self._log_start = output.tell()
            self._process = subprocess.Popen(
                program.command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(program.environment),
                cwd=program.directory,
                pass_fds=program.inherited,
                start_new_session=True,
                preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 (the supervisor has no threads)
            )
        self._give_input()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code, -N after signal N, None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Send SIGTERM, if it still runs."""
        if self.exit_code is None:
            self._process.send_signal(signal.SIGTERM)

    def destroy(self) -> None:
        """Kill it and everything that it started, and wait until it is gone."""
        # Its session's group: also there when the leader has died and left children behind.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def last_words(self) -> str:
        """The last line that this run wrote, for an error message."""
        with self.log.open("rb") as log:
            log.seek(max(self._log_start, log.seek(0, os.SEEK_END) - 20_000))
            lines = log.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")

    def _give_input(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(self.program.standard_input)
            self._process.stdin.close()
        except BrokenPipeError:
            pass  # It died at once; its exit code will tell.


def _dies_with(parent: int) -> Callable[[], None] | None:
    """What a child does before its program starts, so that it is killed when the supervisor is (Linux only)."""
    libc = _libc
    if libc is None:
        return None

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # It has died already.
            os._exit(1)

    return arrange


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
