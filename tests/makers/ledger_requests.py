"""What to send to the operations about hours, points and goods: work that waits in the committee, goods of another."""

from itertools import count
from typing import Any

from backend.accounts.structs import Actor
from grab_orders.goods import keeping
from grab_orders.goods.structs import GoodsDraft
from tests.makers.move_requests import Request
from tests.makers.town import COMMITTEE
from tests.makers.volunteers import entry_of, finish_patrol, make_committee_member, make_volunteer

_walks = count(1)


async def nothing(_world: Any, _asker: Actor | None) -> Request:
    return {}


async def hours(world: Any, _asker: Actor | None) -> Request:
    """Work that somebody else did for the committee."""
    who = await make_volunteer(world.now)
    await finish_patrol(who, next(_walks), world.now, world.now)
    return {"path": {"entry_id": await entry_of(who)}, "json": {"reason": "没有到场"}}


async def goods(world: Any, _asker: Actor | None) -> Request:
    draft = GoodsDraft(area_code=COMMITTEE, name_zh="香皂", points=10, stock=1)
    return {"json": {"goods_id": await keeping.add_goods(draft, await make_committee_member(), world.now)}}


async def exchange_of_nobody(_world: Any, _asker: Actor | None) -> Request:
    return {"path": {"exchange_id": 999_999}}


REQUESTS = {
    "list_own_hours": nothing,
    "list_own_points": nothing,
    "get_ranking": nothing,
    "list_goods": nothing,
    "list_own_exchanges": nothing,
    "exchange_goods": goods,
    "cancel_exchange": exchange_of_nobody,
    "list_volunteer_hours": nothing,
    "confirm_volunteer_hours": hours,
    "reverse_volunteer_hours": hours,
}
