"""What a batch of readings changes, worked out before anything is written. Pure.

Whatever the order in which readings come, and however often: counts are of different messages, first and last are the
earliest and latest instants, and an alarm is over while the latest word of its device is that it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from math import isfinite
from typing import NamedTuple

import msgspec

from backend.intake.sensors.kinds import BATTERY_GOOD_AGAIN, Cause, SensorKind, Trigger, kinds
from backend.intake.sensors.moments import moment_of
from backend.intake.sensors.structs import ReadingKind, Refusal, RefusedReading, SensorReading

Key = tuple[int, str]
"""A device and a cause; or a device and the number of a reading."""


class SensorNow(msgspec.Struct, kw_only=True):
    """A registered device as it stands, locked; what a batch changes of it is set here."""

    id: int
    device_no: str
    kind: str
    is_on: bool
    place_id: int | None
    area_code: str
    low: float | None
    high: float | None
    gain: float
    shift: float
    silence_min: int | None
    watch_id: int | None
    is_quiet: bool
    """Whether a visit is due at its watch."""
    seen_at: datetime | None
    value: float | None
    value_at: datetime | None
    battery: float | None
    battery_at: datetime | None
    battery_low_at: datetime | None
    used_at: datetime | None
    silent_since: datetime | None
    look_at: datetime

    @property
    def silent_after(self) -> timedelta:
        return timedelta(minutes=self.silence_min or kinds()[self.kind].silence_min)


class AlarmNow(msgspec.Struct, kw_only=True):
    """An alarm as it stands; `id` None: it begins with this batch. `added`: readings that this batch brings."""

    id: int | None = None
    fold_id: int | None = None
    sensor_id: int
    cause: str
    first_at: datetime
    last_at: datetime
    cleared_at: datetime | None = None
    ended_at: datetime | None = None
    added: int = 0
    is_changed: bool = False
    was_on: bool = True


class TakenKey(NamedTuple):
    """What is remembered of a reading so that its repeat changes nothing."""

    sensor_id: int
    reading_no: str
    cause: str
    is_recovery: bool
    measured_at: datetime


class BatchOutcome(msgspec.Struct, kw_only=True):
    """What a batch changes, besides the devices' own rows."""

    taken: int = 0
    repeated: int = 0
    unknown: list[SensorReading] = []
    refused: list[RefusedReading] = []
    keys: list[TakenKey] = []
    alarms: list[AlarmNow] = []
    changed: dict[int, SensorNow] = {}
    returned: list[int] = []
    battery_low: list[int] = []
    quiet_ended: dict[int, datetime] = {}
    """By watch: when somebody was up and about again."""

    @property
    def new_alarms(self) -> list[AlarmNow]:
        return [alarm for alarm in self.alarms if alarm.id is None]

    @property
    def cleared(self) -> list[AlarmNow]:
        """Those that were on before the batch and are off after it."""
        return [alarm for alarm in self.alarms if alarm.id and alarm.was_on and alarm.cleared_at]


class ReadingBatch:
    """One batch. `cleared`: when a device said last that a cause is over, as far as that is remembered.

    `is_sign_of_life`: the devices said it themselves.
    """

    def __init__(
        self,
        sensors: Mapping[str, SensorNow],
        alarms: Sequence[AlarmNow],
        repeated: set[Key],
        cleared: Mapping[Key, datetime],
        now: datetime,
        *,
        is_sign_of_life: bool = True,
    ) -> None:
        self._is_sign_of_life = is_sign_of_life
        self._sensors, self._taken, self._cleared, self._now = sensors, set(repeated), dict(cleared), now
        self._open = {(alarm.sensor_id, alarm.cause): alarm for alarm in alarms if alarm.ended_at is None}
        self._ended = {(alarm.sensor_id, alarm.cause): alarm for alarm in alarms if alarm.ended_at is not None}
        self.outcome = BatchOutcome()

    def fold(self, readings: Sequence[SensorReading]) -> BatchOutcome:
        """Take every reading, in the order of the devices' instants."""
        for at, _, reading, sensor in sorted(self._sorted_out(readings), key=lambda each: each[:2]):
            self._take(reading, sensor, at)
        self.outcome.alarms = [
            alarm for alarm in (*self._ended.values(), *self._open.values()) if alarm.is_changed or alarm.id is None
        ]
        return self.outcome

    def _sorted_out(
        self, readings: Sequence[SensorReading]
    ) -> Iterator[tuple[datetime, int, SensorReading, SensorNow]]:
        """Those of known devices that can be read, each with the instant that counts. All others are counted."""
        for index, reading in enumerate(readings):
            sensor = self._sensors.get(reading.device_no)
            if sensor is None or not sensor.is_on:
                self.outcome.unknown.append(reading)
                continue
            at = moment_of(reading.measured_at, self._now)
            self._see(sensor, at or self._now)
            why = Refusal.STALE if at is None else _unfit(reading, kinds()[sensor.kind])
            if at is None or why is not None:
                self.outcome.refused.append(RefusedReading(index=index, why=why or Refusal.STALE))
            else:
                yield at, index, reading, sensor

    def _see(self, sensor: SensorNow, at: datetime) -> None:
        """A sign of life. Whoever was silent is back with the first one that is later than the last before."""
        if not self._is_sign_of_life:
            return
        if sensor.seen_at is None or at > sensor.seen_at:
            sensor.seen_at = at
            if sensor.silent_since is not None and at + sensor.silent_after > self._now:
                sensor.silent_since, sensor.look_at = None, at + sensor.silent_after
                self.outcome.returned.append(sensor.id)
        self.outcome.changed[sensor.id] = sensor

    def _take(self, reading: SensorReading, sensor: SensorNow, at: datetime) -> None:
        kind = kinds()[sensor.kind]
        if (sensor.id, reading.reading_no) in self._taken:
            self.outcome.repeated += 1
            return
        self.outcome.taken += 1
        if reading.kind is ReadingKind.ALARM:
            self._take_event(reading, sensor, _cause_of(reading, kind), at)
        elif reading.kind is ReadingKind.RECOVERY:
            self._remember(reading, sensor, at, is_recovery=True)
            causes = [kind.causes[reading.cause]] if reading.cause else kind.alarms
            for cause in causes:
                self._clear(sensor, cause.code, at)
        elif reading.kind is ReadingKind.VALUE:
            self._take_value(reading, sensor, kind, at)
        elif reading.kind is ReadingKind.BATTERY:
            self._take_battery(reading, sensor, kind, at)

    def _take_event(self, reading: SensorReading, sensor: SensorNow, cause: Cause, at: datetime) -> None:
        if not cause.is_alarm:
            self._use(sensor, at)
            return
        self._remember(reading, sensor, at, cause=cause.code)
        self._raise(sensor, cause, at)

    def _take_value(self, reading: SensorReading, sensor: SensorNow, kind: SensorKind, at: datetime) -> None:
        """A value beside its range is an alarm, one within it ends that; the newest one is what the device shows."""
        assert reading.value is not None
        value = reading.value * sensor.gain + sensor.shift
        beyond = [cause for cause in kind.alarms if _is_beyond(value, cause, sensor, kind)]
        if beyond:
            self._remember(reading, sensor, at, cause=beyond[0].code)
        before, before_at = sensor.value, sensor.value_at
        for cause in kind.alarms:
            if cause in beyond:
                self._raise(sensor, cause, at, over_at=_within_since(cause, sensor, kind, at))
            elif cause.trigger in (Trigger.HIGH, Trigger.LOW):
                self._clear(sensor, cause.code, at)
        if before_at is None or at > before_at:
            sensor.value, sensor.value_at = value, at
            if kind.activity == "growth" and before is not None and value > before:
                self._use(sensor, at)

    def _take_battery(self, reading: SensorReading, sensor: SensorNow, kind: SensorKind, at: datetime) -> None:
        if sensor.battery_at is not None and at <= sensor.battery_at:
            return
        sensor.battery, sensor.battery_at = reading.value, at
        if kind.battery_floor is None or reading.value is None:
            return
        if reading.value < kind.battery_floor and sensor.battery_low_at is None:
            sensor.battery_low_at = at
            self.outcome.battery_low.append(sensor.id)
        elif reading.value >= kind.battery_floor + BATTERY_GOOD_AGAIN:
            sensor.battery_low_at = None

    def _use(self, sensor: SensorNow, at: datetime) -> None:
        """Somebody is at home and well."""
        if sensor.used_at is None or at > sensor.used_at:
            sensor.used_at = at
            if sensor.watch_id is not None and sensor.is_quiet:
                self.outcome.quiet_ended[sensor.watch_id] = at

    def _remember(
        self, reading: SensorReading, sensor: SensorNow, at: datetime, *, cause: str = "", is_recovery: bool = False
    ) -> None:
        self._taken.add((sensor.id, reading.reading_no))
        said = reading.cause if is_recovery else cause
        self.outcome.keys.append(TakenKey(sensor.id, reading.reading_no, said, is_recovery, at))

    def _raise(self, sensor: SensorNow, cause: Cause, at: datetime, *, over_at: datetime | None = None) -> None:
        """Count it where it belongs: what was measured before an alarm's end, or shortly after, is that alarm's."""
        key = (sensor.id, cause.code)
        ended, alarm = self._ended.get(key), self._open.get(key)
        if ended is not None and ended.ended_at is not None and at <= ended.ended_at + cause.fold_for:
            _count(ended, at)
        elif alarm is not None:
            _count(alarm, at)
        else:
            alarm = AlarmNow(sensor_id=sensor.id, cause=cause.code, first_at=at, last_at=at, added=1)
            self._open[key] = alarm
            for over in (over_at, self._cleared.get(key), self._cleared.get((sensor.id, ""))):
                _end(alarm, over)

    def _clear(self, sensor: SensorNow, cause: str, at: datetime) -> None:
        key = (sensor.id, cause)
        if (alarm := self._open.get(key)) is not None:
            _end(alarm, at)
        self._cleared[key] = max(at, self._cleared.get(key, at))


def _count(alarm: AlarmNow, at: datetime) -> None:
    alarm.added += 1
    alarm.first_at, alarm.last_at = min(alarm.first_at, at), max(alarm.last_at, at)
    if alarm.cleared_at is not None and alarm.cleared_at <= alarm.last_at:
        alarm.cleared_at = None
    alarm.is_changed = True


def _end(alarm: AlarmNow, over_at: datetime | None) -> None:
    if over_at is not None and over_at > alarm.last_at:
        alarm.cleared_at = max(over_at, alarm.cleared_at or over_at)
        alarm.is_changed = True


def _cause_of(reading: SensorReading, kind: SensorKind) -> Cause:
    cause = kind.causes.get(reading.cause) if reading.cause else kind.first_alarm
    assert cause is not None
    return cause


def _unfit(reading: SensorReading, kind: SensorKind) -> Refusal | None:
    """Why a reading cannot be used."""
    if reading.kind in (ReadingKind.VALUE, ReadingKind.BATTERY):
        return None if reading.value is not None and isfinite(reading.value) else Refusal.NO_VALUE
    if reading.kind is ReadingKind.ALARM and not reading.cause:
        return None if kind.first_alarm else Refusal.UNKNOWN_CAUSE
    if reading.cause and reading.cause not in kind.causes and reading.kind is not ReadingKind.ALIVE:
        return Refusal.UNKNOWN_CAUSE
    return None


def _is_beyond(value: float, cause: Cause, sensor: SensorNow, kind: SensorKind) -> bool:
    if cause.trigger is Trigger.HIGH:
        high = sensor.high if sensor.high is not None else kind.high
        return high is not None and value > high
    if cause.trigger is Trigger.LOW:
        low = sensor.low if sensor.low is not None else kind.low
        return low is not None and value < low
    return False


def _within_since(cause: Cause, sensor: SensorNow, kind: SensorKind, at: datetime) -> datetime | None:
    """Of a late value beyond the range: when the newest one was within it again."""
    if sensor.value is None or sensor.value_at is None or sensor.value_at <= at:
        return None
    return None if _is_beyond(sensor.value, cause, sensor, kind) else sensor.value_at
