"""A message of the broker: its topic says by which form it is read, and of which source it is."""

from typing import NamedTuple

from backend.intake.sensors.payloads import chirpstack, own
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.structs import SensorReading


class Translated(NamedTuple):
    """`source`: its name as the topic says it; empty where the form has none, then it is that of the broker."""

    source: str
    readings: list[SensorReading]


def source_of(topic: str) -> str:
    """The source that a topic names; empty where it names none."""
    prefix, _, rest = topic.partition("/")
    return rest.partition("/")[0] if prefix == own.PREFIX else ""


def translate(topic: str, body: bytes, fields: Fields) -> Translated:
    """The readings of a message. An empty one only takes away what was retained. Raises PayloadUnreadable."""
    prefix, *levels = topic.split("/")
    if not body:
        return Translated(source_of(topic), [])
    if prefix == own.PREFIX and len(levels) > 1:
        return Translated(levels[0], own.read(levels[1:], body))
    if prefix == chirpstack.PREFIX:
        return Translated("", chirpstack.read(levels, body, fields))
    raise PayloadUnreadable("a topic of no form that is known")
