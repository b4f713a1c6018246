"""One valid request for each operation about cameras."""

from typing import Any

from backend.accounts.structs import Actor
from tests.makers.cameras import CAMERA, make_camera, make_camera_source, seen, tell
from tests.makers.move_requests import Request


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


async def get_camera(world: Any, _asker: Actor | None) -> Request:
    source = await make_camera_source(world.now)
    camera_id = await make_camera(source, world.town.place_id, world.town.dispatcher, world.now)
    return {"path": {"camera_id": camera_id}}


async def claim_camera(world: Any, asker: Actor | None) -> Request:
    where = {"place_id": world.town.place_id, "name": "东门", "spot": "street"}
    return {**await get_camera(world, asker), "json": where}


async def switch_camera(world: Any, asker: Actor | None) -> Request:
    return {**await get_camera(world, asker), "json": {"is_on": False}}


async def import_cameras(world: Any, _asker: Actor | None) -> Request:
    source = await make_camera_source(world.now)
    return {
        "json": {"source": source.name, "csv": f"camera_no,name,place_id,spot\n1,门,{world.town.place_id},street\n"}
    }


async def mark_event_wrong(world: Any, _asker: Actor | None) -> Request:
    receipt = await tell(await make_camera_source(world.now), seen("7", world.now, pictures=()), world.now)
    return {"path": {"event_id": receipt.event_id}}


async def receive_camera_event(world: Any, _asker: Actor | None) -> Request:
    """Without its signature: a session is none."""
    source = await make_camera_source(world.now)
    return {"path": {"source": source.name}, "json": {"camera_no": CAMERA, "event_no": "1"}}


REQUESTS = {
    "receive_camera_event": receive_camera_event,
    "list_cameras": nothing,
    "list_camera_events": nothing,
    "get_camera": get_camera,
    "claim_camera": claim_camera,
    "switch_camera": switch_camera,
    "import_cameras": import_cameras,
    "mark_camera_event_wrong": mark_event_wrong,
}
