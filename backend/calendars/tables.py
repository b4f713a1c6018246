"""The calendar's tables, nothing else. Checks stand in the migrations. Dates and hours are Shanghai's."""

from piccolo.columns import (
    JSONB,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table


class CalendarDay(Table, tablename="calendar_day"):
    """A day that differs from the plain week, or is known to be as the week says."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15, null=False, default="")
    on_date = Date(null=False, default=None)
    is_workday = Boolean(null=False)
    note = Text(null=False, default="")
    origin = Varchar(length=8, null=False, default="person")


class ClockWindow(Table, tablename="clock_window"):
    """Hours of the day that a clock counts, in minutes since midnight. An area's rows replace those above it."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15, null=False, default="")
    clock = Varchar(length=10, null=False)
    opens_min = Integer(null=False)
    closes_min = Integer(null=False)


class WeatherMode(Table, tablename="weather_mode"):
    """A red or orange warning over an area; without an end it lasts until somebody ends it."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15, null=False, default="")
    level = Varchar(length=8, null=False)
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=True, default=None)


class EmergencyStretch(Table, tablename="emergency_stretch"):
    """应急: a stretch of time in which an area goes by other limits and another duty list. It ends once."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    level = SmallInt(null=False, default=None)
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=True, default=None)
    roster = Varchar(length=20, null=False, default="")
    clocks = JSONB(null=False, default="[]")


class DismissedNotice(Table, tablename="dismissed_notice"):
    """A notice of the desk that somebody has put away: of the calendar's gap or of a weather mode, by its key."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        on_delete=OnDelete.cascade,
        on_update=OnUpdate.cascade,
    )
    notice = Varchar(length=40, null=False, default="")
    dismissed_at = Timestamptz(null=False, default=None)
