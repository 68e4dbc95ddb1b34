"""``tally job``, ``claims`` and ``export``: the commands that talk to a server."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO

from cli.client import Client
from cli.errors import CommandError

_MEDIA_TYPES = {"csv": "text/csv", "jsonld": "application/ld+json"}
_FILTERS = (
    "kind",
    "unit",
    "currency",
    "min_value",
    "max_value",
    "q",
    "speaker",
    "subject",
    "modality",
    "direction",
    "article_id",
    "batch_id",
    "publisher",
    "published_from",
    "published_to",
    "sort",
)


def job(arguments: argparse.Namespace) -> int:
    """Print one job; returns 1 when it has failed."""
    with Client(arguments.server) as client:
        found = client.job(arguments.id)
    if arguments.format == "json":
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        from cli import show

        show.console().print(show.job_table(found))
    return 1 if found["state"] == "failed" else 0


def claims(arguments: argparse.Namespace) -> int:
    """Print the claims that match the filters."""
    with Client(arguments.server) as client:
        found = client.claims(_filters(arguments), arguments.limit)
        if arguments.format == "jsonl":
            for claim in found:
                print(json.dumps(claim, ensure_ascii=False))
        elif arguments.format == "json":
            print(json.dumps(list(found), indent=2, ensure_ascii=False))
        else:
            from cli import show

            show.console().print(show.claims_table(list(found)))
    return 0


def export(arguments: argparse.Namespace) -> int:
    """Write all claims that match the filters to a file or standard output."""
    with Client(arguments.server) as client, _exported(client, arguments) as chunks:
        # The server has answered: a refusal must not leave an empty file behind.
        if arguments.output is None:
            _copy(chunks, sys.stdout.buffer)
            return 0
        try:
            with open(arguments.output, "wb") as file:
                _copy(chunks, file)
        except OSError as error:
            raise CommandError(f"cannot write {arguments.output}: {error.strerror}") from None
    return 0


def _filters(arguments: argparse.Namespace) -> dict[str, str]:
    given = {name: getattr(arguments, name) for name in _FILTERS}
    return {name: value for name, value in given.items() if value is not None}


@contextmanager
def _exported(client: Client, arguments: argparse.Namespace) -> Iterator[Iterator[bytes]]:
    if arguments.format != "jsonl":
        with client.export(_filters(arguments), _MEDIA_TYPES[arguments.format]) as chunks:
            yield chunks
        return
    # Page by page, so that it neither holds a connection for long nor all claims in memory.
    found = client.claims(_filters(arguments))
    first = next(found, None)
    claims = found if first is None else chain([first], found)
    yield (json.dumps(claim, ensure_ascii=False).encode() + b"\n" for claim in claims)


def _copy(chunks: Iterator[bytes], target: BinaryIO) -> None:
    target.writelines(chunks)
    target.flush()
