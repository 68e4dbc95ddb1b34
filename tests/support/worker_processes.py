"""Worker processes for the tests, and articles that keep them busy."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.guarded_processes import GuardedProcess
from tests.support.servers import wait_until

START_SECONDS = 60
STOP_SECONDS = 30
WORKER = ("-P", "-m", "cli.main", "worker")


class WorkerProcess:
    """`tally worker`, or another Python program that runs one, in a process group and a folder of its own."""

    def __init__(
        self, environment: dict[str, str], directory: Path, name: str, program: Sequence[str] = WORKER
    ) -> None:
        folder = directory / name
        folder.mkdir()
        self.log = folder / "server.log"
        self._ready = folder / "ready"
        self._process = GuardedProcess(
            [sys.executable, *program],
            directory=folder,
            # Nobody is left to wait for its jobs.
            stop_signal=signal.SIGKILL,
            environment={**os.environ, **environment, "TALLY_READY_FILE": str(self._ready)},
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def await_ready(self) -> WorkerProcess:
        with suppress(TimeoutError):
            wait_until(lambda: self._ready.exists() or not self._process.running, seconds=START_SECONDS)
        assert self._ready.exists(), self.log.read_text()
        return self

    def await_end(self) -> int:
        """Waits until it has ended by itself. Returns the exit code."""
        self._process.wait(STOP_SECONDS)
        assert self._process.exit_code is not None
        return self._process.exit_code

    def children(self) -> list[int]:
        """The processes of the pool."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def kill(self) -> None:
        """kill -9 of the worker and its pool."""
        self._process.stop(keep_directory=True)

    def signal_all(self, number: signal.Signals) -> None:
        """Send a signal to the worker and its pool, such as SIGSTOP and SIGCONT."""
        self._process.send_all(number)

    def stop(self) -> int:
        """SIGTERM: running jobs are finished. Returns the exit code."""
        self._process.send(signal.SIGTERM)
        return self.await_end()


def long_text(sentences: int, *, seed: int = 0) -> str:
    """An article that takes a while: so many sentences, each with claims, and no two articles alike."""
    template = (
        "The company number {seed} said on Monday that profit rose {n} per cent to ${m} million in the {d} months "
        "to June, while {k} workers at its northern plant were told that as many as {j} of them could lose their jobs."
    )
    return "\n".join(
        template.format(seed=seed, n=n % 90 + 2, m=n + 3, d=n % 11 + 2, k=n * 7 + 20, j=n + 5) for n in range(sentences)
    )


@contextmanager
def worker_starter(environment: dict[str, str], directory: Path) -> Iterator[Callable[..., WorkerProcess]]:
    """Starts workers that are ready, with other settings where given; all are killed at the end."""
    workers: list[WorkerProcess] = []

    def start(**settings: object) -> WorkerProcess:
        changed = {f"TALLY_{name.upper()}": str(value) for name, value in settings.items()}
        workers.append(WorkerProcess({**environment, **changed}, directory, f"worker{len(workers)}"))
        return workers[-1].await_ready()

    try:
        yield start
    finally:
        for worker in workers:
            worker.kill()
