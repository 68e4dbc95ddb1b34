"""Beyond this machine the API asks for keys, unless its user says in so many words that it need not."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

import models
from cli.errors import CommandError, complain
from models.api_key import any_key


def refuse_strangers(host: str, database_url: str, *, auth: str | None, published_locally: bool = False) -> None:
    """Raise ``CommandError`` where whoever reaches ``host``, a name or an address, would need no key.

    ``auth`` is the setting of the API; with ``off`` it only warns. ``published_locally``: no other machine gets there.
    """
    if auth == "required" or published_locally or _is_this_machine(host):
        return
    if auth == "off":
        complain(f"warning: TALLY_AUTH=off, whoever reaches {host} may read and write")
        return
    with open_database(database_url) as sessions:
        if models.run_query(sessions, any_key):
            return
    raise CommandError(
        f"{host} can be reached from other machines and there is no API key: make one with `tally keys create NAME`"
        " or set TALLY_AUTH=required (TALLY_AUTH=off lets everybody in)"
    )


@contextmanager
def open_database(url: str) -> Iterator[models.Sessions]:
    """The sessions of a database for the length of the block. Raises ``CommandError`` where it cannot be used."""
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


def _is_this_machine(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # the latter for a name that cannot be one of a host: "a..b"
        raise CommandError(f"{host} is no address of this machine; choose another one with --host") from None
    # Without the zone of a link-local address.
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)
