"""How many bytes of large bodies this process has in hand at once, of all senders and of one.

A body is taken whole, and is there several times while it is read. Who would go beyond is told to come again before a
byte of it is read, so that a handful of large ones at once cost others nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Request

from backend.errors import TooMany, Unavailable

RETRY_AFTER_S = 2
_LENGTH_DIGITS_MOST = 12


class BodiesInHand:
    """`most` bytes in all, `most_of_one` of one sender."""

    def __init__(self, most: int, most_of_one: int) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._held: dict[str, int] = {}

    @contextmanager
    def hold(self, sender: str, size: int) -> Iterator[None]:
        """Around reading and handling a body. Raises TooMany, or Unavailable where others have too much in hand."""
        own = self._held.get(sender, 0) + size
        if own > self._most_of_one:
            raise TooMany(retry_after_s=RETRY_AFTER_S)
        if sum(self._held.values()) + size > self._most:
            raise Unavailable(retry_after_s=RETRY_AFTER_S)
        self._held[sender] = own
        try:
            yield
        finally:
            self._held[sender] -= size
            if not self._held[sender]:
                del self._held[sender]


def size_of(request: Request[Any, Any, Any], most: int) -> int:
    """How many bytes the body says that it has; `most` where it says nothing, or more."""
    said = request.headers.get("content-length", "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= _LENGTH_DIGITS_MOST
    return min(int(said), most) if is_number else most
