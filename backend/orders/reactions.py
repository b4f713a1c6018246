"""What the trunk does when a fact arrives: calendar, weather and limits move deadlines; what recurs has a cause; who
leaves lets go.
"""

from backend import clock
from backend.calendars.events import CalendarChanged, WeatherChanged
from backend.events.facts import Recorded, reread
from backend.items.events import ItemLimitsChanged
from backend.orders.assignment import handing_over
from backend.orders.cases import root_cause
from backend.orders.deadlines import recount
from backend.orders.deadlines.recount import Recount
from backend.orders.model.events import LimitsChanged

_CAUSES = {CalendarChanged.name(): "calendar", WeatherChanged.name(): "weather"}


async def count_anew(recorded: Recorded) -> None:
    """Another calendar or other weather: every open order of the area."""
    await recount.request(Recount(cause=_CAUSES[recorded.name], area_code=recorded.area_code))


async def count_items_anew(recorded: Recorded) -> None:
    """Other limits: the open orders of the items that have them."""
    if recorded.name == ItemLimitsChanged.name():
        fact = reread(recorded, ItemLimitsChanged)
        assert isinstance(fact, ItemLimitsChanged)
        items = list(fact.item_codes)
    else:
        policy = reread(recorded, LimitsChanged)
        assert isinstance(policy, LimitsChanged)
        items = [policy.item_code]
    await recount.request(Recount(cause="limits", area_code=recorded.area_code, item_codes=items))


async def look_for_root_cause(recorded: Recorded) -> None:
    """A new order: it may be one too many of its class at its place."""
    await root_cause.open_root_cause(recorded.subject_id, clock.now())


async def hand_over(recorded: Recorded) -> None:
    """Somebody left: whatever is still theirs goes to others."""
    await handing_over.hand_over_from(recorded.subject_id, clock.now())
