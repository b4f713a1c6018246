"""Several workers count the same orders at once, while these go on: each counts once, as it is."""

import asyncio
from datetime import timedelta

from backend import db
from backend.indicators.counting import increments, noting, recount
from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.indicators import count_what_happened, require_counted_rightly
from tests.makers.orders import make_handled
from tests.makers.town import make_town

ORDERS, COUNTERS = 12, 4


async def test_workers_that_count_one_order_at_once_count_it_once(database, now):
    town = await make_town(now)
    order_ids = [await make_handled(town, now) for _ in range(ORDERS)]

    async def count() -> None:
        for _ in range(ORDERS // 2):
            await noting.note(order_ids)
            await increments.count_touched()

    async def close() -> None:
        for number, order_id in enumerate(order_ids):
            verifier = TransitionContext(actor=town.verifier, now=now + timedelta(hours=number))
            await orders.verify(order_id, Verify(result="pass"), verifier)
            await noting.note([order_id])

    await asyncio.gather(*(count() for _ in range(COUNTERS)), close(), recount.recount(now, piece=3))
    await count_what_happened()

    await require_counted_rightly()
    assert await db.fetchval("SELECT sum(closed) FROM indicator_month") == ORDERS
