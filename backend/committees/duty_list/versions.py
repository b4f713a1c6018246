"""From when a decision holds, and when its series begins. Pure; days are Shanghai's."""

from datetime import date, datetime, timedelta

from backend.calendars.rrules import canonical
from backend.calendars.rules import shanghai_date
from backend.calendars.schedules import AHEAD, require_within
from backend.committees.duty_list.structs import DutyVersion

_DAY = timedelta(days=1)


def effect_day(valid_from: date | None, now: datetime) -> date:
    """The day from which it holds: tomorrow, unless told; today at the earliest. Raises DayTooFar."""
    today = shanghai_date(now)
    return require_within("valid_from", valid_from or today + _DAY, today, today + AHEAD)


def new_series(
    rrule: str, starts_on: date | None, valid_from: date | None, now: datetime, *, is_on: bool = True
) -> DutyVersion:
    """A version with a schedule of its own, whose series begins when it takes effect, unless told.

    Raises DayTooFar, ScheduleInvalid, ScheduleTooFrequent.
    """
    today, valid_from = shanghai_date(now), effect_day(valid_from, now)
    starts_on = require_within("starts_on", starts_on or valid_from, today - AHEAD, today + AHEAD)
    return DutyVersion(rrule=canonical(rrule, starts_on), starts_on=starts_on, valid_from=valid_from, is_on=is_on)
