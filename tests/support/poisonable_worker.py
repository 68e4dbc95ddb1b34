"""`tally worker` with an extractor that obeys articles which begin with "FAULT": run by the tests as a program.

Everything else is the worker as it is. The faults are real: the process exits, crashes or hangs while it has the job.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import extraction
from extraction import Claim, SourceArticle


def _leave() -> None:
    os._exit(3)


def _crash() -> None:
    ctypes.string_at(0)


def _be_killed() -> None:
    """What the kernel does to a process when there is no memory left."""
    os.kill(os.getpid(), signal.SIGKILL)


def _take_all_memory() -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + 100_000_000, limits[1]))
    held = []
    try:
        while True:
            held.append(bytearray(10_000_000))
    finally:
        held.clear()
        resource.setrlimit(resource.RLIMIT_AS, limits)


def _loop() -> None:
    while True:
        pass


def _block_in_c() -> None:
    """Lock a mutex twice: no signal handler of Python gets a turn any more."""
    library = ctypes.CDLL(None)
    mutex = ctypes.create_string_buffer(128)
    while True:
        library.pthread_mutex_lock(mutex)


def _await(path: str) -> None:
    while not Path(path).exists():
        time.sleep(0.02)


_FAULTS: dict[str, Callable[..., None]] = {
    "exit": _leave,
    "segfault": _crash,
    "killed": _be_killed,
    "memory": _take_all_memory,
    "loop": _loop,
    "blocked": _block_in_c,
    "await": _await,
}


def _obey(text: str) -> None:
    words = text.split()
    if words[:1] == ["FAULT"]:
        arguments = words[2:3] if words[1] == "await" else []
        _FAULTS[words[1]](*arguments)


def _load(**options: Any) -> extraction.Extractor:
    loaded = _original_load(**options)

    class Poisonable(type(loaded)):  # type: ignore[misc]
        def extract(self, article: SourceArticle, **options: Any) -> list[Claim]:
            _obey(article.text)
            return super().extract(article, **options)  # type: ignore[no-any-return]

        def extract_many(self, articles: Iterable[SourceArticle], **options: Any) -> Iterator[list[Claim]]:
            together = list(articles)
            for article in together:
                _obey(article.text)
            return super().extract_many(together, **options)  # type: ignore[no-any-return]

    loaded.__class__ = Poisonable
    return loaded


if __name__ == "__main__":
    _original_load = extraction.load
    extraction.load = _load
    from cli.main import main

    sys.exit(main(["worker"]))
