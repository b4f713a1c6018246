"""One valid request for each operation on an order's photos."""

from typing import Any

from backend.accounts.structs import Actor
from tests.makers.orders import make_order
from tests.makers.photos import make_photo


async def an_orders_photo(world: Any, _asker: Actor | None) -> dict[str, Any]:
    """A photo with its files, on an order of the town."""
    photo = await make_photo(world.town.resident.account_id, now=world.now)
    order_id = (await make_order(world.town, world.now, photo_ids=[photo.id])).receipt.order_id
    return {"path": {"order_id": order_id, "photo_id": photo.id}, "query": {"reason": "complaint 12"}}


async def redact_photo(world: Any, asker: Actor | None) -> dict[str, Any]:
    boxes = [{"x": 0.1, "y": 0.1, "width": 0.2, "height": 0.2}]
    return await an_orders_photo(world, asker) | {"json": {"boxes": boxes, "reason": "a face"}}


async def publish_photo(world: Any, asker: Actor | None) -> dict[str, Any]:
    return await an_orders_photo(world, asker) | {"json": {"reason": "complaint 12"}}


REQUESTS = {
    "list_alike_photos": an_orders_photo,
    "read_original_photo": an_orders_photo,
    "redact_photo": redact_photo,
    "release_photo": publish_photo,
    "withhold_photo": publish_photo,
}
