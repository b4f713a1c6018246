"""Two dozen volunteers and a worker that is killed: no order held twice, none lost, the tables as the facts tell them.

`make bench-grab-soak` does the same with 200 volunteers on 50 orders for a minute.
"""

import asyncio
import random

from backend import clock, db
from backend.events import service as events
from backend.events.facts import Fact
from grab_orders.ledgers import auditing
from tests.makers.pool import make_pool_town
from tests.makers.soak import EVERYTHING, Soak, list_troubles
from tests.makers.worker import work
from tests.makers.workers import running_worker

VOLUNTEERS, ORDERS, SECONDS, FASTER = 24, 10, 2.0, 900


class Nothing(Fact, frozen=True, kw_only=True):
    """From which nothing follows."""


async def test_whatever_volunteers_do_at_once_no_order_is_held_twice_or_lost(database, tmp_path):
    now = clock.now()
    _, volunteers = await make_pool_town(now, volunteers=VOLUNTEERS)
    await db.execute("UPDATE on_call SET until = until + interval '10 days'")
    with running_worker(database, tmp_path) as worker:
        await until_it_delivers()
        soak = Soak(volunteers, SECONDS, ORDERS, now, random.Random(7), FASTER)
        running = asyncio.create_task(soak.run())
        while soak.done["finish"] < 3 and not soak.is_over:
            await db.fetchval("SELECT pg_sleep(0.02)")
        worker.kill()
        await running
    await work(database)

    assert await list_troubles() == []
    audit = await auditing.audit()
    assert (audit.different, audit.differences) == (0, [])
    assert audit.hours == soak.done["finish"] > 0, soak.done
    assert all(soak.done[what] for what in EVERYTHING), soak.done


async def until_it_delivers() -> None:
    """The worker has begun: it delivers a fact."""
    async with db.transaction():
        await events.record(Nothing(subject_id=1))
    async with asyncio.timeout(30):
        while await db.fetchval("SELECT EXISTS (SELECT FROM event_pending)"):
            pass
