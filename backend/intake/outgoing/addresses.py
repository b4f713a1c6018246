"""Where a webhook may go: what an administrator types must not lead into our own machine or network.

A name is looked up at each sending, every address that it has must be allowed, and the connection goes to the address
that was looked at: a name that changes meanwhile leads nowhere else. Networks of a town's own are allowed by setting.
"""

import ipaddress
import socket
from asyncio import get_running_loop
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from backend.intake.outgoing.errors import AddressRefused
from backend.intake.outgoing.structs import URL_MOST

_PORTS = {"https": 443, "http": 80}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class WebhookTarget(NamedTuple):
    """To `address` at `port`, for `host`."""

    url: str
    host: str
    port: int
    address: str


def parse(url: str) -> SplitResult:
    """The parts of an address that may be one. Raises AddressRefused."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise AddressRefused(why="form") from error
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= URL_MOST
    if not (is_whole and is_plain) or parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused(why="form")
    if parts.scheme not in _PORTS:
        raise AddressRefused(why="scheme")
    return parts


def require_allowed(address: Address, scheme: str, own: Sequence[str]) -> None:
    """An address of the town's own networks, or of the internet by https. Raises AddressRefused. Pure."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in ipaddress.ip_network(network) for network in own if _version(network) == plain.version):
        return
    if not plain.is_global or plain.is_multicast:
        raise AddressRefused(why="forbidden-network")
    if scheme != "https":
        raise AddressRefused(why="scheme")


async def find_target(url: str, own: Sequence[str]) -> WebhookTarget:
    """Look the host up. Raises AddressRefused, also where one of its addresses is not allowed."""
    parts = parse(url)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = await get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressRefused(why="unknown-host") from error
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    for each in addresses:
        require_allowed(ipaddress.ip_address(each), parts.scheme, own)
    return WebhookTarget(url, host, port, addresses[0])


def _version(network: str) -> int:
    return ipaddress.ip_network(network).version
