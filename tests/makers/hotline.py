"""Orders of the hotline without its wire: opened by the trunk's own verb, as the intake does."""

from datetime import datetime

from backend.accounts import service as people
from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from tests.makers.town import COMMITTEE, DOOR, SmallTown


async def make_source_account(now: datetime) -> Actor:
    """Nobody signs in to it."""
    return Actor(account_id=await people.add_pseudonym(now), name="", grants=())


async def make_hotline_order(town: SmallTown, source: Actor, now: datetime, *, kind: str = "hotline") -> int:
    """At the town's door, about badly parked bicycles, dispatched."""
    scene = OrderSite(
        lng=DOOR.lng, lat=DOOR.lat, area_code=COMMITTEE, grid_code=f"{COMMITTEE}001", place_id=town.place_id
    )
    opening = Opening(
        item_code="A101",
        scene=scene,
        actor=source,
        actor_role="reporter",
        source_kind=kind,
        reporter_kinds=None,
        description="市民来电",
    )
    return (await orders.open(opening, now=now)).order_id


async def make_arrived_at(town: SmallTown, order_id: int, now: datetime, *, is_accepted: bool = False) -> None:
    """Accepted and on site, proved by a position at the door."""
    handler = TransitionContext(actor=town.handlers[0], now=now)
    if not is_accepted:
        await orders.accept(order_id, handler)
    await orders.check_in(order_id, CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)), handler)
