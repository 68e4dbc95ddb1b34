"""Sending a message to an address that a user named, without letting it reach into the network around Tally.

The name is resolved once, every address behind it is checked, and the connection goes to the address that was
checked: a name that answers differently the next moment (DNS rebinding) changes nothing. Redirects are not followed,
proxies of the environment are not used, and of the answer only the status is read.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import SplitResult

from models.webhook_target import check_url, may_be_reached

Resolve = Callable[[str, int], Sequence[str]]


class Refused(Exception):
    """The message may not be sent there; trying again would not help as long as the URL means the same."""


class NoAnswer(Exception):
    """The message could not be sent, or nothing came back in time."""


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses behind a host name; raises OSError when there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout: float,
    local: bool = False,
    resolve: Resolve = resolve_name,
) -> int:
    """Send the body and return the status of the answer. ``timeout`` (s) is for all of it but looking up the name.

    Raises ``Refused`` where the URL or an address behind its name is not allowed, and ``NoAnswer``.
    """
    try:
        parts = check_url(url, local=local)
    except ValueError as error:
        raise Refused(f"the URL {error}") from None
    host = parts.hostname or ""
    port = parts.port or (80 if parts.scheme == "http" else 443)
    address = _address(host, port, resolve, local=local, plain=parts.scheme == "http")
    try:
        raw = socket.create_connection((address, port), timeout=timeout)
    except OSError as error:
        raise NoAnswer(f"no connection: {_reason(error)}") from None
    with _cut_off_after(timeout, raw) as connection:
        try:
            status = _exchange(connection, parts, host, port, body, headers)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if connection.cut_off:
                raise NoAnswer(f"no answer within {timeout:g} s") from None
            raise NoAnswer(f"no answer: {_reason(error)}") from None
        # Headers that were cut short read like headers that ended.
        if connection.cut_off:
            raise NoAnswer(f"no answer within {timeout:g} s")
        return status


class _Connection:
    """The socket in use, which a timer shuts down: a peer that sends a byte now and then does not hold us for ever."""

    def __init__(self, raw: socket.socket) -> None:
        self.socket = raw
        self.cut_off = False

    def cut(self) -> None:
        self.cut_off = True
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


@contextmanager
def _cut_off_after(seconds: float, raw: socket.socket) -> Iterator[_Connection]:
    connection = _Connection(raw)
    timer = threading.Timer(seconds, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        connection.socket.close()


def _exchange(
    connection: _Connection, parts: SplitResult, host: str, port: int, body: bytes, headers: Mapping[str, str]
) -> int:
    client = http.client.HTTPConnection(host, port)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        secure = context.wrap_socket(connection.socket, server_hostname=host, do_handshake_on_connect=False)
        connection.socket = secure
        secure.do_handshake()
        client = http.client.HTTPSConnection(host, port, context=context)
    # With a socket of its own the client looks nothing up and connects to nothing.
    client.sock = connection.socket
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    client.request("POST", target, body=body, headers={**headers, "Connection": "close"})
    return client.getresponse().status


def _address(host: str, port: int, resolve: Resolve, *, local: bool, plain: bool) -> str:
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError):
        raise NoAnswer("the host name has no address") from None
    if not addresses:
        raise NoAnswer("the host name has no address")
    # One forbidden address is enough: a name that also points inside is a trick or a mistake.
    if not all(may_be_reached(address, local=local) for address in addresses):
        raise Refused("the host is not at a public address")
    if plain and any(may_be_reached(address, local=False) for address in addresses):
        raise Refused("http is for this machine alone")
    return addresses[0]


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLError):
        return f"TLS failed ({getattr(error, 'verify_message', '') or error.reason or 'no reason given'})"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
