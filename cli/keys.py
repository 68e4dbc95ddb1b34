"""``tally keys``: API keys, made and ended in the database itself."""

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import migrations
import models
from cli.errors import CommandError
from cli.programs import Place
from models.api_key import any_active_key, create_key, list_keys, revoke_key

_T = TypeVar("_T")


def create(arguments: argparse.Namespace) -> int:
    """Make a key and print its secret, which is not stored."""
    scopes = [scope.strip() for scope in arguments.scopes.split(",") if scope.strip()]
    try:
        _, secret = _run(arguments, lambda session: create_key(session, arguments.name, scopes))
    except ValueError as error:
        raise CommandError(str(error)) from None
    print(secret, flush=True)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print all keys, without their secrets."""
    for key in _run(arguments, list_keys):
        state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "active"
        print(f"{key.id}  {key.prefix}...  {','.join(key.scopes)}  {key.created_at:%Y-%m-%d}  {state}  {key.name}")
    return 0


def revoke(arguments: argparse.Namespace) -> int:
    """End a key."""

    def work(session: Session) -> str:
        found = [key for key in list_keys(session) if arguments.id in (str(key.id), key.prefix, f"{key.prefix}...")]
        if len(found) != 1:
            raise CommandError(f"{len(found) or 'no'} keys are called {arguments.id}; `tally keys list` prints them")
        if not revoke_key(session, found[0].id):
            raise CommandError(f"the key {arguments.id} has been revoked before")
        return found[0].name

    print(f"revoked: {_run(arguments, work)}")
    return 0


def any_key(database_url: str) -> bool:
    """Whether the database holds a key that could be used now."""
    with _sessions(database_url) as sessions:
        return models.run_query(sessions, any_active_key)


def _run(arguments: argparse.Namespace, work: Callable[[Session], _T]) -> _T:
    url = os.environ.get("TALLY_DATABASE_URL")
    if not url:
        place = Place(Path(arguments.data))
        place.create()
        # Keys can be made before the service has ever run.
        migrations.upgrade(place.database_url)
        url = place.database_url
    with _sessions(url) as sessions:
        return models.run_transaction(sessions, work)


@contextmanager
def _sessions(url: str) -> Iterator[models.Sessions]:
    try:
        engine = models.create_database_engine(url, pool_size=1)
    except ValueError as error:
        raise CommandError(f"TALLY_DATABASE_URL: {error}") from None
    try:
        yield models.create_sessions(engine)
    except models.DatabaseUnavailable as error:
        raise CommandError(str(error)) from None
    except SQLAlchemyError as error:
        raise CommandError(
            f"the database is not ready (is `tally migrate` done?): {str(error).splitlines()[0]}"
        ) from None
    finally:
        engine.dispose()
