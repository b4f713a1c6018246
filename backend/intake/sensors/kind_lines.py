"""A line of a file about a kind of device or a cause, each value checked; and what only a whole kind shows. Pure."""

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from enum import StrEnum

from backend.duty.loading.lines import FileLine, Wrong
from backend.errors import Phrase
from backend.intake.sensors.kinds import Cause, SensorKind, Trigger

CODE_MOST, NAME_ZH_MOST, NAME_EN_MOST, UNIT_MOST, REASON_ZH_MOST, REASON_EN_MOST = 24, 40, 60, 12, 120, 200
_CODE = re.compile(r"[a-z][a-z0-9_]{1,23}")
_DAYS_MOST_MIN = 60 * 24 * 60
_RANGED = (Trigger.HIGH, Trigger.LOW)
GROWTH = "growth"


class FoldBy(StrEnum):
    PLACE = "place"
    DEVICE = "device"


class Visit(StrEnum):
    ALWAYS = "always"
    WHILE_ON = "while_on"


def kind_of(line: FileLine) -> SensorKind:
    """A kind without its causes. Raises Wrong."""
    return SensorKind(
        code=_code(line, "code"),
        name_zh=line.needed("name_zh", NAME_ZH_MOST),
        name_en=line.needed("name_en", NAME_EN_MOST),
        unit=line.text("unit", UNIT_MOST),
        low=_number(line, "low"),
        high=_number(line, "high"),
        silence_min=_minutes(line, "silence_min", least=1),
        battery_floor=_number(line, "battery_floor", 0, 100),
        activity=line.text("activity", CODE_MOST),
        causes={},
    )


def cause_of(line: FileLine) -> tuple[str, Cause]:
    """Of which kind, and what it may report. Raises Wrong."""
    cause = Cause(
        code=_code(line, "code"),
        name_zh=line.needed("name_zh", NAME_ZH_MOST),
        name_en=line.needed("name_en", NAME_EN_MOST),
        trigger=line.one_of("trigger", Trigger),
        item_code=line.text("item_code", 8),
        is_by_place=_word(line, "fold_by", FoldBy, FoldBy.DEVICE) is FoldBy.PLACE,
        fold_for=timedelta(minutes=_minutes(line, "fold_min")),
        storm_for=timedelta(minutes=_minutes(line, "storm_min")),
        is_always_visited=_word(line, "visit", Visit, Visit.WHILE_ON) is Visit.ALWAYS,
        reason_zh=line.text("reason_zh", REASON_ZH_MOST),
        reason_en=line.text("reason_en", REASON_EN_MOST),
    )
    if cause.is_alarm and not (cause.item_code and cause.reason_zh and cause.reason_en):
        raise Wrong("sensor-cause-without-item", value=cause.code)
    return _code(line, "kind"), cause


def faults_of(kind: SensorKind | None, code: str, item_codes: Collection[str]) -> Iterator[Phrase]:
    """What is wrong with a kind as it would be then. `item_codes`: of the dictionary."""
    if kind is None:
        yield Phrase("sensor-kind-unknown", {"value": code})
        return
    if not kind.alarms:
        yield Phrase("sensor-kind-without-alarm", {"value": code})
    if kind.low is not None and kind.high is not None and kind.low >= kind.high:
        yield Phrase("sensor-range-empty")
    for cause in kind.causes.values():
        if cause.trigger in _RANGED and (kind.high if cause.trigger is Trigger.HIGH else kind.low) is None:
            yield Phrase("sensor-cause-without-range", {"kind": code, "value": cause.code})
        if cause.item_code and cause.item_code not in item_codes:
            yield Phrase("sensor-cause-item-unknown", {"kind": code, "value": cause.item_code})
    activity = kind.causes.get(kind.activity)
    is_sign = kind.activity in ("", GROWTH) or (activity is not None and activity.trigger is Trigger.ACTIVITY)
    if not is_sign or (kind.activity and Trigger.QUIET not in {cause.trigger for cause in kind.causes.values()}):
        yield Phrase("sensor-kind-activity-unknown", {"kind": code, "value": kind.activity})


def written(cause: Cause) -> dict[str, str]:
    """A cause as a line of a file has it."""
    return {
        "code": cause.code,
        "name_zh": cause.name_zh,
        "name_en": cause.name_en,
        "trigger": cause.trigger.value,
        "item_code": cause.item_code,
        "fold_by": (FoldBy.PLACE if cause.is_by_place else FoldBy.DEVICE).value,
        "fold_min": str(int(cause.fold_for.total_seconds() // 60)),
        "storm_min": str(int(cause.storm_for.total_seconds() // 60)),
        "visit": (Visit.ALWAYS if cause.is_always_visited else Visit.WHILE_ON).value,
        "reason_zh": cause.reason_zh,
        "reason_en": cause.reason_en,
    }


def _code(line: FileLine, name: str) -> str:
    value = line.needed(name, CODE_MOST)
    if not _CODE.fullmatch(value):
        raise Wrong("sensor-code-impossible", name=name, value=value)
    return value


def _word(line: FileLine, name: str, choices: type[StrEnum], usual: StrEnum) -> StrEnum:
    return line.one_of(name, choices) if line.text(name) else usual


def _number(line: FileLine, name: str, least: float = -1e12, most: float = 1e12) -> float | None:
    text = line.text(name, 40)
    try:
        value = float(text) if text else None
    except ValueError as error:
        raise Wrong("value-no-number", name=name, value=text) from error
    if value is not None and not least <= value <= most:
        raise Wrong("value-no-number", name=name, value=text)
    return value


def _minutes(line: FileLine, name: str, least: int = 0) -> int:
    value = _number(line, name, least, _DAYS_MOST_MIN)
    if value is None and not least:
        return 0
    if value is None or value != int(value):
        raise Wrong("value-no-number", name=name, value=line.text(name))
    return int(value)
