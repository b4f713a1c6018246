"""Devices of a source, what they say, and what of it the tables say."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.intake.sensors import filing, registry, taking
from backend.intake.sensors.drafts import SensorDraft
from backend.intake.sensors.structs import ReadingKind, SensorReading, TakenFigures
from backend.intake.sources.structs import Source, SourceKind
from tests.makers.intake import make_source
from tests.makers.worker import deliver

_numbers = count(1)
SECOND = timedelta(seconds=1)


async def make_sensor_source(now: datetime, **changes: Any) -> Source:
    return await make_source(now, kind=SourceKind.SENSORS, title_zh="感知平台", title_en="Sensor platform", **changes)


async def make_sensors(source: Source, place_id: int, now: datetime, *numbers: str, **fields: Any) -> None:
    """Devices of one kind at one place: smoke detectors unless told otherwise."""
    for number in numbers:
        draft = SensorDraft(device_no=number, **({"kind": "smoke", "place_id": place_id} | fields))
        await registry.register_one(draft, source, now)


def reading(device_no: str, at: datetime, kind: ReadingKind = ReadingKind.ALARM, **fields: Any) -> SensorReading:
    """A message with a number of its own."""
    number = fields.pop("reading_no", f"m-{next(_numbers)}")
    return SensorReading(device_no=device_no, kind=kind, measured_at=at, reading_no=number, **fields)


def recovery(device_no: str, at: datetime, **fields: Any) -> SensorReading:
    return reading(device_no, at, ReadingKind.RECOVERY, **fields)


def value(device_no: str, at: datetime, said: float, **fields: Any) -> SensorReading:
    return reading(device_no, at, ReadingKind.VALUE, value=said, **fields)


async def take(source: Source, now: datetime, *readings: SensorReading) -> TakenFigures:
    return await taking.take(readings, source_id=source.id, now=now)


async def take_and_file(source: Source, now: datetime, *readings: SensorReading) -> TakenFigures:
    """Take them, and let everything follow from it that follows."""
    figures = await take(source, now, *readings)
    await settle(now)
    return figures


async def settle(now: datetime) -> None:
    await deliver()
    await filing.file_waiting(now)
    await deliver()


async def alarms() -> list[asyncpg.Record]:
    return await db.fetch(
        "SELECT s.device_no, a.cause, a.readings, a.first_at, a.last_at, a.cleared_at, a.ended_at, a.fold_id"
        " FROM sensor_alarm a JOIN sensor s ON s.id = a.sensor_id ORDER BY a.id"
    )


async def orders() -> list[asyncpg.Record]:
    return await db.fetch(
        "SELECT o.id, o.item_id, o.state, o.priority, o.description, o.area_code, o.place_id, o.source_kind"
        " FROM work_order o ORDER BY o.id"
    )


async def facts(*names: str) -> list[tuple[str, dict[str, Any]]]:
    """What was recorded about sensors, oldest first: of these names, or all."""
    rows = await db.fetch("SELECT name, body FROM event_log WHERE subject = 'sensors' ORDER BY id")
    return [(row["name"], msgspec.json.decode(row["body"])) for row in rows if not names or row["name"] in names]
