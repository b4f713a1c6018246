"""Which pages of pickups concern somebody who works: a route of the own unit, filings that wait for the own word."""

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.sql import sql

_DOORS = """
    SELECT EXISTS (SELECT FROM pickup_route r WHERE r.unit_id = :unit_id AND r.is_open) AS drives,
           EXISTS (SELECT FROM renovation_filing f WHERE f.state = 'filed' AND f.property_at IS NULL
                   AND f.property_unit_id = :unit_id)
           OR :is_committee AND EXISTS (SELECT FROM renovation_filing f WHERE f.state = 'filed'
                   AND f.committee_at IS NULL) AS decides
"""


class PickupDoors(msgspec.Struct, frozen=True):
    drives: bool
    decides: bool
    """Some filing may wait for the reader; the page itself says which."""


async def find_doors(actor: Actor) -> PickupDoors:
    row = await db.fetchrow(sql(_DOORS, unit_id=actor.unit_id, is_committee=actor.has_role(Role.COMMITTEE)))
    assert row is not None  # one row, always
    return PickupDoors(row["drives"], row["decides"])
