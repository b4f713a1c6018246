"""What is pushed at the same time is taken together: platforms push each message by itself, thousands in a minute."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.batching import Batches
from backend.intake.sensors import taking, unread
from backend.intake.sensors.payloads import ctwing, onenet
from backend.intake.sensors.payloads.ctwing import OpaqueData
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.structs import SensorReading
from backend.intake.sources.structs import Source


class _Pushed(NamedTuple):
    source_id: int
    readings: list[SensorReading]
    now: datetime


async def take_onenet(source: Source, message: str, fields: Fields, now: datetime) -> None:
    """Take a message of OneNET, in plain text; kept for a person where it cannot be read."""
    try:
        readings = onenet.read(message, fields)
    except PayloadUnreadable as error:
        await unread.keep(source, [unread.unread(message.encode(), str(error))], now)
        return
    await _take(source, readings, now)


async def take_ctwing(source: Source, body: bytes, fields: Fields, now: datetime) -> None:
    """Take a push of CTWing; kept for a person where it cannot be read, a device's own bytes once for the device."""
    try:
        readings = ctwing.read(body, fields)
    except OpaqueData as error:
        await unread.keep(source, [unread.unread(body, str(error), f"opaque-{error.device_no}")], now)
        return
    except PayloadUnreadable as error:
        await unread.keep(source, [unread.unread(body, str(error))], now)
        return
    await _take(source, readings, now)


async def _take(source: Source, readings: list[SensorReading], now: datetime) -> None:
    if readings:
        await _batches.send(_Pushed(source.id, readings, now))


async def _take_all(pushed: Sequence[_Pushed]) -> list[None]:
    """One transaction; of each source in the order in which it came."""
    of_sources: dict[int, list[SensorReading]] = {}
    for each in pushed:
        of_sources.setdefault(each.source_id, []).extend(each.readings)
    now = max(each.now for each in pushed)
    async with db.transaction():
        for source_id in sorted(of_sources):
            await taking.take(of_sources[source_id], source_id=source_id, now=now)
    return [None] * len(pushed)


_batches: Batches[_Pushed, None] = Batches(_take_all)
