"""A week of each road: how many problems of which class, and whether that is more than chance."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from backend.evaluation import intervals
from backend.evaluation.matters import CLASSES, slice_of, with_slices
from backend.evaluation.structs import RoadWeek
from backend.indicators.queries import find_indicators, read_figures_of
from backend.indicators.structs import Grain, IndicatorFigure, Period

WEEKS_BEFORE = 4
_REPORTS = "reports"


async def read_roads(
    area: str, week: Period, in_all: Mapping[str, int], classes: Sequence[str] = CLASSES
) -> list[RoadWeek]:
    """Roads with a report in the week or the four before, most first. One statement. `week`: seven days.

    `in_all`: the reports of each road in the week and the four before together.
    """
    reports = (await find_indicators([_REPORTS]))[_REPORTS]
    now = _by_road(await read_figures_of(with_slices(reports, classes), [area], week, Grain.ROAD))
    before = {road: max(0, count - now.get(road, {}).get(_REPORTS, 0)) for road, count in in_all.items()}
    roads = [road_week(road, now.get(road, {}), before.get(road, 0), classes) for road in now.keys() | before]
    return sorted(roads, key=lambda each: (-each.reported, -each.usual, each.road))


def road_week(road: str, counts: dict[str, int], before: int, classes: Sequence[str] = CLASSES) -> RoadWeek:
    """`counts`: by code of the indicator; `before`: all of the weeks before. Both counts may be off by chance."""
    reported = counts.get(_REPORTS, 0)
    is_more, is_less = compare(reported, before)
    by_class = {each: counts.get(slice_of(_REPORTS, each), 0) for each in classes}
    return RoadWeek(
        road=road,
        reported=reported,
        usual=before / WEEKS_BEFORE,
        by_class={name: count for name, count in by_class.items() if count},
        is_more=is_more,
        is_less=is_less,
    )


def compare(reported: int, before: int) -> tuple[bool, bool]:
    """Whether a week has more, or less, than the weeks before it let expect, each taken as a count that may be off."""
    known, was = intervals.of_count(reported), intervals.of_count(before)
    return known.low > was.high / WEEKS_BEFORE, known.high < was.low / WEEKS_BEFORE


def _by_road(figures: Sequence[IndicatorFigure]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for each in figures:
        found[each.subject][each.code] = round(each.numerator)
    return found
