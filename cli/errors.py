"""How a command ends when it cannot do what it was asked to."""

import sys


class CommandError(Exception):
    """The command cannot go on; the message is the one line that the user reads."""


class UsageError(CommandError):
    """The command was called in a way that makes no sense."""


def complain(message: str) -> None:
    """Write one line to standard error."""
    print(f"tally: {' '.join(message.split())}", file=sys.stderr, flush=True)
