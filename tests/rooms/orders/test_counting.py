"""The numbers on the tabs of those who work: of open orders alone, so that the ended ones cost nothing."""

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import reads
from backend.orders.model.states import OPEN, State
from backend.orders.model.visibility import visible_to
from backend.orders.reads import listing
from backend.sql import sql
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order
from tests.makers.town import make_actor, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_open_orders_of_the_scope_are_counted_in_the_states_that_are_asked_for(now):
    town = await make_town(now)
    await make_order(town, now)
    await make_order(town, now, item="A401")
    await make_accepted(town, now)
    await make_handled(town, now)
    await make_closed(town, now)
    elsewhere = await make_actor("别处", Role.VERIFIER, "310115999")

    assert await reads.count_open(town.verifier, [State.DISPATCHED, State.HANDLED]) == {"dispatched": 2, "handled": 1}
    assert await reads.count_open(town.handlers[0], OPEN) == {"dispatched": 1, "accepted": 1, "handled": 1}
    assert await reads.count_open(town.verifier, [State.CLOSED]) == {}
    assert await reads.count_open(elsewhere, OPEN) == {}


async def test_ended_orders_are_not_looked_at_to_count_open_ones(now):
    town = await make_town(now)
    counted = sql(listing._COUNT, visible=visible_to(town.verifier), states=[State.HANDLED.value])

    async with db.transaction() as transaction:
        await db.execute("SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_custom_plan")
        rows = await db.fetch(sql("EXPLAIN {counted}", counted=counted))
        await transaction.rollback()

    used = [line for (line,) in rows if "Index Scan" in line and "work_order" in line]
    assert used and all("work_order_open" in line or "work_order_desk_due" in line for line in used)
