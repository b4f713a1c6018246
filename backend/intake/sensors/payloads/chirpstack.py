"""LoRaWAN by ChirpStack 4: application/ID/device/DEVEUI/event/NAME, in JSON.

`up` has what the device's codec made of the frame under `object`, `status` the battery; a join is a sign of life.
Acknowledgements, logs and places say nothing that we count.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from backend.intake.sensors.payloads.bodies import decode
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.payloads.instants import instant_of
from backend.intake.sensors.structs import ReadingKind, SensorReading

PREFIX = "application"
_WITHOUT_READINGS = {"ack", "txack", "log", "location", "integration"}


class _DeviceInfo(msgspec.Struct, frozen=True, rename="camel"):
    dev_eui: Annotated[str, Meta(pattern="^[0-9a-fA-F]{16}$")]


class _Event(msgspec.Struct, frozen=True, rename="camel"):
    device_info: _DeviceInfo
    time: Annotated[datetime, Meta(tz=True)]
    deduplication_id: Annotated[str, Meta(min_length=1, max_length=64)]


class _Up(_Event, frozen=True, rename="camel"):
    object: dict[str, Any] | None = None


class _Status(_Event, frozen=True, rename="camel"):
    battery_level: float = 0.0
    battery_level_unavailable: bool = False
    external_power_source: bool = False


def read(levels: Sequence[str], body: bytes, fields: Fields) -> list[SensorReading]:
    """`levels`: of the topic, after `application`. Raises PayloadUnreadable."""
    match levels:
        case [_, "device", _, "event", "up"]:
            up = decode(body, _Up)
            return fields.read(_device_of(up), up.object or {}, instant_of(up.time), up.deduplication_id)
        case [_, "device", _, "event", "status"]:
            return [_status(decode(body, _Status))]
        case [_, "device", _, "event", "join"]:
            return [_alive(decode(body, _Event))]
        case [_, "device", _, "event", name] if name in _WITHOUT_READINGS:
            return []
        case _:
            raise PayloadUnreadable("a topic of no form that is known")


def _status(said: _Status) -> SensorReading:
    alive = _alive(said)
    if said.battery_level_unavailable or said.external_power_source:
        return alive
    return msgspec.structs.replace(alive, kind=ReadingKind.BATTERY, value=said.battery_level)


def _alive(said: _Event) -> SensorReading:
    return SensorReading(
        device_no=_device_of(said),
        kind=ReadingKind.ALIVE,
        measured_at=instant_of(said.time),
        reading_no=said.deduplication_id,
    )


def _device_of(said: _Event) -> str:
    return said.device_info.dev_eui.lower()
