"""高频点位: places with several reports in a week, what recurs there, and whether that is more than before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from backend.evaluation.weekly.roads import WEEKS_BEFORE, compare
from backend.evaluation.weekly.structs import BusyPlace, RecurringItem
from backend.indicators.reading.reported import PlaceReports, list_busy_places
from backend.indicators.structs import Period

LEAST, RECURS_LEAST, RECURRING_MOST = 2, 2, 3


async def read_places(areas: Sequence[str], week: Period) -> list[BusyPlace]:
    """Of these areas of orders, most reports first. One statement."""
    since = week.first - timedelta(weeks=WEEKS_BEFORE)
    return busy_places(await list_busy_places(areas, since, week.last, LEAST))


def busy_places(rows: Iterable[PlaceReports]) -> list[BusyPlace]:
    """Pure."""
    by_place: dict[int, list[PlaceReports]] = defaultdict(list)
    for row in rows:
        by_place[row.place_id].append(row)
    found = [_place(of_place) for of_place in by_place.values()]
    return sorted(found, key=lambda each: (-each.reported, -each.usual, each.place_id))


def _place(rows: list[PlaceReports]) -> BusyPlace:
    weeks, by_item = Counter[int](), Counter[str]()
    for row in rows:
        weeks[row.weeks_ago] += row.reported
        by_item[row.item_code] += row.reported
    by_week = tuple(weeks[ago] for ago in range(WEEKS_BEFORE, -1, -1))
    is_more, is_less = compare(by_week[-1], sum(by_week[:-1]))
    often = sorted(by_item.items(), key=lambda each: (-each[1], each[0]))
    return BusyPlace(
        place_id=rows[0].place_id,
        label=rows[0].label,
        road=rows[0].road,
        by_week=by_week,
        recurring=tuple(
            RecurringItem(item_code=code, reported=count)
            for code, count in often[:RECURRING_MOST]
            if count >= RECURS_LEAST
        ),
        is_more=is_more,
        is_less=is_less,
    )
