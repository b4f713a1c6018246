"""When a webhook is sent again, and when no more. Pure."""

from datetime import timedelta
from enum import StrEnum

_FIRST, _LONGEST = timedelta(seconds=5), timedelta(hours=1)
_DOUBLINGS_MOST = 12
ATTEMPTS_MOST = 30
"""Of one that its receiver refuses: spread over a day."""


class SendResult(StrEnum):
    DELIVERED = "delivered"
    AWAY = "away"
    """Nobody answers, or says to come later: everything for this endpoint waits, as long as it takes."""
    REFUSED = "refused"
    """It will not have this one: the others of its record wait, those of other records go on."""
    GONE = "gone"
    """410: it wants nothing any more."""


def result_of(status: int) -> SendResult:
    """By the status of the answer; a redirect is followed by nobody and counts as refused."""
    if 200 <= status < 300:
        return SendResult.DELIVERED
    if status == 410:
        return SendResult.GONE
    if status >= 500 or status in (408, 425, 429):
        return SendResult.AWAY
    return SendResult.REFUSED


def pause(failures: int) -> timedelta:
    """How long after so many failures in a row: 5 s, doubled each time, an hour at most."""
    return min(_FIRST * 2 ** min(max(failures, 1) - 1, _DOUBLINGS_MOST), _LONGEST)
