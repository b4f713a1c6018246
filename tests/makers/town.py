"""A small town: one committee of four grid cells, a door in the first, a patrol with handlers, one on duty."""

from datetime import datetime, timedelta

import msgspec
import shapely

from backend import config, db
from backend.accounts.structs import Actor, Grant, Role
from backend.geo.lonlat import LonLat
from backend.items import service as items
from backend.places import service as places
from backend.places.bulk import NewArea, NewCell, NewPlace, Town
from backend.places.kinds import PlaceKind
from qr import codes
from qr import service as qr
from tests.makers.accounts import signed_in

TOWN = "310115105"
DEMO_SECRET = config.from_environment({"DATABASE_URL": "-", "YIMA_MODE": "demo"}).secret
"""Codes are signed with the keys of the app under test."""
COMMITTEE = f"{TOWN}001"
DOOR = LonLat(121.5537, 31.1786)
FAR_AWAY = LonLat(121.6, 31.3)
_HALF_CELL = 0.0005
_CELLS_EAST = (0, 1, 2, 3)


class SmallTown(msgspec.Struct, frozen=True, kw_only=True):
    place_id: int
    code: str
    unit_id: int
    handlers: list[Actor]
    """The first one is on duty."""
    verifier: Actor
    dispatcher: Actor
    resident: Actor


async def make_town(now: datetime, *, handlers: int = 2) -> SmallTown:
    """Build the town straight in the tables, without passwords."""
    await places.load_town(_town())
    place_id = await db.fetchval("SELECT id FROM place WHERE source_key = 'door:1'")
    unit_id = await make_unit()
    people = [
        await make_actor(f"巡查员{number}", Role.HANDLER, TOWN, unit_id=unit_id) for number in range(1, handlers + 1)
    ]
    if people:
        await make_shift(people[0], unit_id, now)
    minted = await qr.mint_bound([place_id], keys=codes.keyring(DEMO_SECRET), now=now)
    return SmallTown(
        place_id=place_id,
        code=minted[place_id],
        unit_id=unit_id,
        handlers=people,
        verifier=await make_actor("核查员", Role.VERIFIER, TOWN),
        dispatcher=await make_actor("派单员", Role.DISPATCHER, TOWN),
        resident=await make_actor("居民", Role.RESIDENT, ""),
    )


async def make_unit(unit_type: str = "chengguan_patrol", area_code: str = TOWN) -> int:
    """A unit that answers for everything of its type within an area."""
    unit_id = await db.fetchval(
        "INSERT INTO org_unit (code, name_zh, name_en, unit_type, area_code) VALUES ($1, '巡查队', 'Patrol', $2, $3)"
        " RETURNING id",
        f"{unit_type}-{area_code}",
        unit_type,
        area_code,
    )
    await items.set_rule(unit_id=unit_id, area_code=area_code, unit_type=unit_type)
    return unit_id


async def make_staffed_unit(unit_type: str, area_code: str = TOWN) -> int:
    """A unit with one handler, who is everybody's pool: it keeps no roster."""
    unit_id = await make_unit(unit_type, area_code)
    await make_actor(f"{unit_type}处置员", Role.HANDLER, area_code, unit_id=unit_id)
    return unit_id


async def make_actor(name: str, role: Role, area: str, *, unit_id: int | None = None) -> Actor:
    """An account that holds one role, and the actor that its access token would say."""
    account_id = await db.fetchval(
        "INSERT INTO account (kind, username, password_hash, display_name, unit_id, created_at)"
        " VALUES ('staff', 'u' || gen_random_uuid(), '!', $1, $2, now()) RETURNING id",
        name,
        unit_id,
    )
    await db.execute(
        "INSERT INTO role_grant (account_id, role, area_code) VALUES ($1, $2, $3)", account_id, role.value, area
    )
    return await signed_in(account_id)


def also_verifier(person: Actor) -> Actor:
    """The same person, who verifies in the town besides."""
    return msgspec.structs.replace(person, grants=(*person.grants, Grant(Role.VERIFIER, TOWN)))


async def make_shift(person: Actor, unit_id: int, now: datetime, area_code: str = TOWN) -> None:
    await db.execute(
        "INSERT INTO duty_shift (account_id, unit_id, area_code, starts_at) VALUES ($1, $2, $3, $4)",
        person.account_id,
        unit_id,
        area_code,
        now - timedelta(hours=1),
    )


def _town() -> Town:
    cells = [NewCell(f"{COMMITTEE}{nr + 1:03d}", shapely.MultiPolygon([_square(nr)])) for nr in _CELLS_EAST]
    whole = shapely.MultiPolygon([shapely.union_all([cell.outline for cell in cells])])
    door = NewPlace(
        kind=PlaceKind.DOORPLATE,
        name="",
        address="莲安东路100号",
        road_name="",
        house_number="100",
        grid_code=cells[0].code,
        loc=DOOR,
        source_key="door:1",
    )
    return Town(
        dataset="small-town",
        is_demo=True,
        areas=[NewArea(TOWN, "北蔡镇", whole), NewArea(COMMITTEE, "第一居委", whole)],
        cells=cells,
        roads=[],
        places=[door],
    )


def _square(nr: int) -> shapely.Polygon:
    west = DOOR.lng - _HALF_CELL + nr * 2 * _HALF_CELL
    return shapely.box(west, DOOR.lat - _HALF_CELL, west + 2 * _HALF_CELL, DOOR.lat + _HALF_CELL)
