"""A line of a file as a stop of a route: committee, task, name of the route, number on the walk, place or code."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from backend.places.importing.fields import clean
from backend.places.importing.headers import heading
from backend.places.importing.reasons import FileRefused
from backend.places.importing.source import Raw

NAMES: Mapping[str, tuple[str, ...]] = {
    "committee": ("committee", "committee_code", "居委", "居委编码", "居村编码"),
    "task": ("task", "task_code", "任务", "任务编码"),
    "route": ("route", "路线", "路线名称"),
    "seq": ("seq", "no", "顺序", "序号"),
    "place": ("code", "门牌码", "码", "place", "点位", "address", "地址"),
}
"""Our names with the headings that are read for them; the first in which a line has anything is taken."""
HEADINGS = frozenset(heading(theirs) for names in NAMES.values() for theirs in names)
_NEEDED = ("committee", "task", "route", "place")
_MOST = {"committee": 12, "task": 60, "route": 60, "seq": 4, "place": 200}


class StopReason(StrEnum):
    """Why a line stays out."""

    COLUMN_COUNT = "column-count"
    MISSING_VALUE = "missing-value"
    TOO_LONG = "too-long"
    BAD_NUMBER = "bad-number"
    UNKNOWN_COMMITTEE = "unknown-committee"
    UNKNOWN_TASK = "unknown-task"
    UNKNOWN_CODE = "unknown-code"
    NOT_HERE = "not-here"
    AMBIGUOUS = "ambiguous"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    TOO_MANY = "too-many"
    ROUTE_INCOMPLETE = "route-incomplete"


class LineRefused(Exception):
    """Raised while one line is read."""

    def __init__(self, reason: StopReason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class StopLine(msgspec.Struct, frozen=True, kw_only=True):
    """One stop as a file says it. `seq` is 0 where the order of the lines is meant."""

    line: int
    committee_code: str
    task: str
    route: str
    seq: int
    place: str

    @property
    def key(self) -> "RouteKey":
        return RouteKey(self.committee_code, self.task, self.route)


class RouteKey(msgspec.Struct, frozen=True, order=True):
    """Which route a line belongs to."""

    committee_code: str
    task: str
    route: str


def require_columns(columns: Iterable[str]) -> None:
    """Raises FileRefused where a column is missing that every line needs."""
    there = {heading(name) for name in columns}
    missing = [ours for ours in _NEEDED if not there & {heading(theirs) for theirs in NAMES[ours]}]
    if missing:
        raise FileRefused("patrol-columns-missing", missing=", ".join(NAMES[ours][-1] for ours in missing))


def read(raw: Raw) -> StopLine:
    """Raises LineRefused."""
    if raw.refused:
        raise LineRefused(StopReason.COLUMN_COUNT, raw.detail)
    said = {ours: _text(raw, ours) for ours in NAMES}
    missing = [ours for ours in _NEEDED if not said[ours]]
    if missing:
        raise LineRefused(StopReason.MISSING_VALUE, ", ".join(missing))
    if said["seq"] and not (said["seq"].isascii() and said["seq"].isdecimal()):
        raise LineRefused(StopReason.BAD_NUMBER, said["seq"])
    return StopLine(
        line=raw.line,
        committee_code=said["committee"],
        task=said["task"],
        route=said["route"],
        seq=int(said["seq"] or 0),
        place=said["place"],
    )


def key_of(raw: Raw) -> RouteKey | None:
    """Which route a line belongs to that is refused itself, as far as it says so."""
    try:
        key = RouteKey(*(_text(raw, ours) for ours in ("committee", "task", "route")))
    except LineRefused:
        return None
    return key if key.route else None


def _text(raw: Raw, ours: str) -> str:
    for theirs in NAMES[ours]:
        if heading(theirs) in raw.fields:
            value = clean(raw.fields[heading(theirs)])
            if len(value) > _MOST[ours]:
                raise LineRefused(StopReason.TOO_LONG, f"{theirs}: {len(value)} > {_MOST[ours]}")
            if value:
                return value
    return ""
