"""To which machine an address leads that somebody typed: never into our own machine or network.

A name is looked up at each asking, every address that it has must be allowed, and the connection goes to the address
that was looked at: a name that changes meanwhile leads nowhere else. Networks of a town's own are allowed by whoever
asks, and by nobody else.
"""

import ipaddress
import socket
from asyncio import get_running_loop
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit, urlunsplit

_PORTS = {"https": 443, "http": 80}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class TargetFault(StrEnum):
    FORM = "form"
    SCHEME = "scheme"
    UNKNOWN_HOST = "unknown-host"
    FORBIDDEN_NETWORK = "forbidden-network"


class TargetRefused(ValueError):
    """Nobody is asked there. Its cause is what the lookup said, where that failed."""

    def __init__(self, fault: TargetFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class HttpTarget(NamedTuple):
    """To `address` at `port`, for `host`."""

    url: str
    host: str
    port: int
    address: str

    @property
    def pinned(self) -> str:
        """The same address with the machine's number in place of its name. The name goes along as host and SNI."""
        parts = urlsplit(self.url)
        number = f"[{self.address}]" if ":" in self.address else self.address
        return urlunsplit((parts.scheme, f"{number}:{self.port}", parts.path or "/", parts.query, ""))

    @property
    def host_header(self) -> str:
        return urlsplit(self.url).netloc


def parse(url: str, most: int) -> SplitResult:
    """The parts of an address that may be one, of `most` characters. Raises TargetRefused."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise TargetRefused(TargetFault.FORM) from error
    is_plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= most
    if not (is_whole and is_plain) or parts.username is not None or parts.password is not None or parts.fragment:
        raise TargetRefused(TargetFault.FORM)
    if parts.scheme not in _PORTS:
        raise TargetRefused(TargetFault.SCHEME)
    return parts


def require_allowed(address: Address, scheme: str, own: Sequence[str]) -> None:
    """An address of the town's own networks, or of the internet by https. Raises TargetRefused. Pure."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in ipaddress.ip_network(network) for network in own if _version(network) == plain.version):
        return
    if not plain.is_global or plain.is_multicast:
        raise TargetRefused(TargetFault.FORBIDDEN_NETWORK)
    if scheme != "https":
        raise TargetRefused(TargetFault.SCHEME)


async def find_target(url: str, own: Sequence[str], most: int) -> HttpTarget:
    """Look the host up. Raises TargetRefused, also where one of its addresses is not allowed."""
    parts = parse(url, most)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    try:
        found = await get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise TargetRefused(TargetFault.UNKNOWN_HOST) from error
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    for each in addresses:
        require_allowed(ipaddress.ip_address(each), parts.scheme, own)
    return HttpTarget(url, host, port, addresses[0])


def _version(network: str) -> int:
    return ipaddress.ip_network(network).version
