"""What becomes of a job that failed: run again, and when, or held for an operator. Pure questions.

A fault of the job's own (a bug, bad data) costs an attempt, and the last one holds the job for an operator; an argument
that cannot be read holds it at once. A fault of what stands around it (database, disk, store, decoder) costs none: the
job waits as long as it takes.
"""

from datetime import timedelta

import msgspec

from backend.availability import is_passing
from backend.jobs.errors import TryLater

MAX_ATTEMPTS = 12
"""Spread over more than six hours: time to notice, and to mend what can be mended."""
_FIRST = timedelta(seconds=1)
_LONGEST_PASSING = timedelta(minutes=5)
_LONGEST_OWN = timedelta(hours=1)
_DOUBLINGS_MAX = 16


class RetryDecision(msgspec.Struct, frozen=True):
    """`after` None: held. `attempts` and `waits` are the counts that the job is left with."""

    after: timedelta | None
    attempts: int
    waits: int


def is_free(error: BaseException) -> bool:
    """Whether this failure costs the job no attempt."""
    return isinstance(error, TryLater) or is_passing(error)


def is_hopeless(error: BaseException) -> bool:
    """Whether the same will come of it however often the job runs: it cannot read its own argument."""
    return isinstance(error, msgspec.DecodeError)


def judge(error: BaseException, *, attempts: int, waits: int, max_attempts: int = MAX_ATTEMPTS) -> RetryDecision:
    """`attempts`: failures of the job's own so far; `waits`: how often it was put off for something around it."""
    if is_free(error):
        first = error.after if isinstance(error, TryLater) else _FIRST
        return RetryDecision(_grown(first, 2, waits, _LONGEST_PASSING), attempts, waits + 1)
    if attempts + 1 >= max_attempts or is_hopeless(error):
        return RetryDecision(None, attempts + 1, waits)
    return RetryDecision(_grown(_FIRST, 4, attempts, _LONGEST_OWN), attempts + 1, waits)


def _grown(first: timedelta, factor: int, times: int, longest: timedelta) -> timedelta:
    return min(first * factor ** min(times, _DOUBLINGS_MAX), max(first, longest))
