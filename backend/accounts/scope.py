"""How far an actor sees: plain facts that every package puts into its own SQL. Pure.

A row is visible when one of these holds:
  area_code lies in one of scope.areas                                  roles that look after an area
  unit_id = scope.unit_id AND area_code lies in one of scope.unit_areas  handlers, for their unit within their areas
  it is in hand of scope.account_id and scope.is_helper                  volunteers, for what they took on
  the row belongs to scope.account_id                                   everybody, for what is their own
`backend/geo/area_sql.py` says "lies in one of" so that an index can answer.
Nobody sees everything: a role without an area adds nothing. Every line is of one grant: what two give never adds up.
"""

from functools import lru_cache

from backend.accounts.structs import Actor, Role
from backend.geo.area_codes import LEVEL_CHARS, TOWN_CHARS
from backend.geo.area_sql import outermost
from backend.structs import Read

AREA_WIDE = (
    Role.INSPECTOR,
    Role.VERIFIER,
    Role.DISPATCHER,
    Role.COMMITTEE,
    Role.STREET_ADMIN,
    Role.DISTRICT_ADMIN,
)
UNIT_WIDE = (Role.HANDLER,)
HELPING = (Role.VOLUNTEER,)


class Scope(Read, frozen=True, kw_only=True):
    account_id: int
    areas: list[str]
    """The areas that are seen whole, by their code, such as 310115105; none of them lies in another."""
    unit_id: int | None
    unit_areas: list[str]
    """The areas within which the unit's rows are seen, and what is assigned to oneself."""
    is_helper: bool = False
    """Whether what one took out of the pool is seen, wherever it lies."""


def scope_of(actor: Actor) -> Scope:
    return Scope(
        account_id=actor.account_id,
        areas=outermost(actor.areas_of(*AREA_WIDE)),
        unit_id=actor.unit_id,
        unit_areas=outermost(actor.areas_of(*UNIT_WIDE)),
        is_helper=is_helper(actor),
    )


def sees_area(actor: Actor, area_code: str) -> bool:
    """Whether one grant shows the area whole."""
    return actor.holds(area_code, *AREA_WIDE)


def sees_unit(actor: Actor, area_code: str, unit_id: int | None) -> bool:
    """Whether one grant shows this unit's rows there."""
    return unit_id is not None and unit_id == actor.unit_id and actor.holds(area_code, *UNIT_WIDE)


def sees_pool(actor: Actor, area_code: str) -> bool:
    """Whether what is offered there concerns this person: handlers where they are, volunteers within their town."""
    towns = [area[:TOWN_CHARS] for area in actor.areas_of(*HELPING)]
    return actor.holds(area_code, *UNIT_WIDE) or any(area_code.startswith(town) for town in towns)


def is_helper(actor: Actor) -> bool:
    """Whether orders of the pool may be this person's to help with."""
    return bool(actor.areas_of(*HELPING))


def prefixes_sql(area_code: str) -> str:
    """SQL of what `prefixes` gives, of an area's code, an expression."""
    lengths = ",".join(map(str, (0, *LEVEL_CHARS)))
    return f"""array(SELECT left({area_code}, chars) FROM unnest('{{{lengths}}}'::int[]) AS chars
        WHERE chars <= length({area_code}))"""


@lru_cache(maxsize=4096)
def prefixes(area_code: str) -> list[str]:
    """Every prefix that a grant, a unit or a shift may carry to cover this area, the whole world first."""
    return ["", *(area_code[:chars] for chars in LEVEL_CHARS if chars <= len(area_code))]
