"""Learning of the end early: what waits for jobs lets go at the signal, not when the server's patience is over."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_of_stop_signals(tell: Callable[[], None]) -> Iterator[None]:
    """Within it, a stop signal also makes the running event loop call ``tell``; the server's own handler goes on.

    A server first waits for its open responses and only then ends the application's lifespan, so a stream that
    waited for that would wait for itself.
    """
    loop = asyncio.get_running_loop()
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before: dict[int, Any] = {number: signal.getsignal(number) for number in _SIGNALS}

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(tell)
        before[number](number, frame)

    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is handle:
                signal.signal(number, handler)
