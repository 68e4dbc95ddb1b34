"""Where messages may be sent: only to public addresses of the internet, never into the network that Tally stands in."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

MAX_URL_LENGTH = 2000
# Ranges that Python counts as global in some versions, or that carry an IPv4 address which a gateway may follow:
# IETF protocol assignments, 6to4 relays; IPv4-compatible, NAT64, Teredo, 6to4 and site-local addresses.
_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fec0::/10",
    )
)


def check_url(url: str, *, local: bool) -> SplitResult:
    """The parts of a URL that messages may be sent to; raises ValueError that says what is wrong with it.

    `local` also allows loopback addresses, and http to them. The addresses behind a name are not looked up here:
    they may change at any time, so they are checked when a connection is made.
    """
    if len(url) > MAX_URL_LENGTH:
        raise ValueError(f"may have at most {MAX_URL_LENGTH:,} characters")
    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise ValueError("must be an ASCII URL without spaces or backslashes; encode other characters")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise ValueError("is not a URL") from None
    if parts.scheme not in (("https", "http") if local else ("https",)):
        raise ValueError("must begin with https://")
    if not host:
        raise ValueError("must name a host")
    if parts.username is not None or parts.password is not None:
        raise ValueError("must not hold a user name or a password")
    if parts.fragment:
        raise ValueError("must not have a fragment")
    if port is not None and port not in (80 if parts.scheme == "http" else 443, *range(1024, 65536)):
        raise ValueError("may name port 443 or one from 1024 on")
    if _is_address(host) and not may_be_reached(host, local=local):
        raise ValueError("must be a public address")
    return parts


def may_be_reached(address: str, *, local: bool) -> bool:
    """Whether a message may be sent to this IP address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if local and found.is_loopback and not getattr(found, "ipv4_mapped", None):
        return True
    if any(found.version == network.version and found in network for network in _FORBIDDEN):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
