"""The tables of calendars as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class CalendarDay(Table, tablename="calendar_day"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15)
    on_date = Date(default=None)
    is_workday = Boolean()
    note = Text()
    origin = Varchar(length=8, default="person")


class ClockWindow(Table, tablename="clock_window"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15)
    clock = Varchar(length=10)
    opens_min = Integer()
    closes_min = Integer()


class WeatherMode(Table, tablename="weather_mode"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15)
    level = Varchar(length=8)
    starts_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None, null=True)


TABLES = (CalendarDay, ClockWindow, WeatherMode)


async def forwards() -> MigrationManager:
    return first_migration("calendars", ID, TABLES, Path(__file__).parent / "first")
