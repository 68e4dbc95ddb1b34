"""The `tally` command as its users run it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment without any setting of Tally."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TALLY_")}


@pytest.fixture
def tally(environment: dict[str, str], tmp_path: Path) -> Run:
    """Runs `tally` with the arguments, in an empty folder; `given` is its standard input."""

    def run(*arguments: str, given: str | bytes = "", **variables: str) -> subprocess.CompletedProcess[str]:
        data = given.encode() if isinstance(given, str) else given
        done = subprocess.run(
            [sys.executable, "-P", "-m", "cli.main", *arguments],
            input=data,
            capture_output=True,
            env={**environment, **variables},
            cwd=tmp_path,
            timeout=240,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    return run
