"""The whole analysis of a week, as page, sheet and paper show it."""

from backend.evaluation.settings import read_rules
from backend.evaluation.weekly.places import read_places
from backend.evaluation.weekly.roads import read_roads
from backend.evaluation.weekly.structs import WeeklyAnalysis
from backend.evaluation.weekly.times import read_times
from backend.indicators.reading.areas import list_counted_areas
from backend.indicators.structs import Period
from backend.orders.desk import reading


async def analyse(area: str, week: Period) -> WeeklyAnalysis:
    """Of seven days, by the classes that the town has. Five statements."""
    async with reading():
        rules = await read_rules(area)
        counted = await list_counted_areas([area])
        times = await read_times(counted, week)
        return WeeklyAnalysis(
            area_code=area,
            week=week,
            roads=await read_roads(area, week, {each.road: each.n for each in times}, rules.all_classes),
            times=times,
            places=await read_places(counted, week),
            classes=rules.all_classes,
        )
