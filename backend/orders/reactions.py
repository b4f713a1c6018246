"""What orders do when facts arrive: calendar, weather and limits move deadlines, what recurs has a cause, and who
leaves lets go.
"""

from collections.abc import Sequence

from backend import clock
from backend.calendars.events import CalendarChanged, EmergencyClocksChanged, WeatherChanged
from backend.events.facts import Recorded, reread
from backend.items.events import ItemLimitsChanged
from backend.orders.assignment import handing_over
from backend.orders.cases import root_cause
from backend.orders.deadlines import recount
from backend.orders.deadlines.recount import Recount
from backend.orders.model.events import LimitsChanged

EMERGENCY = "emergency"
_CAUSES = {
    CalendarChanged.name(): "calendar",
    WeatherChanged.name(): "weather",
    EmergencyClocksChanged.name(): EMERGENCY,
}


async def count_anew(recorded: Sequence[Recorded]) -> None:
    """Another calendar, other weather, an emergency that begins or ends: every open order of the area."""
    for each in recorded:
        said = reread(each, EmergencyClocksChanged) if each.name == EmergencyClocksChanged.name() else None
        why = {"by_id": said.acted_by_id, "reason": said.reason} if said else {}
        await recount.request(Recount(cause=_CAUSES[each.name], area_code=each.area_code, **why))


async def count_items_anew(recorded: Sequence[Recorded]) -> None:
    """Other limits: the open orders of the items that have them."""
    for each in recorded:
        await recount.request(Recount(cause="limits", area_code=each.area_code, item_codes=_items(each)))


async def look_for_root_causes(recorded: Sequence[Recorded]) -> None:
    """New orders: some may be one too many of their class at their place."""
    await root_cause.open_root_causes([each.subject_id for each in recorded], clock.now())


async def hand_over(recorded: Sequence[Recorded]) -> None:
    """People left: whatever is still theirs goes to others, order by order and so by a job."""
    await handing_over.request([each.subject_id for each in recorded])


def _items(recorded: Recorded) -> list[str]:
    if recorded.name == ItemLimitsChanged.name():
        return list(reread(recorded, ItemLimitsChanged).item_codes)
    return [reread(recorded, LimitsChanged).item_code]
