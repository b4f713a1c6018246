"""Orders in the pool, as reports and the deliverer bring them there, and what of them the tables say."""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.orders.transitions.transition import TransitionContext
from backend.structs import IdempotencyKey
from grab_orders.offers import grabbing
from grab_orders.offers.structs import Grab, TakeView
from tests.makers.duty import make_volunteer
from tests.makers.orders import make_order
from tests.makers.town import SmallTown, make_staffed_unit, make_town
from tests.makers.worker import deliver

BINS = "A303"
"""To grab, P4, by the sanitation; for minors, too."""
FIRE_LANE = "B101"
"""To grab, P1, by the joint station; for adults."""


async def make_pool_town(now: datetime, *, volunteers: int = 2) -> tuple[SmallTown, list[Actor]]:
    """A small town with units for what is offered, and volunteers of its committee who are on call."""
    town = await make_town(now)
    await make_staffed_unit("sanitation")
    await make_staffed_unit("joint_station")
    return town, [await make_volunteer(now, f"志{number}愿者") for number in range(1, volunteers + 1)]


async def make_offer(town: SmallTown, now: datetime, *, item: str = BINS, needed: int = 1, **changes: Any) -> int:
    """An order in the pool. Returns the offer's id."""
    if needed > 1:
        await db.execute(
            "INSERT INTO offer_policy (area_code, item_prefix, window_min, people_needed) VALUES ('', $1, 10, $2)"
            " ON CONFLICT ON CONSTRAINT offer_policy_once DO UPDATE SET people_needed = EXCLUDED.people_needed",
            item,
            needed,
        )
    order_id = (await make_order(town, now, item=item, **changes)).receipt.order_id
    await deliver()
    return await db.fetchval("SELECT id FROM offer WHERE order_id = $1", order_id)


def taps(actor: Actor, now: datetime, key: str | None = None) -> TransitionContext:
    return TransitionContext(actor=actor, now=now, idempotency_key=IdempotencyKey(key) if key else None)


async def grab(
    offer_id: int, actor: Actor, now: datetime, key: str | None = None, point: Fix | None = None
) -> TakeView:
    return await grabbing.grab(offer_id, Grab(point=point), taps(actor, now, key))


async def offer_of(offer_id: int) -> asyncpg.Record:
    row = await db.fetchrow("SELECT * FROM offer WHERE id = $1", offer_id)
    assert row is not None
    return row


async def takes_of(offer_id: int) -> list[tuple[int, str]]:
    """Who took it and what became of that, the first in front."""
    rows = await db.fetch("SELECT account_id, state FROM take WHERE offer_id = $1 ORDER BY id", offer_id)
    return [(row["account_id"], row["state"]) for row in rows]


async def order_of_offer(offer_id: int) -> asyncpg.Record:
    row = await db.fetchrow("SELECT * FROM work_order WHERE id = (SELECT order_id FROM offer WHERE id = $1)", offer_id)
    assert row is not None
    return row
