"""The tables of sensors, nothing else. Checks, partial indexes and the months of readings stand in the migrations."""

from piccolo.columns import (
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.geo.columns import Geography

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _of(table: str, app: str, *, null: bool = True) -> ForeignKey:
    return ForeignKey(LazyTableReference(table, app_name=app), null=null, default=None, **_KEEP)


class TownSensorKind(Table, tablename="sensor_kind"):
    """设备种类 of a town: a kind of its own, or in place of what the shipped one of this code says."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=24, null=False)
    name_zh = Varchar(length=40, null=False)
    name_en = Varchar(length=60, null=False)
    unit = Varchar(length=12, null=False, default="")
    low = DoublePrecision(null=True, default=None)
    high = DoublePrecision(null=True, default=None)
    silence_min = Integer(null=False, default=None)
    battery_floor = DoublePrecision(null=True, default=None)
    activity = Varchar(length=24, null=False, default="")


class TownSensorCause(Table, tablename="sensor_cause"):
    """What a kind may report, as a town says it: besides what is shipped for the kind, or in its place."""

    id = BigSerial(primary_key=True)
    kind = Varchar(length=24, null=False)
    code = Varchar(length=24, null=False)
    name_zh = Varchar(length=40, null=False)
    name_en = Varchar(length=60, null=False)
    trigger = Varchar(length=8, null=False)
    item_id = _of("Item", "items")
    is_by_place = Boolean(null=False, default=False)
    fold_min = Integer(null=False, default=0)
    storm_min = Integer(null=False, default=0)
    is_always_visited = Boolean(null=False, default=False)
    reason_zh = Varchar(length=120, null=False, default="")
    reason_en = Varchar(length=200, null=False, default="")


class SensorWatch(Table, tablename="sensor_watch"):
    """约定看望: devices of one home that are looked at together; after so many quiet hours somebody knocks.

    `look_at`: when it is looked at next. `quiet_since`: since when a visit is due. Says nothing of who lives there.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    name = Varchar(length=40, null=False)
    quiet_hours = SmallInt(null=False, default=None)
    look_at = Timestamptz(null=False, default=None)
    quiet_since = Timestamptz(null=True, default=None)


class Sensor(Table, tablename="sensor"):
    """感知设备: one device of a source, where it is, and what of its kind does not hold for it.

    `gain`, `shift`: what the device says times the one plus the other is the true value. `right_count`, `wrong_count`:
    its alarms whose order was closed, and those that turned out to be none.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    device_no = Varchar(length=64, null=False)
    kind = Varchar(length=24, null=False)
    place_id = _of("Place", "places")
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
    """What a device said last, one narrow row that is written with each of its batches.

    Instants are those of the device's messages. `look_at`: when its silence is looked at next, not moved by messages,
    so that they touch no index.
    """

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
    """A device that nobody registered: it waits to be claimed, and opens nothing."""

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    device_no = Varchar(length=64, null=False)
    first_seen_at = Timestamptz(null=False, default=None)
    last_seen_at = Timestamptz(null=False, default=None)
    readings = Integer(null=False, default=1)
    last_kind = Varchar(length=8, null=False)
    last_cause = Varchar(length=24, null=False, default="")


class AlarmFold(Table, tablename="alarm_fold"):
    """What alarms are folded into: of one device, or of all devices of a place that report one cause. One order.

    `sensor_id` or `place_id` says which. `last_at`: when the latest alarm came in; `is_joinable`: alarms of further
    devices go into it. `is_right`: what its order's end said of it. `recovered_of`: the last alarm whose recovery its
    order was told of.
    """

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    place_id = _of("Place", "places")
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
    record_id = _of("IntakeRecord", "intake")
    order_id = _of("Order", "orders")
    is_right = Boolean(null=True, default=None)
    recovered_of = Timestamptz(null=True, default=None)


class SensorAlarm(Table, tablename="sensor_alarm"):
    """报警: one device, one cause, from its first message until its fold ends, however often it was repeated.

    `first_at`, `last_at`, `cleared_at` are the device's instants. `cleared_at`: only while the device's last word is
    that it is over.
    """

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
    """The key of each message that raised, counted or cleared an alarm, so that a repeat changes nothing.

    Cut by month of arrival; what is older than messages are taken is emptied.
    """

    id = BigSerial(primary_key=True)
    sensor_id = ForeignKey(Sensor, null=False, default=None, **_KEEP)
    reading_no = Varchar(length=80, null=False)
    cause = Varchar(length=24, null=False, default="")
    is_recovery = Boolean(null=False, default=False)
    measured_at = Timestamptz(null=False, default=None)
    taken_at = Timestamptz(null=False, default=None)


class SensorDay(Table, tablename="sensor_day"):
    """What came of the messages of a source on a day of Shanghai."""

    id = BigSerial(primary_key=True)
    source_id = _of("IntakeSource", "intake", null=False)
    on_day = Date(null=False, default=None)
    readings = Integer(null=False, default=0)
    taken = Integer(null=False, default=0)
    repeated = Integer(null=False, default=0)
    unknown = Integer(null=False, default=0)
    refused = Integer(null=False, default=0)
    alarms = Integer(null=False, default=0)
    folds = Integer(null=False, default=0)
