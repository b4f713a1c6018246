"""How often one may knock: small sliding counters in the memory of this process.

Two windows, the earlier one weighted by what is left of it. They slow down guessing and flooding; the lock of an
account is kept in the database. Behind a proxy the address is the proxy's unless the server trusts its headers.
"""

import ipaddress
from time import monotonic
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection

from backend.errors import TooMany

_KEYS_KEPT = 50_000


class Limit:
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
        if len(self._hits) >= _KEYS_KEPT and self._swept_in != window:  # a flood must not sweep at every knock
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


class Limits:
    """The limits of this process, one object in the app's state. An office or a carrier may share one address."""

    def __init__(self) -> None:
        self.sign_ins_by_address = Limit(300, 60)
        self.failures_by_address = Limit(60, 60)
        self.failures_by_name = Limit(10, 60)
        self.devices_by_address = Limit(120, 60)
        self.candidates_by_address = Limit(600, 60)
        self.code_misses_by_device = Limit(20, 300)
        self.code_misses_by_address = Limit(200, 300)


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return connection.client.host if connection.client else "unknown"


def is_loopback(address: str) -> bool:
    """Whether this machine asks, or a proxy on it that is not trusted to say for whom."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def limits_of(request: Request) -> Limits:
    return request.app.state.limits
