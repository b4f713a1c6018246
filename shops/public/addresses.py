"""Which addresses a shop's page may lead to: encrypted ones of a public name, and nothing that hides where. Pure.

What it shows a person says, who followed it (kitchen.py); whether it still answers is asked by the clock (checking.py).
"""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from backend.words import KITCHEN_LINK, fitting
from shops.public.errors import KitchenLinkUnfit, LinkFault

_HTTPS_PORT = 443
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LETTERS = re.compile(r"[a-z]")
_HOST_CHARS = 253
_NOT_PUBLIC = frozenset(
    {
        *("local", "localhost", "localdomain", "internal", "intranet", "lan", "home", "corp", "private"),
        *("test", "invalid", "example", "arpa", "onion", "alt"),
    }
)
"""Ends of names that no public register gives away."""
_SAFE_PATH, _SAFE_QUERY = "/%:@!$&'()*+,;=-._~", "/?%:@!$&'()*+,;=-._~"


class PublicAddress(NamedTuple):
    """An address in the one form in which it is stored and shown. `host`: in ASCII."""

    url: str
    host: str


def read_address(typed: str) -> PublicAddress:
    """Raises KitchenLinkUnfit, WordsTooLong."""
    said = fitting(typed, KITCHEN_LINK, "url")
    if not said.isprintable() or any(each.isspace() or each == "\\" for each in said):
        raise KitchenLinkUnfit(LinkFault.UNREADABLE)
    try:
        parts = urlsplit(said)
        port = parts.port
    except ValueError as error:
        raise KitchenLinkUnfit(LinkFault.UNREADABLE) from error
    if parts.scheme.lower() != "https":
        raise KitchenLinkUnfit(LinkFault.NOT_HTTPS)
    if parts.username is not None or parts.password is not None:
        raise KitchenLinkUnfit(LinkFault.HAS_ACCOUNT)
    if port not in (None, _HTTPS_PORT):
        raise KitchenLinkUnfit(LinkFault.OTHER_PORT)
    host = _public_name(parts.hostname or "")
    path, query = quote(parts.path or "/", safe=_SAFE_PATH), quote(parts.query, safe=_SAFE_QUERY)
    return PublicAddress(fitting(urlunsplit(("https", host, path, query, "")), KITCHEN_LINK, "url"), host)


def _public_name(host: str) -> str:
    """The name in ASCII. Raises KitchenLinkUnfit for numbers and for names that only a house knows."""
    try:
        name = host.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise KitchenLinkUnfit(LinkFault.NO_HOST) from error
    labels = name.split(".")
    is_name = len(labels) > 1 and len(name) <= _HOST_CHARS and all(_LABEL.fullmatch(each) for each in labels)
    if not is_name or not _LETTERS.match(labels[-1]) or labels[-1] in _NOT_PUBLIC:
        raise KitchenLinkUnfit(LinkFault.NO_HOST)
    return name
