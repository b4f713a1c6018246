"""The one door for readings: a batch is one transaction and a handful of statements, whatever is in it.

Devices are locked first, by id, and everything else is asked in later statements: whoever waited for a device sees
what was written meanwhile.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from backend import db
from backend.events import service as events
from backend.events.facts import Fact
from backend.intake.sensors import counting, town_kinds, unknown, writing
from backend.intake.sensors.events import (
    AlarmsCleared,
    AlarmsRaised,
    BatteriesLow,
    SensorsReturned,
    StormFound,
    area_around,
)
from backend.intake.sensors.folding import AlarmNow, BatchOutcome, Key, ReadingBatch, SensorNow
from backend.intake.sensors.moments import RECOGNISED_FOR
from backend.intake.sensors.structs import ReadingKind, SensorReading, TakenFigures
from backend.intake.sensors.writing import Folded

_LOCK = """
    SELECT s.id, s.device_no, s.kind, s.is_on, s.place_id, s.area_code, s.low, s.high, s.gain, s.shift, s.silence_min,
           s.watch_id, EXISTS (SELECT FROM sensor_watch w WHERE w.id = s.watch_id AND w.quiet_since IS NOT NULL)
               AS is_quiet,
           st.seen_at, st.value, st.value_at, st.battery, st.battery_at, st.battery_low_at, st.used_at,
           st.silent_since, st.look_at
    FROM sensor s JOIN sensor_state st ON st.sensor_id = s.id
    WHERE s.source_id = $1 AND s.device_no = ANY($2::text[]) ORDER BY s.id FOR NO KEY UPDATE OF st
"""
_REPEATED = """
    SELECT r.sensor_id, r.reading_no FROM unnest($1::bigint[], $2::text[]) AS k (sensor_id, reading_no)
    JOIN alarm_reading r USING (sensor_id, reading_no) WHERE r.taken_at > $3
"""
# The open alarm of a device and cause, and the one that ended last.
_ALARMS = """
    SELECT DISTINCT ON (sensor_id, cause, ended_at IS NULL)
           id, fold_id, sensor_id, cause, first_at, last_at, cleared_at, ended_at, cleared_at IS NULL AS was_on
    FROM sensor_alarm WHERE sensor_id = ANY($1::bigint[]) AND (ended_at IS NULL OR ended_at > $2)
    ORDER BY sensor_id, cause, ended_at IS NULL, ended_at DESC
"""
_CLEARED = """
    SELECT sensor_id, cause, max(measured_at) AS at FROM alarm_reading
    WHERE is_recovery AND sensor_id = ANY($1::bigint[]) AND taken_at > $2 GROUP BY sensor_id, cause
"""


async def take(
    readings: Sequence[SensorReading], *, source_id: int, now: datetime, is_sign_of_life: bool = True
) -> TakenFigures:
    """Take a batch of one source, in one transaction: all of it, or, where this raises, nothing of it.

    May be called again with the same readings: what was taken is counted as repeated. Opens no order itself: what has
    to be filed is a fact of the batch. A caller acknowledges its messages after this has returned.
    `is_sign_of_life`: the devices said it themselves.
    """
    await town_kinds.refresh()
    async with db.transaction():
        sensors = await _lock(source_id, readings)
        outcome = await _fold(readings, sensors, now, is_sign_of_life=is_sign_of_life)
        folded = await writing.write_alarms(outcome, {sensor.id: sensor for sensor in sensors.values()}, source_id, now)
        await writing.write_keys(outcome.keys, now)
        await writing.write_states(list(outcome.changed.values()))
        visits = await writing.end_quiet(outcome.quiet_ended)
        await events.record(*_facts(outcome, folded, visits, sensors.values(), source_id))
        await unknown.hold([each for each in outcome.unknown if each.device_no not in sensors], source_id, now)
        figures = _figures(len(readings), outcome, folded)
        await counting.count(source_id, figures, now)
    return figures


async def _lock(source_id: int, readings: Sequence[SensorReading]) -> dict[str, SensorNow]:
    numbers = sorted({reading.device_no for reading in readings})
    rows = await db.fetch(_LOCK, source_id, numbers)
    return {row["device_no"]: SensorNow(**row) for row in rows}


async def _fold(
    readings: Sequence[SensorReading], sensors: dict[str, SensorNow], now: datetime, *, is_sign_of_life: bool
) -> BatchOutcome:
    since = now - RECOGNISED_FOR
    speaking = [
        (sensors[reading.device_no].id, reading.reading_no, reading.kind)
        for reading in readings
        if reading.device_no in sensors and reading.kind not in (ReadingKind.ALIVE, ReadingKind.BATTERY)
    ]
    ids = sorted({sensor_id for sensor_id, _, _ in speaking})
    repeated: set[Key] = set()
    alarms: list[AlarmNow] = []
    cleared: dict[Key, datetime] = {}
    if ids:
        numbers = [number for _, number, _ in speaking]
        rows = await db.fetch(_REPEATED, [sensor_id for sensor_id, _, _ in speaking], numbers, since)
        repeated = {(row["sensor_id"], row["reading_no"]) for row in rows}
        alarms = [AlarmNow(**row) for row in await db.fetch(_ALARMS, ids, since)]
        cleared = {(row["sensor_id"], row["cause"]): row["at"] for row in await db.fetch(_CLEARED, ids, since)}
    batch = ReadingBatch(sensors, alarms, repeated, cleared, now, is_sign_of_life=is_sign_of_life)
    return batch.fold(readings)


def _facts(
    outcome: BatchOutcome, folded: Folded, visits: Iterable[int], sensors: Iterable[SensorNow], source_id: int
) -> list[Fact]:
    """`visits`: folds of homes where somebody was up and about again."""
    over = {alarm.fold_id for alarm in outcome.cleared if alarm.fold_id and alarm.ended_at is None}
    cleared = sorted(over | set(visits))
    area = area_around(sensor.area_code for sensor in sensors)
    about = {"subject_id": source_id, "area_code": area}
    said = (
        (folded.opened, lambda ids: AlarmsRaised(fold_ids=ids, is_urgent=folded.is_urgent, **about)),
        (cleared, lambda ids: AlarmsCleared(fold_ids=ids, **about)),
        (folded.storms, lambda ids: StormFound(fold_ids=ids, **about)),
        (outcome.returned, lambda ids: SensorsReturned(sensor_ids=ids, **about)),
        (outcome.battery_low, lambda ids: BatteriesLow(sensor_ids=ids, **about)),
    )
    return [fact(tuple(ids)) for ids, fact in said if ids]


def _figures(readings: int, outcome: BatchOutcome, folded: Folded) -> TakenFigures:
    return TakenFigures(
        readings=readings,
        taken=outcome.taken,
        repeated=outcome.repeated,
        unknown=len(outcome.unknown),
        refused=tuple(outcome.refused),
        alarms_raised=len(outcome.new_alarms),
        alarms_counted=sum(alarm.added for alarm in outcome.alarms),
        folds_opened=len(folded.opened),
        alarms_cleared=len(outcome.cleared),
        returned=len(outcome.returned),
    )
