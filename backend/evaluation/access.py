"""Who reads whose figures, one rule for each audience.

A unit's: whoever reads the desk of the area, and whoever works for the unit. A person's: that person, always, and the
centre of the area, which is who dispatches there. Nobody else: no page of indicators, no wall, no other member of the
unit. Appeals are read by who made them and by the centre of the area.
"""

from backend.accounts import permissions
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor, Role
from backend.evaluation.errors import NotYourFigures
from backend.geo.area_codes import is_area
from backend.geo.area_sql import outermost


def areas_of_people(actor: Actor) -> list[str]:
    """The areas of whose people the actor reads figures, widest first."""
    return outermost(permissions.areas_of(actor, Permission.MEASURE_PEOPLE))


def require_people(actor: Actor, area_code: str | None) -> str:
    """The area that is asked for, else the actor's first one. Raises NotYourFigures."""
    code = area_code or next(iter(areas_of_people(actor)), "")
    if not is_area(code) or not may_within(actor, Permission.MEASURE_PEOPLE, code):
        raise NotYourFigures
    return code


def may_decide(actor: Actor, area_code: str) -> bool:
    """Whether somebody is of the centre that decides on appeals of an area."""
    return may_within(actor, Permission.DECIDE_SCORE_APPEALS, area_code)


def speaks_for_unit(actor: Actor, unit_id: int | None, area_code: str) -> bool:
    """Whoever handles orders for the unit there: nobody is named as its manager."""
    return unit_id is not None and actor.unit_id == unit_id and actor.holds(area_code, Role.HANDLER)
