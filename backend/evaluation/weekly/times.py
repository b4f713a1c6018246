"""Hours and weekdays of roads: over five weeks, since a week of one road is a handful of reports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from backend.evaluation.weekly.roads import WEEKS_BEFORE
from backend.evaluation.weekly.structs import BLOCK_HOURS, BLOCKS, RoadTimes
from backend.indicators.reading.reported import RoadHour, list_road_hours
from backend.indicators.structs import Period

_WEEKDAYS = 7


async def read_times(areas: Sequence[str], week: Period) -> list[RoadTimes]:
    """Of these areas of orders, most reports first. One statement."""
    since = week.first - timedelta(weeks=WEEKS_BEFORE)
    return times_of(await list_road_hours(areas, Period(since, week.last)))


def times_of(rows: Iterable[RoadHour]) -> list[RoadTimes]:
    """Pure."""
    days: dict[str, list[int]] = defaultdict(lambda: [0] * _WEEKDAYS)
    blocks: dict[str, list[int]] = defaultdict(lambda: [0] * BLOCKS)
    for row in rows:
        days[row.road][row.weekday] += row.reported
        blocks[row.road][row.hour // BLOCK_HOURS] += row.reported
    found = [RoadTimes(road=road, by_weekday=tuple(days[road]), by_block=tuple(blocks[road])) for road in days]
    return sorted(found, key=lambda each: (-each.n, each.road))
