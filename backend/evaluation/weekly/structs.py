"""What the weekly analysis holds beside the roads."""

import msgspec

from backend.evaluation.structs import RoadWeek
from backend.indicators.structs import Period

BLOCK_HOURS = 3
BLOCKS = 24 // BLOCK_HOURS


class RoadTimes(msgspec.Struct, frozen=True, kw_only=True):
    """When the reports of a road came, in the week and the four before. Hours are Shanghai's."""

    road: str
    by_weekday: tuple[int, ...]
    """Seven, Monday first."""
    by_block: tuple[int, ...]
    """Of three hours each, from midnight on."""

    @property
    def n(self) -> int:
        return sum(self.by_weekday)


class RecurringItem(msgspec.Struct, frozen=True, kw_only=True):
    item_code: str
    reported: int


class BusyPlace(msgspec.Struct, frozen=True, kw_only=True):
    """高频点位: a place with several reports in the week. `by_week`: the four weeks before and the week, in order."""

    place_id: int
    label: str
    road: str
    by_week: tuple[int, ...]
    recurring: tuple[RecurringItem, ...]
    """What came at least twice in the five weeks, most first."""
    is_more: bool
    is_less: bool

    @property
    def reported(self) -> int:
        return self.by_week[-1]

    @property
    def usual(self) -> float:
        return sum(self.by_week[:-1]) / (len(self.by_week) - 1)


class WeeklyAnalysis(msgspec.Struct, frozen=True, kw_only=True):
    """Of an area and seven days."""

    area_code: str
    week: Period
    roads: list[RoadWeek]
    times: list[RoadTimes]
    places: list[BusyPlace]
    classes: tuple[str, ...]
    """In the order of their codes."""
