"""Processes of the tests that end with them, however they end: nothing stays behind after a crash or kill -9.

A `GuardedProcess` is the child of a guard, a small process that stops it, with all that it started, and removes its
directory as soon as the test process has gone. A program that talks to its test through pipes ends with `DIES_WITH_US`
before its command: the kernel kills it then.
"""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

STOP_SECONDS = 10
# Of util-linux; the process id stays that of the program.
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL") if sys.platform == "linux" else ()


class GuardedProcess:
    """A process that ends with us at the latest. `stop_signal` asks it to end; after 5 s it and its group are killed.

    It runs in `directory`, in a session of its own, and writes to `server.log` there.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        directory: Path,
        stop_signal: signal.Signals,
        user: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        specification = {
            "command": list(command),
            "directory": str(directory),
            "stop_signal": int(stop_signal),
            "user": user,
            "group": None if user is None else pwd.getpwuid(user).pw_gid,
        }
        # A session of its own: Ctrl-C in the terminal must not end the guard before it has done its work.
        self._guard = subprocess.Popen(
            [sys.executable, "-I", "-S", __file__, json.dumps(specification)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            start_new_session=True,
        )
        assert self._guard.stdout is not None
        self.pid = int(self._guard.stdout.readline())
        self.exit_code: int | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._await_end, daemon=True).start()

    @property
    def running(self) -> bool:
        """Whether the process has not ended yet; a paused one is running."""
        return not self._ended.is_set()

    def send(self, number: signal.Signals) -> None:
        """Sends a signal, unless the process has ended."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def send_all(self, number: signal.Signals) -> None:
        """Sends a signal to the process and what it started, unless the process has ended."""
        if self.running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, number)

    def wait(self, seconds: float = STOP_SECONDS) -> None:
        """Waits for the end of the process. Raises TimeoutError."""
        if not self._ended.wait(seconds):
            raise TimeoutError(f"process {self.pid} still runs after {seconds} s")

    def stop(self, *, keep_directory: bool) -> None:
        """Ends the process and its guard; nothing happens where that was done before."""
        assert self._guard.stdin is not None
        if self._guard.stdin.closed:
            return
        with contextlib.suppress(BrokenPipeError):
            self._guard.stdin.write("keep\n" if keep_directory else "")
            self._guard.stdin.close()
        self._guard.wait(STOP_SECONDS)
        self._ended.wait(1)

    def _await_end(self) -> None:
        assert self._guard.stdout is not None
        with self._guard.stdout as reports:
            ended = reports.readline()
        # Nothing is told where the guard itself was killed.
        self.exit_code = int(ended) if ended else None
        self._ended.set()


def _guard(specification: dict[str, Any]) -> None:
    """The guard's own program: runs the command until standard input ends, then cleans up."""
    directory = Path(specification["directory"])
    ownership: dict[str, Any] = {}
    if specification["user"] is not None:
        ownership = {"user": specification["user"], "group": specification["group"], "extra_groups": []}
    with (directory / "server.log").open("ab") as log:
        child = subprocess.Popen(
            specification["command"],
            cwd=directory,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **ownership,
        )
    os.write(1, f"{child.pid}\n".encode())

    def report() -> None:
        code = child.wait()
        # Nobody may be left to read it.
        with contextlib.suppress(OSError):
            os.write(1, f"{code}\n".encode())

    reporter = threading.Thread(target=report, daemon=True)
    reporter.start()
    keep = sys.stdin.read() == "keep\n"
    for number, seconds in ((specification["stop_signal"], 5), (signal.SIGKILL, 5)):
        if child.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                # What it started would not learn that it was killed.
                (os.killpg if number == signal.SIGKILL else os.kill)(child.pid, number)
                # A paused process acts on nothing but SIGKILL.
                os.kill(child.pid, signal.SIGCONT)
        reporter.join(seconds)
    # What a process has left behind that had ended before.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    if not keep:
        # The last children of a killed server may still be writing.
        for _ in range(20):
            shutil.rmtree(directory, ignore_errors=True)
            if not directory.exists():
                break
            time.sleep(0.1)


if __name__ == "__main__":
    _guard(json.loads(sys.argv[1]))
