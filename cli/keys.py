"""``tally keys``: API keys, made and ended in the database itself."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import make_url
from sqlalchemy.orm import Session

import migrations
import models
from cli.errors import CommandError, UsageError
from cli.exposure import open_database
from cli.programs import Place
from models.api_key import create_key, list_keys, new_secret, revoke_key

_T = TypeVar("_T")


def create(arguments: argparse.Namespace) -> int:
    """Make a key and print its secret, which is not stored; where the key is stored goes to standard error."""
    database = Place(Path(arguments.data)).database
    is_new = not database.exists()
    try:
        secret = new_secret()
        _run(arguments, lambda session: create_key(session, arguments.name, arguments.scopes, secret=secret))
    except ValueError as error:
        raise UsageError(str(error)) from None
    url = os.environ.get("TALLY_DATABASE_URL")
    where = _database_name(url) if url else f"{database} (new database)" if is_new else str(database)
    print(f"The key is stored in {where}", file=sys.stderr, flush=True)
    print(secret, flush=True)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print all keys, without their secrets."""
    for key in _run(arguments, list_keys, must_exist=True):
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "active"
        print(f"{key.id}  {key.prefix}...  {','.join(key.scopes)}  {key.created_at:%Y-%m-%d}  {state}  {key.name}")
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """End a key."""

    tried = False

    def work(session: Session) -> str:
        nonlocal tried
        found = [key for key in list_keys(session) if arguments.id in (str(key.id), key.prefix, f"{key.prefix}...")]
        if len(found) != 1:
            called = f"{len(found)} keys are" if found else "no key is"
            raise CommandError(f"{called} called {arguments.id}; `tally keys list` prints them")
        if not revoke_key(session, found[0].id) and not tried:
            raise CommandError(f"the key {arguments.id} has been revoked before")
        # The answer to a COMMIT may be lost, and then this runs again.
        tried = True
        return found[0].name

    print(f"revoked: {_run(arguments, work, must_exist=True)}")
    return 0


def _database_name(url: str) -> str:
    """Database and host of a URL, without its password."""
    parts = make_url(url)
    return f"{parts.database} on {parts.host}" if parts.host else str(parts.database)


def _run(arguments: argparse.Namespace, work: Callable[[Session], _T], *, must_exist: bool = False) -> _T:
    url = os.environ.get("TALLY_DATABASE_URL")
    if not url:
        place = Place(Path(arguments.data))
        if must_exist and not place.database.exists():
            raise CommandError(f"there is no database in {place.data}; --data names the folder of `tally up`")
        place.create()
        # Keys can be made before the service has ever run.
        try:
            migrations.upgrade(place.database_url)
        except (models.DatabaseUnavailable, migrations.DatabaseIsNewer) as error:
            raise CommandError(str(error)) from None
        url = place.database_url
    with open_database(url) as sessions:
        return models.run_transaction(sessions, work)
