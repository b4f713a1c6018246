"""For whom an elder is told: the committee of the area and whoever is assigned to visit; the street reads numbers.

The same in SQL, for lists.
"""

from backend.accounts.structs import Actor, Role
from backend.geo.area_sql import within_any
from backend.sql import Sql, sql

KEEPERS = (Role.COMMITTEE,)
COUNTERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
VISITORS = (Role.COMMITTEE, Role.VOLUNTEER)
_ASSIGNED = """EXISTS (SELECT FROM elder_visitor v
    WHERE v.elder_id = e.id AND v.account_id = :reader::bigint AND v.until IS NULL)"""


def keeps(actor: Actor, area_code: str) -> bool:
    """Whether somebody keeps the register of this committee."""
    return actor.holds(area_code, *KEEPERS)


def has_part(actor: Actor) -> bool:
    """Whether the pages are offered: which rows are there is another question."""
    return bool(actor.areas_of(*VISITORS, *COUNTERS))


def visible_to(actor: Actor) -> Sql:
    """Whether the actor may know of the elder, of a statement with `lone_elder e`."""
    own = within_any("e.area_code", actor.areas_of(*KEEPERS), "care_area")
    visited = within_any("e.area_code", actor.areas_of(*VISITORS), "visit_area")
    return sql(f"({{own}} OR {{visited}} AND {_ASSIGNED})", own=own, visited=visited, reader=actor.account_id)
