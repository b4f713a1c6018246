"""Rate limits: small sliding counters in the memory of this process.

Two windows, the earlier one weighted by what is left of it. They save this process work; what guards people and doors
is counted in the database (`backend/quotas`). Behind a proxy the address is the proxy's unless the server trusts its
headers.
"""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from litestar.connection import ASGIConnection

from backend.errors import TooMany
from backend.quotas.errors import QuotaUsedUp
from backend.routes.http.bodies_in_hand import BodiesInHand

_KEYS_MOST = 50_000
SERVICE_TILES_MOST = 600
"""In a minute: a large screen has sixty of each sheet."""
ORDER_TILES_MOST = 1200
"""In a minute, of one account: ten walls in one room that refresh as often as they may ask for some 900."""
_BODIES_MOST, _BODIES_OF_ONE = 48 * 1024 * 1024, 24 * 1024 * 1024
"""Bytes of what cameras send: the largest body that is taken is 24 MiB."""


class RateLimit:
    """At most `most` hits of one key within `window_s` seconds."""

    def __init__(self, most: int, window_s: int) -> None:
        self.most = most
        self.window_s = window_s
        self._hits: dict[str, tuple[int, int, int]] = {}
        self._swept_in = 0

    def check(self, key: str) -> None:
        """Raises TooMany, with the seconds to wait."""
        window, share_left = self._now()
        current, earlier = self._counts(key, window)
        if current + earlier * share_left >= self.most:
            raise TooMany(retry_after_s=max(1, round(share_left * self.window_s)))

    def hit(self, key: str) -> None:
        window, _ = self._now()
        current, earlier = self._counts(key, window)
        if len(self._hits) >= _KEYS_MOST and self._swept_in != window:  # a flood must not sweep at every request
            self._swept_in = window
            self._hits = {each: hits for each, hits in self._hits.items() if hits[0] >= window - 1}
        self._hits[key] = (window, current + 1, earlier)

    def take(self, key: str) -> None:
        """Check and count in one. Raises TooMany."""
        self.check(key)
        self.hit(key)

    def _now(self) -> tuple[int, float]:
        window, passed_s = divmod(monotonic(), self.window_s)
        return int(window), 1 - passed_s / self.window_s

    def _counts(self, key: str, window: int) -> tuple[int, int]:
        known_window, current, earlier = self._hits.get(key, (window, 0, 0))
        if known_window == window:
            return current, earlier
        return 0, current if known_window == window - 1 else 0


class Barred:
    """Who used up a quota, as this process learned from the database: refused without asking until then."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def check(self, *keys: str) -> None:
        """Raises TooMany, with the seconds to wait."""
        for key in keys:
            left_s = self._until.get(key, 0.0) - monotonic()
            if left_s > 0:
                raise TooMany(retry_after_s=max(1, round(left_s)))

    @contextmanager
    def learning(self, *keys: str) -> Iterator[None]:
        """Around what takes from quotas: remember the one that is used up. Keys begin with the quota's name."""
        try:
            yield
        except QuotaUsedUp as used_up:
            if len(self._until) >= _KEYS_MOST:
                self._until.clear()
            until = monotonic() + float(used_up.extra["retry_after_s"])
            self._until.update({key: until for key in keys if key.startswith(f"{used_up.extra['quota']}:")})
            raise


class RateLimiter:
    """What this process counts or remembers by itself, one object for the process.

    Drawing maps and looking for candidates guard this process' own time and nothing else, so they stay here.
    """

    def __init__(self) -> None:
        self.candidates_by_address = RateLimit(600, 60)
        self.open311_by_address = RateLimit(600, 60)
        self.tiles_by_address = RateLimit(1500, 60)
        """Tiles that have to be drawn; those at hand are free."""
        self.order_tiles_by_reader = RateLimit(ORDER_TILES_MOST, 60)
        """Tiles of orders, each of which the database counts."""
        self.service_tiles_by_address = RateLimit(SERVICE_TILES_MOST, 60)
        """Tiles that the town's own service is asked for, which counts them and stops at so many a day."""
        self.barred = Barred()
        self.viid_bodies = BodiesInHand(_BODIES_MOST, _BODIES_OF_ONE)
        self.camera_bodies = BodiesInHand(_BODIES_MOST, _BODIES_OF_ONE)


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return connection.client.host if connection.client else "unknown"


def is_loopback(address: str) -> bool:
    """Whether this machine asks, or a proxy on it that is not trusted to say for whom."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
