"""Ctrl-C and SIGTERM as a question that the supervisor asks, never as an exception in the middle of a step."""

import signal
import time
from types import FrameType
from typing import Self

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_STEP_SECONDS = 0.05


class Stopped(Exception):
    """The user asked to stop; ``exit_code`` is what a shell expects after that signal."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


class StopRequest:
    """While it is entered, a stop signal is remembered instead of ending the process anywhere."""

    def __init__(self) -> None:
        self.signal = 0
        self.urgent = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> Self:
        for number in _SIGNALS:
            # nohup means: go on when the terminal closes. (A script's background jobs ignore SIGINT too, by no wish.)
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._remember)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal() had returned

    def check(self) -> None:
        """Raise ``Stopped`` if a signal has come."""
        if self.signal:
            raise Stopped(self.signal)

    def pause(self, seconds: float) -> None:
        """Sleep, but raise ``Stopped`` soon after a signal."""
        until = time.monotonic() + seconds
        self.check()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, _STEP_SECONDS))
            self.check()

    def _remember(self, number: int, _: FrameType | None) -> None:
        # The second one means: at once.
        self.urgent = bool(self.signal)
        self.signal = self.signal or number
