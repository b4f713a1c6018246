"""Names that makers give to what their devices measure, and what a reading of ours each is.

`fields.csv` has those that are common; a town adds its makers' own in a file of the same columns (YIMA_SENSOR_FIELDS).
Names are compared without capitals and signs, so smokeAlarm, smoke_alarm and SMOKE-ALARM are one.
"""

import csv
import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.structs import CAUSE_MOST, ReadingKind, SensorReading

_COMMON = Path(__file__).with_name("fields.csv")
_NORMAL = {"", "0", "false", "off", "no", "none", "null", "normal", "ok", "closed", "close", "free", "idle"}
"""What a field of an alarm says while there is none; everything else is one."""
_MOST_FIELDS, _NUMBER_MOST = 64, 32


class Field(NamedTuple):
    kind: ReadingKind
    cause: str


class Fields:
    """The fields by their names; `own`: a town's file, whose lines stand before the common ones."""

    def __init__(self, own: Path | None = None) -> None:
        self._known = dict(_lines(_COMMON)) | (dict(_lines(own)) if own else {})

    def find(self, name: str) -> Field | None:
        return self._known.get(plain(name))

    def read(
        self, device_no: str, said: Mapping[str, object], measured_at: datetime, base_no: str
    ) -> list[SensorReading]:
        """A reading for each field, numbered within `base_no`; a sign of life where no field says anything.

        Fields that are in no list say nothing: a device has one value, and another number is none of its kind's unit.
        """
        flat = list(_flat(said))
        if len(flat) > _MOST_FIELDS:
            raise PayloadUnreadable("more fields than a device has")
        readings: list[SensorReading] = []
        for index, (name, value) in enumerate(flat):
            if (found := self._one(name, value)) is not None:
                kind, cause, number = found
                readings.append(
                    SensorReading(
                        device_no=device_no,
                        kind=kind,
                        cause=cause,
                        value=number,
                        measured_at=measured_at,
                        reading_no=f"{base_no}.{index}",
                    )
                )
        alive = SensorReading(device_no=device_no, kind=ReadingKind.ALIVE, measured_at=measured_at, reading_no=base_no)
        return readings or [alive]

    def _one(self, name: str, value: object) -> tuple[ReadingKind, str, float | None] | None:
        number, field = number_of(value), self.find(name)
        if field is None:
            return None
        if field.kind is ReadingKind.ALARM:
            kind = ReadingKind.RECOVERY if _word(value) in _NORMAL else ReadingKind.ALARM
            return kind, field.cause, None if isinstance(value, bool) else number
        if field.kind is ReadingKind.ALIVE:
            return field.kind, "", None
        return None if number is None else (field.kind, field.cause, number)


def plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def number_of(value: object) -> float | None:
    """A finite number, also one that is written as a word; a switch is 0 or 1."""
    if not isinstance(value, bool | int | float | str) or (isinstance(value, str) and len(value) > _NUMBER_MOST):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


@cache
def load(own: str) -> Fields:
    """The fields with those of the file that a setting names, read once. Raises ValueError where it is none."""
    return Fields(Path(own) if own else None)


def _word(value: object) -> str:
    number = number_of(value)
    if number is not None and number == int(number):
        return str(int(number))
    return "" if value is None else str(value).strip().lower()


def _flat(said: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """Fields within fields by their own names: one level, deeper ones say nothing that a list could name."""
    for name, value in said.items():
        if isinstance(value, dict) and not before:
            yield from _flat(value, name)
        elif not isinstance(value, dict | list):
            yield name, value


def _lines(file: Path) -> Iterator[tuple[str, Field]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for line in csv.DictReader(opened):
                cause = (line.get("cause") or "").strip()
                if len(cause) > CAUSE_MOST:
                    raise ValueError(f"a cause has {CAUSE_MOST} characters at the most: {cause}")
                yield plain(line["field"]), Field(ReadingKind(line["kind"].strip()), cause)
    except (KeyError, AttributeError, OSError, UnicodeError) as error:
        raise ValueError(f"{file}: columns field, kind, cause ({type(error).__name__})") from error
