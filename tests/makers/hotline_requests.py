"""One valid request for each operation on hotline cases: of an order that nobody has accepted."""

from typing import Any

from backend.accounts.structs import Actor
from tests.makers.hotline import make_task
from tests.makers.move_requests import Request


async def of_order(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"order_id": (await make_task(world.town, world.now))[1]}}


async def contact(world: Any, _asker: Actor | None) -> Request:
    return await _of_task(world, {"result": "reached"})


async def returned(world: Any, _asker: Actor | None) -> Request:
    return await _of_task(world, {"code": "R02", "reason": "不在辖区"})


async def extension(world: Any, _asker: Actor | None) -> Request:
    return await _of_task(world, {"code": "D02", "reason": "要施工", "days": 5})


async def feedback(world: Any, _asker: Actor | None) -> Request:
    return await _of_task(world, {"words": "已到现场"})


async def _of_task(world: Any, said: dict[str, Any]) -> Request:
    return {"path": {"task_id": (await make_task(world.town, world.now))[0]}, "json": said}


REQUESTS = {
    "list_hotline_tasks": of_order,
    "record_first_contact": contact,
    "request_hotline_return": returned,
    "request_hotline_extension": extension,
    "send_hotline_feedback": feedback,
}
