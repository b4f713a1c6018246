"""China Mobile's OneNET: what its HTTP push has under `msg`, of today's platform and of the NB-IoT suite before it.

Today: `notify` with properties or events of the device's model, each field with its own instant. Before: type 1, a data
point, alone or several. Devices are known by their IMEI, which only they send; where there is none, by name or number.
Whether a device is online is not read: it says nothing that a silence limit does not, and names no IMEI.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from backend.intake.sensors.payloads.bodies import decode, print_of
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.payloads.instants import instant_of
from backend.intake.sensors.payloads.own import device_of
from backend.intake.sensors.structs import SensorReading

_NOTIFY, _PROPERTY, _EVENT = "notify", "property", "event"
_DATA_POINT = 1
_DEVICE_TEXT = Annotated[str, Meta(max_length=64)]


class _Measured(msgspec.Struct, frozen=True):
    value: Any
    time: int


class _ModelData(msgspec.Struct, frozen=True):
    params: dict[str, _Measured] = {}


class _Model(msgspec.Struct, frozen=True, rename="camel"):
    message_type: str
    device_name: _DEVICE_TEXT = ""
    imei: _DEVICE_TEXT = ""
    notify_type: str = ""
    data: msgspec.Raw = msgspec.Raw(b"{}")


class _Point(msgspec.Struct, frozen=True):
    type: int
    dev_id: int | str = ""
    ds_id: str = ""
    at: int = 0
    value: Any = None
    imei: _DEVICE_TEXT = ""


def read(message: str, fields: Fields) -> list[SensorReading]:
    """The readings of `msg`, in plain text. Raises PayloadUnreadable."""
    base_no = print_of(message)
    looked_at = message.lstrip()
    if looked_at.startswith("["):
        points = decode(message, list[_Point])
        return [reading for at, each in enumerate(points) for reading in _of_point(each, fields, f"{base_no}.{at}")]
    if '"messageType"' in message:
        return _of_model(decode(message, _Model), fields, base_no)
    return _of_point(decode(message, _Point), fields, base_no)


def _of_model(said: _Model, fields: Fields, base_no: str) -> list[SensorReading]:
    """Fields of the same instant are read together, so that a device without words is one sign of life."""
    if said.message_type != _NOTIFY:
        return []
    if said.notify_type not in (_PROPERTY, _EVENT):
        raise PayloadUnreadable("neither a property nor an event")
    by_instant: dict[int, dict[str, object]] = {}
    for name, measured in decode(bytes(said.data), _ModelData).params.items():
        by_instant.setdefault(measured.time, {})[name] = measured.value
    device_no = device_of(said.imei or said.device_name)
    return [
        reading
        for at, (time, values) in enumerate(by_instant.items())
        for reading in fields.read(device_no, values, instant_of(time), f"{base_no}.{at}")
    ]


def _of_point(said: _Point, fields: Fields, base_no: str) -> list[SensorReading]:
    if said.type != _DATA_POINT:
        return []
    device_no = device_of(said.imei or str(said.dev_id))
    values = said.value if isinstance(said.value, dict) else {said.ds_id: said.value}
    return fields.read(device_no, values, instant_of(said.at), base_no)
