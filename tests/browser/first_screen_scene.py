"""One town for all rows of the first screens: orders in every state, something to grab, a shop with its owner."""

from datetime import datetime, timedelta
from typing import NamedTuple

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension, Verify
from backend.orders.transitions.transition import TransitionContext
from qr import codes
from qr import service as qr
from shops.pickup.routes import running
from shops.pickup.routes.structs import PickupRouteDraft
from tests.makers.committees import make_town_admin
from tests.makers.duty import make_volunteer
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_accepted, make_closed, make_handled, make_on_site, make_order
from tests.makers.pickup import make_owned_shop, make_slot_of
from tests.makers.pool import BINS, grab, make_offer
from tests.makers.qr import make_doors
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, SmallTown, make_actor, make_staffed_unit


class Scene(NamedTuple):
    """`facts`: what the paths of the rows name. `readers`: who reads; None is a stranger."""

    facts: dict[str, object]
    readers: dict[str, Actor | None]


async def make_scene(town: SmallTown, now: datetime) -> Scene:
    """At the town's door lie a handful of open cases; another door has none."""
    for unit_type in ("sanitation", "joint_station"):
        await make_staffed_unit(unit_type)
    volunteer = await make_volunteer(now)
    taken = await grab(await make_offer(town, now, item=BINS), volunteer, now)
    await make_offer(town, now, item=BINS)
    shop_id, owner = await make_owned_shop("2")
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    made, _ = await inspect(shop_id, inspector, await make_checklist(now), now)
    await _slots(town, now)
    facts = await _orders(town, now) | await _doors(shop_id, now)
    facts |= {"code": town.code, "taken": taken.order.id, "finding": made.finding_ids[0], "shop": shop_id}
    readers: dict[str, Actor | None] = {
        "resident": None,
        "handler": town.handlers[0],
        "verifier": town.verifier,
        "inspector": inspector,
        "dispatcher": town.dispatcher,
        "committee": await make_actor("居委干部", Role.COMMITTEE, COMMITTEE),
        "volunteer": volunteer,
        "shop owner": owner,
        "administrator": await make_town_admin(),
    }
    return Scene(facts, readers)


async def _orders(town: SmallTown, now: datetime) -> dict[str, object]:
    by_verifier = TransitionContext(actor=town.verifier, now=now)
    handled, reworked = await make_handled(town, now), await make_handled(town, now)
    await orders.verify(reworked, Verify(result="fail", note="还有两辆"), by_verifier)
    asking = await make_accepted(town, now)
    asked = AskExtension(minutes=90, reason="车多,需要增派人手")
    await orders.ask_extension(asking, asked, TransitionContext(actor=town.handlers[0], now=now))
    closed = await make_closed(town, now)
    return {
        "dispatched": (await make_order(town, now)).receipt.order_id,
        "accepted": await make_accepted(town, now),
        "on_site": await make_on_site(town, now),
        "reworked": reworked,
        "handled": handled,
        "asking": asking,
        "closed_token": await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", closed),
    }


async def _doors(shop_id: int, now: datetime) -> dict[str, object]:
    (quiet,) = await make_doors(1)
    shop_place = await db.fetchval("SELECT place_id FROM shop WHERE id = $1", shop_id)
    minted = await qr.mint_bound([quiet, shop_place], keys=codes.keyring(DEMO_SECRET), now=now)
    return {"quiet_code": minted[quiet], "shop_code": minted[shop_place]}


async def _slots(town: SmallTown, now: datetime) -> None:
    draft = PickupRouteDraft(code="r1", name="一线", unit_id=town.unit_id, area_code=TOWN, load_l=9_000)
    route_id = (await running.set_route(draft, None)).id
    for hours in (24, 27):
        await make_slot_of(route_id, now + timedelta(hours=hours))
