"""Reading the texts that a user names on the command line."""

import os
import sys
from pathlib import Path

from cli.errors import CommandError

STDIN = "-"


def read_text(name: str) -> str:
    """The text of the file, or of standard input for ``-``, with its line ends as they are.

    Raises ``CommandError`` when it cannot be read, is not UTF-8 or holds nothing but white space.
    """
    shown = "standard input" if name == STDIN else name
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {shown}: {os.strerror(error.errno) if error.errno else error}") from None
    try:
        text = decode(data)
    except ValueError as error:
        raise CommandError(f"cannot read {shown}: {error}") from None
    if not text.strip():
        raise CommandError(f"{shown} is empty")
    return text


def decode(data: bytes) -> str:
    """UTF-8, with or without a byte order mark; raises ValueError that says where it is not."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 text (byte {error.start + 1})") from None
