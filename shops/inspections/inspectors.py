"""Who inspects shops, and where. Of those who handle orders it is for an authority's people alone."""

from backend.accounts import queries as accounts
from backend.accounts.permissions import HOLDERS, Permission, areas_of
from backend.accounts.structs import Actor, Role, UnitKind


async def inspects(actor: Actor, area_code: str) -> bool:
    """Whether somebody inspects shops there: a property's guards and a hauler's crew handle orders, and do not."""
    return any(area_code.startswith(area) for area in await areas_to_inspect(actor))


async def areas_to_inspect(actor: Actor) -> list[str]:
    """Area prefixes, of which lists of due checks and second looks are made."""
    if not actor.has_role(Role.HANDLER) or await _is_of_authority(actor):
        return areas_of(actor, Permission.INSPECT_SHOPS)
    return actor.areas_of(*(HOLDERS[Permission.INSPECT_SHOPS] - {Role.HANDLER}))


async def _is_of_authority(actor: Actor) -> bool:
    unit = await accounts.find_unit(actor.unit_id) if actor.unit_id is not None else None
    return unit is not None and unit.kind is UnitKind.GOVERNMENT
