"""China Telecom's CTWing (AEP): what its HTTP subscription posts.

`dataReport` has the fields of the device's model under `payload`, or under `APPdata` the device's own bytes in Base64,
which are read where they are JSON: other bytes need the plug-in of the platform that makes fields of them.
`eventReport` has fields under `eventContent`; one that warns and names no alarm of the list is an alarm by its service.
Whether a device is online is not read: it says nothing that a silence limit does not, and names no IMEI. The merged
reports (dataReportTupUnion) repeat what dataReport has said.
"""

from base64 import b64decode
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from backend.intake.sensors.payloads.bodies import decode, print_of
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.payloads.instants import instant_of
from backend.intake.sensors.payloads.own import device_of
from backend.intake.sensors.structs import ReadingKind, SensorReading

_DATA, _EVENT = "dataReport", "eventReport"
_WARNING = 2
_NOT_SAID = ("", "undefined", "null")
_OPAQUE = "APPdata"


class _Push(msgspec.Struct, frozen=True, rename="camel"):
    message_type: str
    timestamp: int
    device_id: Annotated[str, Meta(max_length=64)] = ""
    imei: Annotated[str, Meta(max_length=64)] | None = msgspec.field(default=None, name="IMEI")
    payload: dict[str, Any] = {}
    service_id: int | str | None = None
    event_type: int | None = None
    event_content: dict[str, Any] = {}


class OpaqueData(PayloadUnreadable):
    """Bytes of the device's own. `device_no`: they are shown to a person once for each device."""

    def __init__(self, device_no: str) -> None:
        super().__init__("bytes of the device's own under APPdata: set a plug-in for its product on the platform")
        self.device_no = device_no


def read(body: bytes, fields: Fields) -> list[SensorReading]:
    """The readings of a push. Raises PayloadUnreadable."""
    said = decode(body, _Push)
    if said.message_type not in (_DATA, _EVENT):
        return []
    device_no = device_of(said.device_id if said.imei in (None, *_NOT_SAID) else str(said.imei))
    measured_at, base_no = instant_of(said.timestamp), print_of(body)
    if said.message_type == _EVENT:
        return _of_event(said, fields.read(device_no, said.event_content, measured_at, base_no))
    values = said.payload
    if isinstance(opaque := values.get(_OPAQUE), str):
        values = _opened(opaque, device_no)
    return fields.read(device_no, values, measured_at, base_no)


def _of_event(said: _Push, readings: list[SensorReading]) -> list[SensorReading]:
    named = {ReadingKind.ALARM, ReadingKind.RECOVERY, ReadingKind.BATTERY}
    if said.event_type != _WARNING or any(each.kind in named for each in readings):
        return readings
    alarm = msgspec.structs.replace(
        readings[0], kind=ReadingKind.ALARM, cause=f"event_{said.service_id or 0}"[:24], value=None
    )
    return [msgspec.structs.replace(alarm, reading_no=f"{alarm.reading_no}.event"), *readings]


def _opened(opaque: str, device_no: str) -> dict[str, Any]:
    try:
        return decode(b64decode(opaque, validate=True), dict[str, Any])
    except ValueError as error:
        raise OpaqueData(device_no) from error
