"""Two workers at once: whatever each of them tries, nothing that anybody can see happens twice."""

import asyncio
from contextlib import ExitStack
from datetime import date

from backend import clock, db
from backend.calendars import service as calendars
from backend.duty import service as duty
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.makers.orders import make_accepted, make_closed, make_order
from tests.makers.town import TOWN, make_town
from tests.makers.workers import running_worker

REPORTS, HELD, CLOSED = 20, 6, 4
_IS_WORKED_OFF = """
    SELECT NOT EXISTS (SELECT FROM event_pending) AND NOT EXISTS (SELECT FROM pgqueuer WHERE status <> 'failed')
"""
_MOVES_TWICE = """
    SELECT order_id, move, count(*) FROM order_step
    WHERE move IN ('hand_over', 'clock') GROUP BY order_id, move, detail HAVING count(*) > 1
"""
_MESSAGES_TWICE = """
    SELECT account_id, order_id, kind, title_zh FROM message
    WHERE kind IN ('OrderDispatched', 'OrderHandedOver', 'OrderClosed', 'OrderAccepted')
    GROUP BY account_id, order_id, kind, title_zh HAVING count(*) > 1
"""


async def test_two_workers_do_everything_once(database, tmp_path):
    now = clock.now()
    town = await make_town(now)
    with ExitStack() as workers:
        for number in (1, 2):
            workers.enter_context(running_worker(database, tmp_path / str(number)))
        reports = [(await make_order(town, now)).receipt.order_id for _ in range(REPORTS)]
        held = [await make_accepted(town, now) for _ in range(HELD)]
        for _ in range(CLOSED):
            await make_closed(town, now)
        await orders.cancel(reports[0], "误报", TransitionContext(actor=town.dispatcher, now=now))
        await duty.deactivate(town.handlers[0].account_id, now)
        await calendars.set_days(TOWN, [date(now.year, now.month, 1)], is_workday=False, note="镇庆")
        await everything_is_done()

    assert await db.fetchval("SELECT count(*) FROM work_order WHERE source_kind = 'root_cause'") == 1
    handed = await db.fetch("SELECT order_id FROM order_step WHERE move = 'hand_over'")
    assert sorted(row["order_id"] for row in handed if row["order_id"] in held) == sorted(held)
    assert await db.fetch(_MOVES_TWICE) == []
    assert await db.fetch(_MESSAGES_TWICE) == []
    assert await db.fetchval("SELECT count(*) FROM pgqueuer") == 0


async def everything_is_done() -> None:
    async with asyncio.timeout(120):
        while not await db.fetchval(_IS_WORKED_OFF):
            pass
