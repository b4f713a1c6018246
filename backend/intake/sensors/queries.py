"""Reads of devices for those who look after an area: lists, one device with its alarms, what waits to be claimed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import asyncpg

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.geo.area_sql import within, within_any
from backend.intake.sensors import town_kinds
from backend.intake.sensors.errors import SensorUnknown
from backend.intake.sensors.kinds import kinds
from backend.intake.sensors.weights import DOUBTED_BELOW, weight_of
from backend.sql import Sql, sql
from backend.structs import Page, Read, decode_cursor, encode_cursor

PAGE = 50
_ALARMS_SHOWN = 20


class SensorFilter(StrEnum):
    """Which devices are listed."""

    ALL = "all"
    ALARM = "alarm"
    SILENT = "silent"
    BATTERY = "battery"
    DOUBTED = "doubted"
    """Believed so little that a person decides on their alarms."""


class SensorView(Read, frozen=True, kw_only=True):
    """A device in a list. `weight`: from 0 to 1, how far it is believed. Positions in WGS-84, times in UTC."""

    id: int
    source: str
    device_no: str
    kind: str
    kind_zh: str
    kind_en: str
    place_id: int | None
    label: str
    area_code: str
    lng: float
    lat: float
    is_on: bool
    is_alarm: bool
    seen_at: datetime | None
    silent_since: datetime | None
    battery: float | None
    battery_low_at: datetime | None
    value: float | None
    unit: str
    right_count: int
    wrong_count: int
    weight: float


class SensorAlarmView(Read, frozen=True, kw_only=True):
    """An alarm of a device. `cleared_at`: since when the device says that it is over."""

    sensor_id: int
    cause: str
    cause_zh: str
    cause_en: str
    readings: int
    first_at: datetime
    last_at: datetime
    cleared_at: datetime | None
    ended_at: datetime | None
    state: str
    order_id: int | None


class OrderAlarm(SensorAlarmView, frozen=True, kw_only=True):
    """The same for staff of its order: of which device it is."""

    device_no: str
    kind_zh: str
    kind_en: str


class SensorDetail(SensorView, frozen=True, kw_only=True):
    """One device with the latest of its alarms."""

    low: float | None
    high: float | None
    gain: float
    shift: float
    silence_min: int
    alarms: list[SensorAlarmView]


class UnknownSensorView(Read, frozen=True, kw_only=True):
    id: int
    device_no: str
    first_seen_at: datetime
    last_seen_at: datetime
    readings: int
    last_kind: str
    last_cause: str


_WEIGHT = "(s.right_count + 2.0) / (s.right_count + s.wrong_count + 2.0)"
_WHICH = {
    SensorFilter.ALL: Sql("true"),
    SensorFilter.ALARM: Sql("EXISTS (SELECT FROM sensor_alarm a WHERE a.sensor_id = s.id AND a.ended_at IS NULL)"),
    SensorFilter.SILENT: Sql("st.silent_since IS NOT NULL"),
    SensorFilter.BATTERY: Sql("st.battery_low_at IS NOT NULL"),
    SensorFilter.DOUBTED: Sql(f"{_WEIGHT} < {DOUBTED_BELOW}"),
}
_VIEW = """
    SELECT s.id, src.name AS source, s.device_no, s.kind, s.place_id, s.area_code, s.is_on, s.right_count,
           s.wrong_count, coalesce(nullif(p.name, ''), p.address, '') AS label,
           ST_X(coalesce(s.loc, p.loc)::geometry) AS lng, ST_Y(coalesce(s.loc, p.loc)::geometry) AS lat,
           st.seen_at, st.silent_since, st.battery, st.battery_low_at, st.value,
           EXISTS (SELECT FROM sensor_alarm a WHERE a.sensor_id = s.id AND a.ended_at IS NULL) AS is_alarm,
           s.low, s.high, s.gain, s.shift, s.silence_min
    FROM sensor s JOIN sensor_state st ON st.sensor_id = s.id JOIN intake_source src ON src.id = s.source_id
    LEFT JOIN place p ON p.id = s.place_id
"""
_LIST = f"""
    {_VIEW} WHERE {{seen}} AND {within("s.area_code", ":area::text")} AND {{which}}
      AND (:kind::text = '' OR s.kind = :kind) AND s.id > :after ORDER BY s.id LIMIT :most
"""
_ONE = f"{_VIEW} WHERE s.id = :sensor_id AND {{seen}}"
_ALARM = """
    SELECT a.sensor_id, s.kind, s.device_no, a.cause, a.readings, a.first_at, a.last_at, a.cleared_at, a.ended_at,
           f.state, f.order_id
    FROM sensor_alarm a JOIN alarm_fold f ON f.id = a.fold_id JOIN sensor s ON s.id = a.sensor_id
"""
_OF_SENSOR = f"{_ALARM} WHERE a.sensor_id = $1 ORDER BY a.id DESC LIMIT {_ALARMS_SHOWN}"
_OF_HOME = f"""
    {_ALARM} LEFT JOIN sensor_watch w ON w.id = s.watch_id
    WHERE {within("s.area_code", ":area::text")} AND (w.name = nullif(:watch::text, '') OR s.device_no = ANY(:devices))
    ORDER BY a.id DESC LIMIT {_ALARMS_SHOWN}
"""
_OF_ORDER = f"{_ALARM} WHERE f.order_id = $1 ORDER BY a.id LIMIT 200"
_UNKNOWN = """
    SELECT id, device_no, first_seen_at, last_seen_at, readings, last_kind, last_cause FROM unknown_sensor
    WHERE source_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3
"""


async def list_sensors(
    actor: Actor,
    *,
    area: str = "",
    kind: str = "",
    which: SensorFilter = SensorFilter.ALL,
    cursor: str | None = None,
    limit: int = PAGE,
) -> Page[SensorView]:
    """The devices of the actor's areas, by id."""
    after = decode_cursor(cursor, int)[0] if cursor else 0
    values = {"area": area, "kind": kind, "after": after, "most": limit + 1}
    rows = await _devices(sql(_LIST, seen=_seen(actor), which=_WHICH[which], **values))
    items = [_view(row) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


async def get_sensor(sensor_id: int, actor: Actor) -> SensorDetail:
    """One device of the actor's areas with its latest alarms. Raises SensorUnknown."""
    rows = await _devices(sql(_ONE, seen=_seen(actor), sensor_id=sensor_id))
    if not rows:
        raise SensorUnknown
    [row] = rows
    kind = kinds()[row["kind"]]
    return SensorDetail(
        **_fields(row),
        low=row["low"] if row["low"] is not None else kind.low,
        high=row["high"] if row["high"] is not None else kind.high,
        gain=row["gain"],
        shift=row["shift"],
        silence_min=row["silence_min"] or kind.silence_min,
        alarms=_alarms(await db.fetch(_OF_SENSOR, sensor_id)),
    )


async def list_of_order(order_id: int) -> list[SensorAlarmView]:
    """The alarms that are in an order, the first one first: for its staff."""
    return _alarms(await _devices(_OF_ORDER, order_id))


async def list_for_staff(order_id: int) -> list[OrderAlarm]:
    """The same with their devices. An alarm of an order that was merged is in the one as which it goes on."""
    return [_order_alarm(row) for row in await _devices(_OF_ORDER, order_id)]


async def list_of_home(area: str, watch: str, devices: Sequence[str]) -> list[OrderAlarm]:
    """The latest alarms of a home's devices, by the name of their watch or their own numbers. It asks nobody."""
    rows = await db.fetch(sql(_OF_HOME, area=area, watch=watch, devices=list(devices)))
    return [_order_alarm(row) for row in rows]


async def list_unknown(source_id: int, before_id: int, limit: int = PAGE) -> Page[UnknownSensorView]:
    """The devices of a source that nobody registered, the latest to appear first."""
    rows = await db.fetch(_UNKNOWN, source_id, before_id, limit + 1)
    items = [UnknownSensorView(**row) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


async def _devices(statement: str | Sql, *args: int) -> list[asyncpg.Record]:
    """Rows about devices, whose kinds are known now."""
    rows = await db.fetch(statement, *args)
    if rows:
        await town_kinds.refresh()
    return rows


def _seen(actor: Actor) -> Sql:
    return within_any("s.area_code", permissions.areas_of(actor, Permission.READ_DESK), "reader_area")


def _view(row: asyncpg.Record) -> SensorView:
    return SensorView(**_fields(row))


def _fields(row: asyncpg.Record) -> dict[str, Any]:
    kind = kinds()[row["kind"]]
    known = {name: row[name] for name in SensorView.__struct_fields__ if name in row}
    named = {"kind_zh": kind.name_zh, "kind_en": kind.name_en, "unit": kind.unit}
    return known | named | {"weight": weight_of(row["right_count"], row["wrong_count"])}


def _alarms(rows: Sequence[asyncpg.Record]) -> list[SensorAlarmView]:
    return [_alarm(row) for row in rows]


def _alarm(row: asyncpg.Record) -> SensorAlarmView:
    return SensorAlarmView(**_alarm_fields(row))


def _order_alarm(row: asyncpg.Record) -> OrderAlarm:
    kind = kinds()[row["kind"]]
    named = {"device_no": row["device_no"], "kind_zh": kind.name_zh, "kind_en": kind.name_en}
    return OrderAlarm(**_alarm_fields(row), **named)


def _alarm_fields(row: asyncpg.Record) -> dict[str, Any]:
    cause = kinds()[row["kind"]].causes[row["cause"]]
    known = {name: row[name] for name in SensorAlarmView.__struct_fields__ if name in row}
    return known | {"cause_zh": cause.name_zh, "cause_en": cause.name_en}
