"""How often somebody is visited, until when on a day, and who hears when nobody came. Pure; days of Shanghai."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from backend.calendars.rules import SHANGHAI

TERM_MOST = timedelta(days=731)
"""A consent is renewed within two years."""
CLEARED_AFTER = timedelta(days=90)
"""So long after an elder is visited no more, what is sealed of them goes."""
PAUSE_MOST = timedelta(days=90)
"""A pause is said anew within that: nobody is forgotten by one that has no end."""
NOT_OPENED_IN_A_ROW = 2
"""So often nobody opened: then somebody goes at once."""


class Risk(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class VisitWay(StrEnum):
    CALL = "call"
    VISIT = "visit"


class Consent(StrEnum):
    """Who consented."""

    SELF = "self"
    FAMILY = "family"
    GUARDIAN = "guardian"


class VisitOutcome(StrEnum):
    WELL = "well"
    NEEDS_HELP = "needs_help"
    NOT_OPENED = "not_opened"


EVERY_DAYS = {Risk.HIGH: 1, Risk.MEDIUM: 3, Risk.LOW: 7}
"""What a form proposes: a call each day, a visit every third day, one a week."""
_UNTIL = {Risk.HIGH: time(11), Risk.MEDIUM: time(17), Risk.LOW: time(18)}
_LEVELS = {
    Risk.HIGH: (timedelta(0), timedelta(minutes=30), timedelta(hours=2)),
    Risk.MEDIUM: (timedelta(0), timedelta(hours=1), timedelta(hours=4)),
    Risk.LOW: (timedelta(0), timedelta(hours=2), timedelta(hours=4)),
}
"""After the deadline: the visitor at once, then the committee, then the street."""
LEVELS_MOST = 3


def due_at(risk: Risk, on: date) -> datetime:
    """By when on its day the visit is to be made."""
    return datetime.combine(on, _UNTIL[risk], SHANGHAI)


def level_at(risk: Risk, due: datetime, now: datetime) -> int:
    """How far a visit that nobody has made has climbed: 0 nobody, 1 the visitor, 2 the committee, 3 the street."""
    return sum(now >= due + after for after in _LEVELS[risk])


def is_due(last_on: date | None, every_days: int, today: date) -> bool:
    """Whether a visit is to be made today. `last_on`: the day of the latest that was made: a missed one is made up."""
    return last_on is None or today >= last_on + timedelta(days=every_days)


def is_paused(paused_until: date | None, today: date) -> bool:
    """The last day of a pause is still one of it."""
    return paused_until is not None and today <= paused_until


def needs_somebody_at_once(outcome: VisitOutcome, earlier: list[VisitOutcome]) -> bool:
    """Whether an order follows. `earlier`: what was found before, the latest first."""
    if outcome is VisitOutcome.NEEDS_HELP:
        return True
    latest = [outcome, *earlier][:NOT_OPENED_IN_A_ROW]
    return len(latest) == NOT_OPENED_IN_A_ROW and all(each is VisitOutcome.NOT_OPENED for each in latest)
