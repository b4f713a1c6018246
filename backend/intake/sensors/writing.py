"""The statements that write what a batch changes, each for all of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.intake.sensors.folding import AlarmNow, BatchOutcome, SensorNow, TakenKey
from backend.intake.sensors.kinds import Cause, kinds
from backend.items import queries as items
from backend.sql import sql

STORM_OF = 3
"""So many devices of one place with one cause are a storm."""
_URGENT = ("P0", "P1")
# Whoever comes long after the last one is not of the same storm: the fold before takes in nobody any more.
_SHUT = """
    UPDATE alarm_fold f SET is_joinable = false
    FROM unnest(:places::bigint[], :kinds::text[], :causes::text[], :since::timestamptz[])
         AS k (place_id, kind, cause, since)
    WHERE f.source_id = :source_id AND f.place_id = k.place_id AND f.kind = k.kind AND f.cause = k.cause
      AND f.is_joinable AND f.last_at < k.since
"""
_JOIN = f"""
    INSERT INTO alarm_fold AS there
        (source_id, place_id, kind, cause, area_code, is_urgent, sensors, opened_at, last_at, file_at, storm_at)
    SELECT :source_id::bigint, place_id, kind, cause, area_code, is_urgent, sensors, :now::timestamptz,
           :now::timestamptz, :now::timestamptz,
           CASE WHEN sensors >= {STORM_OF} THEN :now::timestamptz END
    FROM unnest(:places::bigint[], :kinds::text[], :causes::text[], :areas::text[], :urgent::boolean[],
                :sensors::int[]) AS k (place_id, kind, cause, area_code, is_urgent, sensors)
    ORDER BY place_id, kind, cause
    ON CONFLICT (source_id, place_id, kind, cause) WHERE is_joinable AND place_id IS NOT NULL DO UPDATE
    SET last_at = greatest(there.last_at, EXCLUDED.last_at), sensors = there.sensors + EXCLUDED.sensors,
        storm_at = coalesce(there.storm_at,
            CASE WHEN there.sensors + EXCLUDED.sensors >= {STORM_OF} THEN EXCLUDED.last_at END)
    RETURNING id, place_id, kind, cause, xmax = 0 AS is_new, sensors
"""
_OPEN = """
    INSERT INTO alarm_fold
        (source_id, sensor_id, kind, cause, area_code, is_urgent, is_joinable, opened_at, last_at, file_at)
    SELECT :source_id::bigint, sensor_id, kind, cause, area_code, is_urgent, false, :now::timestamptz,
           :now::timestamptz, :now::timestamptz
    FROM unnest(:ids::bigint[], :kinds::text[], :causes::text[], :areas::text[], :urgent::boolean[])
         AS k (sensor_id, kind, cause, area_code, is_urgent)
    RETURNING id, sensor_id, cause
"""
_RAISE = """
    INSERT INTO sensor_alarm (fold_id, sensor_id, cause, readings, first_at, last_at, cleared_at, raised_at)
    SELECT k.*, :now::timestamptz FROM unnest(:folds::bigint[], :ids::bigint[], :causes::text[], :readings::int[],
        :firsts::timestamptz[], :lasts::timestamptz[], :cleareds::timestamptz[]) AS k
"""
_COUNT = """
    UPDATE sensor_alarm a SET readings = a.readings + k.readings, first_at = k.first_at, last_at = k.last_at,
        cleared_at = k.cleared_at
    FROM unnest(:ids::bigint[], :readings::int[], :firsts::timestamptz[], :lasts::timestamptz[],
                :cleareds::timestamptz[]) AS k (id, readings, first_at, last_at, cleared_at)
    WHERE a.id = k.id
"""
_KEYS = """
    INSERT INTO alarm_reading (sensor_id, reading_no, cause, is_recovery, measured_at, taken_at)
    SELECT k.*, :now::timestamptz FROM unnest(:ids::bigint[], :numbers::text[], :causes::text[], :recoveries::boolean[],
        :moments::timestamptz[]) AS k
"""
_STATES = """
    UPDATE sensor_state st SET seen_at = k.seen_at, value = k.value, value_at = k.value_at, battery = k.battery,
        battery_at = k.battery_at, battery_low_at = k.battery_low_at, used_at = k.used_at,
        silent_since = k.silent_since, look_at = k.look_at
    FROM unnest(:id::bigint[], :seen_at::timestamptz[], :value::float8[], :value_at::timestamptz[],
        :battery::float8[], :battery_at::timestamptz[], :battery_low_at::timestamptz[], :used_at::timestamptz[],
        :silent_since::timestamptz[], :look_at::timestamptz[]) AS k (sensor_id, seen_at, value, value_at, battery,
        battery_at, battery_low_at, used_at, silent_since, look_at)
    WHERE st.sensor_id = k.sensor_id
"""
_STATE_COLUMNS = (
    *("id", "seen_at", "value", "value_at", "battery", "battery_at", "battery_low_at", "used_at"),
    *("silent_since", "look_at"),
)
_END_QUIET = """
    WITH k AS (SELECT * FROM unnest($1::bigint[], $2::timestamptz[]) AS k (watch_id, used_at)),
    watch AS (
        UPDATE sensor_watch w SET quiet_since = NULL, look_at = k.used_at + make_interval(hours => w.quiet_hours)
        FROM k WHERE w.id = k.watch_id
    )
    UPDATE sensor_alarm a SET cleared_at = greatest(a.cleared_at, k.used_at)
    FROM k JOIN sensor s ON s.watch_id = k.watch_id
    WHERE a.sensor_id = s.id AND a.cause = 'quiet' AND a.ended_at IS NULL AND a.last_at < k.used_at
    RETURNING a.fold_id
"""


class FoldSpot(NamedTuple):
    """What alarms of several devices share that are one order."""

    place_id: int
    kind: str
    cause: str


class Folded(NamedTuple):
    """The folds that a batch opened, and those that it made a storm."""

    opened: list[int]
    storms: list[int]
    is_urgent: bool


async def write_alarms(
    outcome: BatchOutcome, sensors: Mapping[int, SensorNow], source_id: int, now: datetime
) -> Folded:
    """Put new alarms into folds, and count what belongs to those that are there."""
    folded = Folded([], [], False)
    if new := outcome.new_alarms:
        folded = await _fold(new, sensors, source_id, now)
        columns = {name: [getattr(alarm, name) for alarm in new] for name in ("fold_id", "sensor_id", "cause")}
        named = {"folds": columns["fold_id"], "ids": columns["sensor_id"], "causes": columns["cause"]}
        await db.execute(sql(_RAISE, **named, **_spans(new), now=now))
    if there := sorted((alarm for alarm in outcome.alarms if alarm.id), key=lambda alarm: alarm.id or 0):
        await db.execute(sql(_COUNT, ids=[alarm.id for alarm in there], **_spans(there)))
    return folded


async def write_keys(keys: Sequence[TakenKey], now: datetime) -> None:
    """Remember what must not count twice."""
    if not keys:
        return
    ids, numbers, causes, recoveries, moments = (list(column) for column in zip(*keys, strict=True))
    columns = {"ids": ids, "numbers": numbers, "causes": causes, "recoveries": recoveries, "moments": moments}
    await db.execute(sql(_KEYS, **columns, now=now))


async def write_states(sensors: Sequence[SensorNow]) -> None:
    """What the devices said last."""
    if sensors:
        await db.execute(sql(_STATES, **{name: [getattr(each, name) for each in sensors] for name in _STATE_COLUMNS}))


async def end_quiet(watches: Mapping[int, datetime]) -> list[int]:
    """At these watches somebody was up and about again: no visit is due there any more. Gives the folds of those that
    were.
    """
    if not watches:
        return []
    rows = await db.fetch(_END_QUIET, sorted(watches), [watches[each] for each in sorted(watches)])
    return [row["fold_id"] for row in rows]


async def _fold(new: Sequence[AlarmNow], sensors: Mapping[int, SensorNow], source_id: int, now: datetime) -> Folded:
    priorities = await items.list_priorities()
    by_place: dict[FoldSpot, list[AlarmNow]] = defaultdict(list)
    by_device: list[AlarmNow] = []
    for alarm in new:
        sensor = sensors[alarm.sensor_id]
        if sensor.place_id is not None and _cause(alarm, sensors).is_by_place:
            by_place[FoldSpot(sensor.place_id, sensor.kind, alarm.cause)].append(alarm)
        else:
            by_device.append(alarm)
    opened, storms = await _join(by_place, sensors, priorities, source_id, now)
    opened += await _open(by_device, sensors, priorities, source_id, now)
    is_urgent = any(priorities.get(_cause(alarm, sensors).item_code, "") in _URGENT for alarm in new)
    return Folded(opened, storms, is_urgent)


async def _join(
    by_place: Mapping[FoldSpot, Sequence[AlarmNow]],
    sensors: Mapping[int, SensorNow],
    priorities: Mapping[str, str],
    source_id: int,
    now: datetime,
) -> tuple[list[int], list[int]]:
    """Into the fold of the place, kind and cause, which is opened where none is."""
    if not by_place:
        return [], []
    spots = sorted(by_place)
    firsts = [by_place[spot][0] for spot in spots]
    said = _columns(firsts, sensors, priorities)
    where = {"places": [spot.place_id for spot in spots], "causes": [spot.cause for spot in spots]}
    since = [now - _cause(alarm, sensors).storm_for for alarm in firsts]
    await db.execute(sql(_SHUT, **where, kinds=said["kinds"], since=since, source_id=source_id))
    counts = [len(by_place[spot]) for spot in spots]
    opened, storms = list[int](), list[int]()
    for row in await db.fetch(sql(_JOIN, **where, **said, sensors=counts, source_id=source_id, now=now)):
        joined = by_place[FoldSpot(row["place_id"], row["kind"], row["cause"])]
        for alarm in joined:
            alarm.fold_id = row["id"]
        if row["is_new"]:
            opened.append(row["id"])
        if row["sensors"] >= STORM_OF > row["sensors"] - len(joined):
            storms.append(row["id"])
    return opened, storms


async def _open(
    alarms: Sequence[AlarmNow],
    sensors: Mapping[int, SensorNow],
    priorities: Mapping[str, str],
    source_id: int,
    now: datetime,
) -> list[int]:
    """Each a fold of its own."""
    if not alarms:
        return []
    columns = {"ids": [alarm.sensor_id for alarm in alarms], "causes": [alarm.cause for alarm in alarms]}
    said = _columns(alarms, sensors, priorities)
    rows = await db.fetch(sql(_OPEN, **columns, **said, source_id=source_id, now=now))
    ids = {(row["sensor_id"], row["cause"]): row["id"] for row in rows}
    for alarm in alarms:
        alarm.fold_id = ids[alarm.sensor_id, alarm.cause]
    return list(ids.values())


def _columns(
    alarms: Sequence[AlarmNow], sensors: Mapping[int, SensorNow], priorities: Mapping[str, str]
) -> dict[str, list[object]]:
    devices = [sensors[alarm.sensor_id] for alarm in alarms]
    codes = [_cause(alarm, sensors).item_code for alarm in alarms]
    return {
        "kinds": [device.kind for device in devices],
        "areas": [device.area_code for device in devices],
        "urgent": [priorities.get(code, "") in _URGENT for code in codes],
    }


def _cause(alarm: AlarmNow, sensors: Mapping[int, SensorNow]) -> Cause:
    return kinds()[sensors[alarm.sensor_id].kind].causes[alarm.cause]


def _spans(alarms: Sequence[AlarmNow]) -> dict[str, list[object]]:
    return {
        "readings": [alarm.added for alarm in alarms],
        "firsts": [alarm.first_at for alarm in alarms],
        "lasts": [alarm.last_at for alarm in alarms],
        "cleareds": [alarm.cleared_at for alarm in alarms],
    }
