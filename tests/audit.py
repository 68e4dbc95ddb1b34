"""`make audit`: known weaknesses of every pinned package, as the OSV database tells them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

# 0: nothing known. 1: something is, pip-audit says what.
_NOT_CHECKED = 2
_OSV_URL = "https://api.osv.dev/v1/query"


def main(requirements: Sequence[str]) -> int:
    """Prints what is known about the packages of locked requirements files; returns the exit code."""
    worst = 0
    # One by one: pip-audit refuses a package that stands in two files.
    for file in requirements:
        print(f"{file}: ", end="", flush=True)
        worst = max(worst, _audit(file, os.environ.get("OSV_URL") or _OSV_URL))
        if worst == _NOT_CHECKED:
            break
    return worst


def _audit(file: str, url: str) -> int:
    program = str(Path(sys.executable).with_name("pip-audit"))
    # The file pins everything with hashes, so neither pip nor a package index is asked.
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    options += ["--vulnerability-service", "osv", "--osv-url", url]
    done = subprocess.run([program, *options, "--requirement", file], capture_output=True, text=True, check=False)
    if "Traceback" in done.stderr:
        reason = done.stderr.strip().splitlines()[-1]
        print(f"not checked, {url} cannot be asked: {reason}", file=sys.stderr)
        print("Run it where the internet can be reached, or name a mirror: make audit OSV_URL=...", file=sys.stderr)
        return _NOT_CHECKED
    found = [line for line in done.stderr.splitlines() if not line.startswith("WARNING")]
    print("\n".join([*found, *done.stdout.splitlines()]))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
