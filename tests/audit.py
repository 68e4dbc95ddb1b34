"""`make audit`: known weaknesses of the pinned packages, as the OSV database tells them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# 0: nothing known. 1: something is, pip-audit says what.
_NOT_CHECKED = 2


def main(requirements: str) -> int:
    """Prints what is known about the packages of a locked requirements file; returns the exit code."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    # The file pins everything with hashes, so neither pip nor a package index is asked.
    options = ["--vulnerability-service", "osv", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    done = subprocess.run(
        [program, *options, "--requirement", requirements], capture_output=True, text=True, check=False
    )
    if "Traceback" in done.stderr:
        reason = done.stderr.strip().splitlines()[-1]
        print(f"audit: nothing was checked, the OSV database cannot be asked: {reason}", file=sys.stderr)
        return _NOT_CHECKED
    print(done.stdout + done.stderr, end="")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
