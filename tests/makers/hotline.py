"""Orders of the hotline without its wire: opened by the trunk's own verb, as the intake does."""

from datetime import datetime
from uuid import uuid4

from backend import db
from backend.accounts import service as people
from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.intake.hotline import tasks
from backend.intake.hotline.kinds import CaseKind
from backend.intake.hotline.messages import Assigned
from backend.intake.sources.structs import SourceKind
from backend.intake.structs import Incoming
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from tests.makers.intake import make_credential
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


async def make_task(town: SmallTown, now: datetime) -> tuple[int, int]:
    """A case of a hotline of the town, and its order."""
    made = await make_credential(now, kind=SourceKind.HOTLINE, title_zh="12345 热线")
    source = Actor(account_id=made.source.account_id, name="", grants=())
    order_id, number = await make_hotline_order(town, source, now), uuid4().hex
    assigned = Assigned(
        incoming=Incoming(source_no=number),
        kind=CaseKind.HELP,
        is_complex=False,
        unit_name="北蔡镇",
        due_at=None,
        has_last_word=None,
    )
    async with db.transaction():
        task_id = await tasks.enter(made.source, assigned, now)
        await tasks.bind(made.source, number, order_id, now)
    assert task_id is not None
    return task_id, order_id
