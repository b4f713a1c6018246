"""When the link to a kitchen is asked whether it is there, and what an answer means. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

DAILY, SOON, SELDOM = timedelta(days=1), timedelta(hours=1), timedelta(hours=6)
SILENT_AFTER = 3
"""So often in a row, which is two hours, nobody answers: then it is said."""
FAILURES_MOST = 1_000
_GONE = frozenset({404, 410})
_SERVER_FAULTS = range(500, 600)


class LinkAnswer(StrEnum):
    REACHED = "reached"
    SILENT = "silent"
    """Its server says that nothing is there, or its name leads nowhere that anybody may go."""
    UNSURE = "unsure"
    """No answer at all: it may be our own network that is away."""


def answer_of(status: int) -> LinkAnswer:
    """A redirect is an answer; so is a page that machines, or strangers, may not read."""
    return LinkAnswer.SILENT if status in _GONE or status in _SERVER_FAULTS else LinkAnswer.REACHED


def is_silent(failures: int) -> bool:
    return failures >= SILENT_AFTER


def next_check(now: datetime, failures: int) -> datetime:
    """Each day while it answers, each hour until it is sure that it does not, then four times a day."""
    return now + (DAILY if failures == 0 else SELDOM if is_silent(failures) else SOON)
