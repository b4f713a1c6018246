"""Who looks after pickups, besides the shop's own people: the hauler's crew, the desk, the street. Pure."""

from backend.accounts.permissions import HOLDERS, Permission
from backend.accounts.structs import Actor, Role

DESK = HOLDERS[Permission.DISPATCH_ORDERS]
"""Sees routes and what is due, measures, and says that money is there."""
STREET = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
"""Lays routes, prices and quotas down."""
READERS = (*DESK, Role.INSPECTOR, Role.COMMITTEE)
"""See what the shops of their areas have booked."""


def is_crew(actor: Actor, unit_id: int | None, area_code: str) -> bool:
    """Whether somebody works in an area for the unit that hauls."""
    return unit_id is not None and actor.unit_id == unit_id and actor.holds(area_code, Role.HANDLER)
