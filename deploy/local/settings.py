"""Where the web listens, and what the product's processes are told through their environment."""

import errno
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass

from deploy.local.state import State
from deploy.local.trouble import Trouble

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_ELSEWHERE = {"0.0.0.0": "192.0.2.1", "::": "2001:db8::1"}
"""Addresses that nobody has: the system is only asked which way it would take."""


@dataclass(frozen=True)
class Address:
    """The host and port of the web."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address as a person types it."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    @property
    def outside_url(self) -> str:
        """The address as others of the network type it, where we listen everywhere; else the same."""
        return Address(_outside_host(self.host), self.port).url if self.host in EVERYWHERE else self.url

    @property
    def near_host(self) -> str:
        """The host by which this machine itself reaches the web."""
        return EVERYWHERE.get(self.host, self.host)


def _outside_host(everywhere: str) -> str:
    """The address by which this machine goes out; where it has no network, the one by which it reaches itself."""
    family = socket.AF_INET6 if ":" in everywhere else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as way:
        try:
            way.connect((_ELSEWHERE[everywhere], 9))  # sends nothing
            return way.getsockname()[0]
        except OSError:
            return EVERYWHERE[everywhere]


def address() -> Address:
    """Read HOST and PORT; raises Trouble when the port is not one."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise Trouble(
            f"PORT={text} is not a port; take one from 1024 to 65535.",
            f"PORT={text} 不是有效端口。",
        )
    return Address(os.environ.get("HOST") or "127.0.0.1", int(text))


def own_address() -> Address:
    """An address for a web that nobody else looks for: that of HOST and PORT where they are set, else a free port."""
    if os.environ.get("PORT"):
        named = address()
        check_free(named)
        return named
    host = os.environ.get("HOST") or "127.0.0.1"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.bind((host, 0))
        return Address(host, trial.getsockname()[1])


def check_free(where: Address) -> None:
    """Raise Trouble when the web could not listen there, before any long work is done."""
    try:
        family, kind, protocol, _, target = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(target)
    except OSError as reason:
        raise _cannot_listen(where, reason) from reason


def _cannot_listen(where: Address, reason: OSError) -> Trouble:
    if reason.errno != errno.EADDRINUSE:
        return Trouble(
            f"Cannot listen on {where.url}: {reason.strerror}.",
            f"无法监听 {where.url}。",
        )
    other = where.port + 1 if where.port < 65535 else 8001
    return Trouble(
        f"Port {where.port} is already taken by another program. Use another: PORT={other} make run",
        f"端口 {where.port} 已被占用，请换一个端口：PORT={other} make run",
    )


def for_children(state: State, where: Address, database_url: str) -> dict[str, str]:
    """Return the environment of the web and the worker; what the operator set stays."""
    ours = {
        "DATABASE_URL": database_url,
        "YIMA_STATE": str(state.path),
        "PYTHONUNBUFFERED": "1",
    }
    ours |= {"HOST": where.host, "PORT": str(where.port)}
    defaults = {"YIMA_MODE": "demo", "YIMA_BASE_URL": where.outside_url}
    return defaults | {name: value for name, value in _without_libpq(os.environ).items() if value} | ours


def _without_libpq(environment: Mapping[str, str]) -> dict[str, str]:
    # PGHOST, PGPASSWORD and the like speak of somebody's other database, unless DATABASE_URL may need them.
    keep = bool(environment.get("DATABASE_URL"))
    return {name: value for name, value in environment.items() if keep or not name.startswith("PG")}
