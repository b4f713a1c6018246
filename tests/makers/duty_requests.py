"""One valid request for each operation about who stands where."""

from typing import Any

from backend.accounts.structs import Actor
from tests.makers.move_requests import Request, hand
from tests.makers.town import DOOR, TOWN, make_shift


async def keep_position(world: Any, asker: Actor | None) -> Request:
    """From the middle of a shift, where the asker works for a unit."""
    if asker is not None and hand(world, asker) is asker:
        await make_shift(asker, world.town.unit_id, world.now)
    return {"json": {"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 10}}


async def explain_responsibility(_world: Any, _asker: Actor | None) -> Request:
    return {"query": {"item": "A101", "area": TOWN}}


REQUESTS = {"keep_position": keep_position, "explain_responsibility": explain_responsibility}
