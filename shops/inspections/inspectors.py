"""Who inspects shops in an area. Of those who handle orders it is for an authority's people alone."""

from backend.accounts import queries as accounts
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor, Role, UnitKind

_OF_AUTHORITY = (Role.INSPECTOR, Role.STREET_ADMIN)


async def inspects(actor: Actor, area_code: str) -> bool:
    """Whether somebody inspects shops there: a property's guards and a hauler's crew handle orders, and do not."""
    if not may_within(actor, Permission.INSPECT_SHOPS, area_code):
        return False
    if actor.holds(area_code, *_OF_AUTHORITY):
        return True
    unit = await accounts.find_unit(actor.unit_id) if actor.unit_id is not None else None
    return unit is not None and unit.kind is UnitKind.GOVERNMENT
