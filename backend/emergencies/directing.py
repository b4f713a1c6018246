"""Who directs where in an emergency: whoever dispatches or commands there all over it, and leaders of command groups,
each within the area of the group: the leader of a committee's group does not direct the whole town.
"""

from collections.abc import Sequence

from backend.accounts.structs import Actor
from backend.emergencies import groups, rights
from backend.geo.area_sql import outermost


async def list_areas(actor: Actor, area_code: str) -> list[str]:
    """Where somebody directs of an emergency over this area: all of it, areas within it, or none."""
    if rights.may_direct(actor, area_code):
        return [area_code]
    led = await groups.list_led(actor.account_id, area_code)
    return [area_code] if any(area_code.startswith(each) for each in led) else outermost(led)


def reaches(actor: Actor, area_code: str, areas: Sequence[str], group_area: str) -> bool:
    """Whether somebody who directs these areas of an emergency sends to a group of that area. Pure."""
    return rights.may_direct(actor, area_code) or any(group_area.startswith(each) for each in areas)


async def directs_broadcast(actor: Actor, area_code: str, *, group_area: str, sent_by_id: int) -> bool:
    """Whether somebody directs what came of a broadcast: of the whole emergency, of their groups, or the own one.

    `group_area`: '' where it went to everybody on duty.
    """
    areas = await list_areas(actor, area_code)
    if area_code in areas:
        return True
    is_of_group = bool(group_area) and any(group_area.startswith(each) for each in areas)
    return bool(areas) and (is_of_group or sent_by_id == actor.account_id)
