"""A lift at a place of its own with a code, of a company and a property that have somebody on duty each."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.lifts import register
from backend.lifts.structs import LiftDraft
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from tests.makers.places import make_place
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, make_actor, make_shift, make_unit


class MadeLift(NamedTuple):
    id: int
    code: str
    admin: Actor
    mechanic: Actor
    guard: Actor


async def make_lift(now: datetime, *, area: str = COMMITTEE, **changes: Any) -> MadeLift:
    """In order unless told otherwise: inspected for a year, maintained yesterday."""
    company, property_unit = [await make_unit(unit_type) for unit_type in ("lift_maintenance", "property")]
    mechanic = await make_actor("维保员", Role.HANDLER, TOWN, unit_id=company)
    guard = await make_actor("物业员", Role.HANDLER, TOWN, unit_id=property_unit)
    for person, unit_id in ((mechanic, company), (guard, property_unit)):
        await make_shift(person, unit_id, now)
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    place_id = await make_place(kind=PlaceKind.POINT, address="3号楼东梯", area_code=area, key="lift-1")
    minted = await qr.mint_bound([place_id], keys=codes.keyring(DEMO_SECRET), now=now)
    today = shanghai_date(now)
    fields: dict[str, Any] = {
        "lift_no": "梯11沪F00001",
        "maintenance_unit_id": company,
        "property_unit_id": property_unit,
        "phone": "021 5888 0000",
        "inspect_by": today + timedelta(days=300),
        "maintained_on": today - timedelta(days=1),
    }
    lift_id = await register.add(place_id, LiftDraft(**fields | changes), admin, now)
    return MadeLift(lift_id, minted[place_id], admin, mechanic, guard)
