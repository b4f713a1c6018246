"""What to send to the operations of the pool: to an offer that somebody has already."""

from typing import Any

from backend.accounts.structs import Actor
from tests.makers.duty import make_volunteer
from tests.makers.pool import grab, make_offer


async def nothing(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {}


async def taken(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """An offer that is gone: whoever may grab at all is refused with who was first."""
    volunteer = await make_volunteer(world.now)
    offer_id = await make_offer(world.town, world.now)
    await grab(offer_id, volunteer, world.now)
    return {"path": {"offer_id": offer_id}, "json": {}}


async def of_another(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await taken(world, asker), "json": {"reason": "no_time"}}


async def code_of_the_place(world: Any, asker: Actor | None) -> dict[str, Any]:
    return {**await taken(world, asker), "json": {"code": world.town.code}}


async def on_call(_world: Any, _asker: Actor | None) -> dict[str, Any]:
    return {"json": {}}


REQUESTS = {
    "list_offers": nothing,
    "grab_offer": taken,
    "give_back_offer": of_another,
    "check_in_at_offer": code_of_the_place,
    "get_volunteer": nothing,
    "go_on_call": on_call,
    "go_off_call": nothing,
}
