"""高频点位: places with several reports in a week, what recurs there, and whether that is more than before."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from backend.evaluation.weekly.roads import WEEKS_BEFORE, compare
from backend.evaluation.weekly.structs import BusyPlace, RecurringItem
from backend.indicators.reading.reported import PlaceReports, list_busy_places
from backend.indicators.structs import Period
from backend.places import queries as places

LEAST, RECURS_LEAST, RECURRING_MOST = 2, 2, 3


async def read_places(area: str, week: Period) -> list[BusyPlace]:
    """Most reports first. Two statements."""
    rows = await list_busy_places([area], week.first - timedelta(weeks=WEEKS_BEFORE), week.last, LEAST)
    return busy_places(rows, await places.list_labels(sorted({row.place_id for row in rows})))


def busy_places(rows: Iterable[PlaceReports], labels: Mapping[int, str]) -> list[BusyPlace]:
    """Pure."""
    by_place: dict[int, list[PlaceReports]] = defaultdict(list)
    for row in rows:
        by_place[row.place_id].append(row)
    found = [_place(place_id, of_place, labels) for place_id, of_place in by_place.items()]
    return sorted(found, key=lambda each: (-each.reported, -each.usual, each.place_id))


def _place(place_id: int, rows: list[PlaceReports], labels: Mapping[int, str]) -> BusyPlace:
    weeks, by_item = Counter[int](), Counter[str]()
    for row in rows:
        weeks[row.weeks_ago] += row.reported
        by_item[row.item_code] += row.reported
    by_week = tuple(weeks[ago] for ago in range(WEEKS_BEFORE, -1, -1))
    is_more, is_less = compare(by_week[-1], sum(by_week[:-1]))
    often = sorted(by_item.items(), key=lambda each: (-each[1], each[0]))
    return BusyPlace(
        place_id=place_id,
        label=labels.get(place_id, str(place_id)),
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
