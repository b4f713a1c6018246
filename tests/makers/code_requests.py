"""One valid request for each operation on plates."""

from typing import Any
from uuid import uuid4

from backend import clock, db
from backend.accounts.structs import Actor
from qr import codes
from qr import service as qr
from tests.makers.town import COMMITTEE, DEMO_SECRET, DOOR

DEMO_KEYS = codes.keyring(DEMO_SECRET)
_SECOND_DOOR = """
    INSERT INTO place (kind, name, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)
    SELECT 'doorplate', '', '102号', $1, ST_MakePoint($2, $3)::geography, $2, $3, 'town', gen_random_uuid()::text
    RETURNING id
"""


async def second_door() -> int:
    return await db.fetchval(_SECOND_DOOR, COMMITTEE, DOOR.lng, DOOR.lat)


async def unbound() -> str:
    batch = await qr.mint(1, keys=DEMO_KEYS, now=clock.now())
    return await db.fetchval("SELECT code FROM qr_code WHERE batch_id = $1", batch.id)


async def hanging() -> tuple[str, int]:
    """A code of its own on a door of its own."""
    code, door = await unbound(), await second_door()
    await qr.bind(code, door, actor=None, now=clock.now())
    return code, door


async def bind_code(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    fix = {"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 8}
    return {"path": {"code": await unbound()}, "json": {"place_id": await second_door(), "fix": fix}}


async def rebind_code(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"code": (await hanging())[0]}, "json": {"place_id": await second_door()}}


async def replace_code(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"code": (await hanging())[0]}, "json": {"new_code": await unbound(), "note": "褪色"}}


async def set_condition(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"code": (await hanging())[0]}, "json": {"condition": "damaged"}}


async def revoke_code(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"code": (await hanging())[0]}, "json": {"note": "拆除"}}


async def a_history(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"code": (await hanging())[0]}}


async def nobodys_photo(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"json": {"photo_id": str(uuid4())}}


async def move_codes(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"place_id": (await hanging())[1]}, "json": {"into_place_id": await second_door()}}


async def transfer_codes(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"path": {"place_id": (await hanging())[1]}}


async def mint_codes(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"json": {"count": 3, "area_code": COMMITTEE}}


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


async def settle_check(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    check_id = await db.fetchval(
        "INSERT INTO qr_plate_check (code_id, far_scans, distance_m, raised_at)"
        " VALUES ($1, 3, 900, now()) RETURNING id",
        (await hanging())[0],
    )
    return {"path": {"check_id": check_id}, "json": {"finding": "genuine"}}


REQUESTS = {
    "bind_code": bind_code,
    "draw_mini_program_code": a_history,
    "get_code_coverage": nothing,
    "get_code_history": a_history,
    "list_code_batches": nothing,
    "list_plate_checks": nothing,
    "mint_codes": mint_codes,
    "move_codes": move_codes,
    "read_plate_photo": nobodys_photo,
    "rebind_code": rebind_code,
    "replace_code": replace_code,
    "revoke_code": revoke_code,
    "set_code_condition": set_condition,
    "settle_plate_check": settle_check,
    "transfer_codes": transfer_codes,
}
