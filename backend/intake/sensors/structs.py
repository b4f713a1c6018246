"""What a device says, in one shape, whatever wire it came by, and what became of a batch of it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.structs import Read

DEVICE_NO_MOST, READING_NO_MOST, CAUSE_MOST = 64, 80, 24
DeviceNumber = Annotated[str, Meta(min_length=1, max_length=DEVICE_NO_MOST, description="The maker's number: IMEI …")]


class ReadingKind(StrEnum):
    ALARM = "alarm"
    """Something happened: the cause says what. Whether it is an alarm says the device's kind: a door that opens is
    none."""
    RECOVERY = "recovery"
    """It is over, as the device says; without a cause, all of it."""
    VALUE = "value"
    """A number in the unit of the kind, before the device's calibration."""
    BATTERY = "battery"
    """Percent left, in `value`."""
    ALIVE = "alive"
    """Nothing else than that it is there."""


class SensorReading(Read, frozen=True, kw_only=True):
    """One message of a device. Within a device `reading_no` tells a repeat, `measured_at` the order."""

    device_no: DeviceNumber
    kind: ReadingKind
    cause: Annotated[str, Meta(max_length=CAUSE_MOST)] = ""
    value: float | None = None
    measured_at: datetime
    """Aware: by the device's clock, else by that of its platform."""
    reading_no: Annotated[str, Meta(min_length=1, max_length=READING_NO_MOST)]
    """The message's number, or a hash of it: the same whenever it is delivered again."""


class Refusal(StrEnum):
    """Why a reading of a known device counts for nothing but a sign of life."""

    STALE = "stale"
    """Measured longer ago than readings are taken."""
    UNKNOWN_CAUSE = "unknown_cause"
    """The device's kind knows no such cause."""
    NO_VALUE = "no_value"
    """A value or a battery without a number, or with one that is none."""


class RefusedReading(Read, frozen=True, kw_only=True):
    """`index`: in the batch, from 0."""

    index: int
    why: Refusal


class TakenFigures(Read, frozen=True, kw_only=True):
    """What became of a batch. Every reading is one of: taken, repeated, unknown, refused."""

    readings: int = 0
    taken: int = 0
    repeated: int = 0
    unknown: int = 0
    """Of devices that nobody registered, or that are shut off: held in a list, no order."""
    refused: tuple[RefusedReading, ...] = ()
    alarms_raised: int = 0
    """New alarms; each is in a fold, which is one order."""
    alarms_counted: int = 0
    """Readings that went into alarms, the first ones with them."""
    folds_opened: int = 0
    alarms_cleared: int = 0
    """That went off in this batch."""
    returned: int = 0
    """Devices that were silent and are back."""
