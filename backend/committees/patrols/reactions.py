"""What follows at once: today's tasks where a duty list or a route was changed, and walks of people who left."""

from collections.abc import Sequence

from backend import clock
from backend.calendars.rules import shanghai_date
from backend.committees.patrols import generating, leaving
from backend.events.facts import Recorded
from backend.geo.area_sql import outermost


async def generate_today(recorded: Sequence[Recorded]) -> None:
    """Today's tasks of the committees that the facts are about; what is there keeps the version it was born of."""
    areas = outermost([each.area_code for each in recorded])
    await generating.generate(shanghai_date(clock.now()), areas)


async def leave(recorded: Sequence[Recorded]) -> None:
    """People left: what they had claimed is open for the next one."""
    await leaving.let_go([each.subject_id for each in recorded])
