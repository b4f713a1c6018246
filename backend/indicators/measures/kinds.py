"""What a measure is, and on which day it counts."""

from enum import StrEnum
from typing import NamedTuple

from backend.orders.model.states import Transition


class MeasureDay(StrEnum):
    """On which day in Shanghai a measure counts: that of an instant of its subject, of an act, or of a hotline case."""

    OPENED = "opened"
    RESPOND_DUE = "respond_due"
    ACCEPTED = "accepted"
    ARRIVE_DUE = "arrive_due"
    ARRIVED = "arrived"
    DUE = "due"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LISTED = "listed"
    CALLED = "called"
    PICKUP = "pickup"
    ACT = "act"
    CASE_RECEIVED = "case_received"
    CASE_DUE = "case_due"
    CASE_CALLED = "case_called"
    PATROL = "patrol"
    INSPECTED = "inspected"
    FOUND = "found"
    RECTIFY_DUE = "rectify_due"
    FIXED = "fixed"


OF_CASES = (MeasureDay.CASE_RECEIVED, MeasureDay.CASE_DUE, MeasureDay.CASE_CALLED)


class ActivityKind(StrEnum):
    """What is measured besides orders: a patrol of one day, an inspection of a shop, a finding of one."""

    PATROL = "patrol"
    INSPECTION = "inspection"
    FINDING = "finding"


DAYS_OF = {
    ActivityKind.PATROL: (MeasureDay.PATROL,),
    ActivityKind.INSPECTION: (MeasureDay.INSPECTED,),
    ActivityKind.FINDING: (MeasureDay.FOUND, MeasureDay.RECTIFY_DUE, MeasureDay.FIXED),
}
OF_ACTIVITIES = tuple(day for days in DAYS_OF.values() for day in days)
OF_TRUTH = tuple(day for day in MeasureDay if day not in (MeasureDay.ACT, *OF_CASES, *OF_ACTIVITIES))


class Measure(NamedTuple):
    """`what`: SQL about `t`, the truth of an order or activity: a condition, which adds 1, or an amount."""

    code: str
    day: MeasureDay
    what: str
    zh: str
    en: str
    is_amount: bool = False
    """Whether `what` is how much it adds, such as minutes, not a condition."""
    moves: tuple[Transition, ...] = ()
    """Of an act: the moves that are counted."""

    @property
    def is_minutes(self) -> bool:
        """Whether it adds up minutes: the sums of many are beyond what an integer of four bytes holds."""
        return self.code.endswith("_minutes")
