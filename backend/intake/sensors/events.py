"""Facts about sensors, in the past tense. One fact for a batch, never one for a reading; none says what a device is at
whose home.
"""

from collections.abc import Iterable
from typing import ClassVar

from backend.events.facts import Fact


class SensorFact(Fact, frozen=True, kw_only=True):
    """`subject_id`: the source. `area_code`: the smallest area within which all of them lie."""

    subject: ClassVar[str] = "sensors"


class AlarmsRaised(SensorFact, frozen=True, kw_only=True):
    """New folds of alarms wait to be filed."""

    fold_ids: tuple[int, ...]


class AlarmsCleared(SensorFact, frozen=True, kw_only=True):
    """Alarms of these folds went off, as their devices say. Their orders go on."""

    fold_ids: tuple[int, ...]


class StormFound(SensorFact, frozen=True, kw_only=True):
    """So many devices of one place report one cause that it is more than a device."""

    fold_ids: tuple[int, ...]


class SensorsSilent(SensorFact, frozen=True, kw_only=True):
    """Nothing came from these devices for longer than their limit."""

    sensor_ids: tuple[int, ...]


class SensorsReturned(SensorFact, frozen=True, kw_only=True):
    """They were silent and are back."""

    sensor_ids: tuple[int, ...]


class BatteriesLow(SensorFact, frozen=True, kw_only=True):
    sensor_ids: tuple[int, ...]


_LEVELS = (12, 9, 6, 4, 2)


def area_around(area_codes: Iterable[str]) -> str:
    """The smallest area in which all of these lie; empty where that is the whole country."""
    codes = set(area_codes)
    around = ({code[:length] for code in codes} for length in _LEVELS if all(len(code) >= length for code in codes))
    return next((area for areas in around if len(areas) == 1 for area in areas), "")
