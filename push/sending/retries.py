"""When a delivery is tried again, and when it is given up. Pure."""

from datetime import timedelta

ATTEMPTS_MAX = 8
"""Attempts of a delivery, those of killed workers among them: about forty minutes of a vendor's outage."""
LEASE = timedelta(seconds=60)
"""How long a claim stands; longer than any gateway takes for a batch."""
PAUSE = timedelta(minutes=5)
"""How long a channel rests whose credentials were refused."""
_FIRST_S, _LONGEST_S = 2.0, 900.0


def retry_in(attempts: int, vendor_s: float | None = None) -> timedelta:
    """How long to wait after so many attempts; never shorter than the vendor asked for, in seconds."""
    own_s = min(_FIRST_S * 4 ** max(0, attempts - 1), _LONGEST_S)
    return timedelta(seconds=max(own_s, vendor_s or 0.0))


def is_last(attempts: int) -> bool:
    """Whether no attempt follows this one."""
    return attempts >= ATTEMPTS_MAX
