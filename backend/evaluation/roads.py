"""A week of each road: how many problems of which class, and whether that is more than chance."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from backend.evaluation import intervals
from backend.evaluation.matters import CLASSES, slices_of
from backend.evaluation.structs import RoadWeek
from backend.indicators.queries import read_figures
from backend.indicators.structs import Grain, IndicatorFigure, Period

WEEKS_BEFORE = 4
_REPORTS = "reports"


async def read_roads(area: str, week: Period) -> list[RoadWeek]:
    """Roads with a report in the week or the four before, most first. `week`: seven days. Two statements."""
    codes = [_REPORTS, *slices_of(_REPORTS)]
    before = Period(week.first - timedelta(weeks=WEEKS_BEFORE), week.first - timedelta(days=1))
    now = _by_road(await read_figures(codes, [area], week, Grain.ROAD))
    then = _by_road(await read_figures([_REPORTS], [area], before, Grain.ROAD))
    roads = [road_week(road, now.get(road, {}), then.get(road, {}).get(_REPORTS, 0)) for road in now.keys() | then]
    return sorted(roads, key=lambda each: (-each.reported, -each.usual, each.road))


def road_week(road: str, counts: dict[str, int], before: int) -> RoadWeek:
    """`counts`: by code of the indicator; `before`: all of the weeks before. Both counts may be off by chance."""
    reported, usual = counts.get(_REPORTS, 0), before / WEEKS_BEFORE
    known, was = intervals.of_count(reported), intervals.of_count(before)
    by_class = {each: counts.get(f"{_REPORTS}.{each.lower()}", 0) for each in CLASSES}
    return RoadWeek(
        road=road,
        reported=reported,
        usual=usual,
        by_class={name: count for name, count in by_class.items() if count},
        is_more=known.low > was.high / WEEKS_BEFORE,
        is_less=known.high < was.low / WEEKS_BEFORE,
    )


def _by_road(figures: Sequence[IndicatorFigure]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for each in figures:
        found[each.subject][each.code] = round(each.numerator)
    return found
