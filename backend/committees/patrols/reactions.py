"""What follows at once where a duty list or a route was changed: today's tasks that are missing now."""

from collections.abc import Sequence

from backend import clock
from backend.calendars.rules import shanghai_date
from backend.committees.patrols import generating
from backend.events.facts import Recorded
from backend.geo.area_sql import outermost


async def generate_today(recorded: Sequence[Recorded]) -> None:
    """Today's tasks of the committees that the facts are about; what is there keeps the version it was born of."""
    areas = outermost([each.area_code for each in recorded])
    await generating.generate(shanghai_date(clock.now()), areas)
