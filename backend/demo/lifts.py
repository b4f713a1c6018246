"""Two lifts of the demo street: one in order, one whose inspection was due last week."""

from datetime import datetime, timedelta

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.demo.street import list_featured
from backend.lifts import queries as lifts
from backend.lifts import register
from backend.lifts.structs import LiftDraft
from backend.places import queries as places
from backend.places import service as towns
from backend.places.bulk import NewPlace, Town
from backend.places.kinds import PlaceKind
from qr import queries as qr
from qr import service as registry
from qr.codes import CodeKeyring

DATASET = "demo-lifts"
_LIFTS = (("lift:1", "3 号楼东梯", 200), ("lift:2", "3 号楼西梯", -7))
"""Key, name, and in how many days the inspection is due."""
_SINCE_MAINTENANCE = timedelta(days=9)


async def load_lifts(keys: CodeKeyring, now: datetime) -> None:
    """Their places with a code each, and their entries, once."""
    names = [key for key, _, _ in _LIFTS]
    if not (await places.list_by_source_keys(DATASET, names)).items:
        [door] = await list_featured(PlaceKind.DOORPLATE, 1)
        found = [
            NewPlace(
                kind=PlaceKind.POINT,
                name=f"{door.address}{name}",
                address=door.address,
                road_name=door.road_name,
                house_number=door.house_number,
                grid_code=door.grid_code or "",
                loc=door.loc,
                source_key=key,
            )
            for key, name, _ in _LIFTS
        ]
        await towns.load_town(Town(dataset=DATASET, is_demo=True, areas=[], cells=[], roads=[], places=found))
    there = {place.name: place.id for place in (await places.list_by_source_keys(DATASET, names)).items}
    coded = await qr.list_codes_of(list(there.values()))
    if bare := [place_id for place_id in there.values() if place_id not in coded]:
        await registry.mint_bound(bare, keys=keys, now=now, note="demo lifts")
    for number, (_, label, due_in) in enumerate(_LIFTS, start=1):
        place_id = next(place_id for name, place_id in there.items() if name.endswith(label))
        await _register(place_id, number, label, due_in, now)


async def _register(place_id: int, number: int, label: str, due_in: int, now: datetime) -> None:
    if await lifts.find_at_place(place_id) is not None:
        return
    admin = await accounts.find_account_id(Role.STREET_ADMIN.value)
    company, property_unit = [
        await accounts.find_unit_id(f"demo-{unit_type}") for unit_type in ("lift_maintenance", "property")
    ]
    if admin is None or company is None:
        return  # a street that was loaded before there were lifts
    today = shanghai_date(now)
    draft = LiftDraft(
        lift_no=f"梯11 沪F{number:05d}(26)",
        label=label,
        maintenance_unit_id=company,
        property_unit_id=property_unit,
        phone="021 5888 0000",
        inspect_by=today + timedelta(days=due_in),
        maintained_on=today - _SINCE_MAINTENANCE,
    )
    await register.add(place_id, draft, await accounts.get_actor(admin), now)
