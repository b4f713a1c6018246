"""Sensors: who they are, what they said last, their alarms and what these are folded into."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.geo.columns import Geography
from backend.schema.first import tables_migration

ID = "2026-11-28T04:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sensors and their alarms"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class IntakeSource(Table, tablename="intake_source"):
    id = BigSerial(primary_key=True)


class IntakeRecord(Table, tablename="intake_record"):
    id = BigSerial(primary_key=True)


class SensorWatch(Table, tablename="sensor_watch"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    name = Varchar(length=40, null=False)
    quiet_hours = SmallInt(null=False, default=None)
    look_at = Timestamptz(null=False, default=None)
    quiet_since = Timestamptz(null=True, default=None)


class Sensor(Table, tablename="sensor"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    device_no = Varchar(length=64, null=False)
    kind = Varchar(length=24, null=False)
    place_id = ForeignKey(Place, null=True, default=None, **_KEEP)
    loc = Geography("POINT", null=True, default=None)
    area_code = Varchar(length=12, null=False)
    low = DoublePrecision(null=True, default=None)
    high = DoublePrecision(null=True, default=None)
    gain = DoublePrecision(null=False, default=1.0)
    shift = DoublePrecision(null=False, default=0.0)
    silence_min = Integer(null=True, default=None)
    watch_id = ForeignKey(SensorWatch, null=True, default=None, **_KEEP)
    installed_on = Date(null=True, default=None)
    is_on = Boolean(null=False, default=True)
    right_count = Integer(null=False, default=0)
    wrong_count = Integer(null=False, default=0)
    registered_at = Timestamptz(null=False, default=None)


class SensorState(Table, tablename="sensor_state"):
    id = BigSerial(primary_key=True)
    sensor_id = ForeignKey(Sensor, null=False, default=None, unique=True, **_KEEP)
    seen_at = Timestamptz(null=True, default=None)
    value = DoublePrecision(null=True, default=None)
    value_at = Timestamptz(null=True, default=None)
    battery = DoublePrecision(null=True, default=None)
    battery_at = Timestamptz(null=True, default=None)
    battery_low_at = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)
    silent_since = Timestamptz(null=True, default=None)
    look_at = Timestamptz(null=False, default=None)


class UnknownSensor(Table, tablename="unknown_sensor"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    device_no = Varchar(length=64, null=False)
    first_seen_at = Timestamptz(null=False, default=None)
    last_seen_at = Timestamptz(null=False, default=None)
    readings = Integer(null=False, default=1)
    last_kind = Varchar(length=8, null=False)
    last_cause = Varchar(length=24, null=False, default="")


class AlarmFold(Table, tablename="alarm_fold"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    place_id = ForeignKey(Place, null=True, default=None, **_KEEP)
    sensor_id = ForeignKey(Sensor, null=True, default=None, **_KEEP)
    kind = Varchar(length=24, null=False)
    cause = Varchar(length=24, null=False)
    area_code = Varchar(length=12, null=False)
    state = Varchar(length=8, null=False, default="waiting")
    is_urgent = Boolean(null=False, default=False)
    is_joinable = Boolean(null=False, default=True)
    sensors = Integer(null=False, default=1)
    opened_at = Timestamptz(null=False, default=None)
    last_at = Timestamptz(null=False, default=None)
    file_at = Timestamptz(null=False, default=None)
    filed_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    storm_at = Timestamptz(null=True, default=None)
    record_id = ForeignKey(IntakeRecord, null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    is_right = Boolean(null=True, default=None)


class SensorAlarm(Table, tablename="sensor_alarm"):
    id = BigSerial(primary_key=True)
    fold_id = ForeignKey(AlarmFold, null=False, default=None, **_KEEP)
    sensor_id = ForeignKey(Sensor, null=False, default=None, **_KEEP)
    cause = Varchar(length=24, null=False)
    readings = Integer(null=False, default=1)
    first_at = Timestamptz(null=False, default=None)
    last_at = Timestamptz(null=False, default=None)
    cleared_at = Timestamptz(null=True, default=None)
    raised_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)


class AlarmReading(Table, tablename="alarm_reading"):
    """By month from the next migration on."""

    id = BigSerial(primary_key=True)
    sensor_id = ForeignKey(Sensor, null=False, default=None, **_KEEP)
    reading_no = Varchar(length=80, null=False)
    cause = Varchar(length=24, null=False, default="")
    is_recovery = Boolean(null=False, default=False)
    measured_at = Timestamptz(null=False, default=None)
    taken_at = Timestamptz(null=False, default=None)


class SensorDay(Table, tablename="sensor_day"):
    id = BigSerial(primary_key=True)
    source_id = ForeignKey(IntakeSource, null=False, default=None, **_KEEP)
    on_day = Date(null=False, default=None)
    readings = Integer(null=False, default=0)
    taken = Integer(null=False, default=0)
    repeated = Integer(null=False, default=0)
    unknown = Integer(null=False, default=0)
    refused = Integer(null=False, default=0)
    alarms = Integer(null=False, default=0)
    folds = Integer(null=False, default=0)


TABLES = (SensorWatch, Sensor, SensorState, UnknownSensor, AlarmFold, SensorAlarm, AlarmReading, SensorDay)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "sensors")
