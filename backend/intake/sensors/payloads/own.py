"""Our own form. Topic yima/SOURCE/DEVICE/KIND with one reading, or yima/SOURCE/readings with those of many devices.

{"at": "2026-11-28T12:00:00+08:00", "no": "4711", "cause": "smoke", "value": 1.0}; `at` may be seconds or milliseconds
since 1970. Of many: a list of the same with `device` and `kind`. Without `no`, equal bodies are one reading.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.intake.sensors.payloads.bodies import decode, print_of
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.instants import instant_of
from backend.intake.sensors.structs import CAUSE_MOST, DEVICE_NO_MOST, ReadingKind, SensorReading

PREFIX = "yima"
MANY = "readings"
MANY_MOST = 200
_DEVICE = Annotated[str, Meta(min_length=1, max_length=DEVICE_NO_MOST, pattern="^[!-~]+$")]
_At = Annotated[datetime, Meta(tz=True)] | int | float


class OwnReading(msgspec.Struct, frozen=True, kw_only=True):
    at: _At
    no: Annotated[str, Meta(max_length=64)] = ""
    cause: Annotated[str, Meta(max_length=CAUSE_MOST)] = ""
    value: float | None = None


class ReadingOfMany(OwnReading, frozen=True, kw_only=True):
    device: _DEVICE
    kind: ReadingKind


def read(levels: Sequence[str], body: bytes) -> list[SensorReading]:
    """`levels`: of the topic, after the source. Raises PayloadUnreadable."""
    match levels:
        case [name] if name == MANY:
            many = decode(body, list[ReadingOfMany])
            if len(many) > MANY_MOST:
                raise PayloadUnreadable(f"more than {MANY_MOST} readings in one message")
            return [_reading(each, each.device, each.kind, print_of(body, str(at))) for at, each in enumerate(many)]
        case [device_no, kind] if kind in ReadingKind._value2member_map_:
            device_no = device_of(device_no)
            return [_reading(decode(body, OwnReading), device_no, ReadingKind(kind), print_of(kind, body))]
        case _:
            raise PayloadUnreadable("a topic of no form that is known")


def device_of(said: str) -> str:
    """A device's number as a topic has it. Raises PayloadUnreadable."""
    try:
        return msgspec.convert(said, _DEVICE)
    except msgspec.ValidationError as error:
        raise PayloadUnreadable("a device's number has 1 to 64 signs of ASCII without blanks") from error


def _reading(said: OwnReading, device_no: str, kind: ReadingKind, own_no: str) -> SensorReading:
    return SensorReading(
        device_no=device_no,
        kind=kind,
        cause=said.cause,
        value=said.value,
        measured_at=instant_of(said.at),
        reading_no=said.no or own_no,
    )
