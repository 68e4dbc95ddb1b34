"""`tally worker` whose clock is so many hours off: run by the tests as a program."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

import time_machine

from cli.main import main

if __name__ == "__main__":
    hours = float(sys.argv.pop(1))
    time_machine.travel(datetime.now(UTC) + timedelta(hours=hours), tick=True).start()
    sys.exit(main(["worker"]))
