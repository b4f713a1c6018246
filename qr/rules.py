"""Who may do what with plates, and what a scan's distance says. Pure.

Not handled: whether the person at the phone is who they say. A plate is public; anybody may photograph it and scan the
picture at home, which is why a scan alone never proves presence and only a near one counts as "was there".
"""

from backend.accounts.structs import Actor, Role

MINTERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
BINDERS = (Role.COMMITTEE, Role.INSPECTOR, Role.HANDLER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)


def may_in(actor: Actor | None, roles: tuple[Role, ...], area_code: str) -> bool:
    """Whether one of the roles is held over that area. No actor is the house itself (demonstration, command line)."""
    return actor is None or any(area_code.startswith(area) for area in actor.areas_of(*roles))
