"""设备种类: kinds of devices and what each of them reports. 32 are shipped, in two files that are data; a town changes
them and adds its own (`town_kinds.py`), and what it says goes before.
"""

import csv
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
KINDS = _HERE / "sensor_kinds.csv"
CAUSES = _HERE / "sensor_causes.csv"
BATTERY_GOOD_AGAIN = 10.0
"""So many percent above its floor a battery counts as changed: one that swings around it is no news each hour."""


class Trigger(StrEnum):
    """What makes it so."""

    EVENT = "event"
    """The device says it itself."""
    HIGH = "high"
    LOW = "low"
    """Its value leaves the range."""
    ACTIVITY = "activity"
    """No alarm: a sign that somebody is at home and well."""
    QUIET = "quiet"
    """No such sign for longer than was agreed."""


class Cause(NamedTuple):
    """What a kind of device may report. `reason_zh`, `reason_en`: what an order says, nothing of who lives there.

    `is_by_place`: devices of one place share an order. `fold_for`: so long after its order has ended, what goes on
    does not begin anew. `storm_for`: so long after the last alarm, further devices join. `is_always_visited`: also
    when the device says that it is over before anybody was sent; nor is it held back for wrong alarms of before.
    """

    code: str
    name_zh: str
    name_en: str
    trigger: Trigger
    item_code: str
    is_by_place: bool
    fold_for: timedelta
    storm_for: timedelta
    is_always_visited: bool
    reason_zh: str
    reason_en: str

    @property
    def is_alarm(self) -> bool:
        return self.trigger is not Trigger.ACTIVITY


class SensorKind(NamedTuple):
    """A kind of device. `low`, `high`: its normal range in `unit`. `battery_floor`: percent; None: on the mains.

    `activity`: the cause that is a sign of life at home, or `growth`: of a meter, whose value grows.
    """

    code: str
    name_zh: str
    name_en: str
    unit: str
    low: float | None
    high: float | None
    silence_min: int
    battery_floor: float | None
    activity: str
    causes: Mapping[str, Cause]

    @property
    def first_alarm(self) -> Cause | None:
        """What an alarm without a cause means."""
        return next((cause for cause in self.causes.values() if cause.trigger is Trigger.EVENT), None)

    @property
    def alarms(self) -> tuple[Cause, ...]:
        return tuple(cause for cause in self.causes.values() if cause.is_alarm)


class _Known:
    """What this process knows of, until `town_kinds` says something else."""

    kinds: Mapping[str, SensorKind] | None = None


def kinds() -> Mapping[str, SensorKind]:
    """Every kind by its code. Whoever asks the database about devices has `town_kinds.refresh` look first."""
    return shipped() if _Known.kinds is None else _Known.kinds


def use(town: Mapping[str, SensorKind] | None) -> None:
    """From now on these are the kinds; None: the shipped ones."""
    _Known.kinds = town


@cache
def shipped() -> Mapping[str, SensorKind]:
    """Those that come with the program."""
    causes: dict[str, dict[str, Cause]] = {}
    for row in _rows(CAUSES):
        causes.setdefault(row["kind"], {})[row["code"]] = _cause(row)
    return {row["code"]: _kind(row, causes[row["code"]]) for row in _rows(KINDS)}


def silence_limits() -> tuple[list[str], list[int]]:
    """The codes of all kinds and after how many minutes each of them is silent, for statements."""
    return [kind.code for kind in kinds().values()], [kind.silence_min for kind in kinds().values()]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _kind(row: Mapping[str, str], causes: Mapping[str, Cause]) -> SensorKind:
    return SensorKind(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        unit=row["unit"],
        low=_number(row["low"]),
        high=_number(row["high"]),
        silence_min=int(row["silence_min"]),
        battery_floor=_number(row["battery_floor"]),
        activity=row["activity"],
        causes=causes,
    )


def _cause(row: Mapping[str, str]) -> Cause:
    return Cause(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        trigger=Trigger(row["trigger"]),
        item_code=row["item_code"],
        is_by_place=row["fold_by"] == "place",
        fold_for=timedelta(minutes=int(row["fold_min"])),
        storm_for=timedelta(minutes=int(row["storm_min"])),
        is_always_visited=row["visit"] == "always",
        reason_zh=row["reason_zh"],
        reason_en=row["reason_en"],
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
