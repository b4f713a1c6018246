"""The whole analysis of a week, as page, sheet and paper show it."""

from backend.evaluation.settings import read_rules
from backend.evaluation.weekly.places import read_places
from backend.evaluation.weekly.roads import read_roads
from backend.evaluation.weekly.structs import WeeklyAnalysis
from backend.evaluation.weekly.times import read_times
from backend.geo.area_codes import TOWN_CHARS
from backend.indicators.structs import Period
from backend.places import queries as places


async def analyse(area: str, week: Period) -> WeeklyAnalysis:
    """Of seven days, by the classes that the town has. Seven statements."""
    rules = await read_rules(area)
    named = {each.code: each.name for each in await places.list_names([area], [area[:TOWN_CHARS]], 1)}
    return WeeklyAnalysis(
        area_code=area,
        area_zh=named.get(area, area),
        week=week,
        roads=await read_roads(area, week, rules.all_classes),
        times=await read_times(area, week),
        places=await read_places(area, week),
        classes=rules.all_classes,
    )
