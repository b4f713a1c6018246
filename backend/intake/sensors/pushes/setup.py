"""What pushes are read by, as the settings say it."""

from collections.abc import Mapping
from dataclasses import dataclass

from backend.intake.sensors.payloads import fields
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.pushes import onenet

FIELDS = "YIMA_SENSOR_FIELDS"


@dataclass(frozen=True, slots=True)
class PushSetup:
    """`aes_keys`: of OneNET's secure mode, by source."""

    fields: Fields
    aes_keys: Mapping[str, str]


def read(environment: Mapping[str, str]) -> PushSetup:
    """Raises ValueError with the setting for a file or a key that is none."""
    try:
        known = fields.load(environment.get(FIELDS, ""))
    except ValueError as error:
        raise ValueError(f"{FIELDS}: {error}") from error
    return PushSetup(known, onenet.keys_of(environment))
