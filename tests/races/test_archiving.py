"""Months are taken out and made while people work: nobody is refused, nothing is lost, nothing happens twice."""

import asyncio
from datetime import datetime, timedelta

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from backend.partitions import making
from backend.partitions.months import SHANGHAI, Month
from tests.makers.months import archive_log, archive_steps, laid, names_of
from tests.makers.orders import make_accepted, make_closed, make_order
from tests.makers.town import make_town

LATER = datetime(2022, 6, 20, tzinfo=SHANGHAI)


async def test_people_work_while_months_are_archived_and_made(database, photo_room, now, tmp_path):
    town = await make_town(now)
    async with laid(Month(2021, 7), Month(2022, 7)):
        closed = [await make_closed(town, now) for _ in range(3)]
        waiting = [await make_accepted(town, now) for _ in range(6)]
        written = await db.fetchval("SELECT count(*) FROM order_step")

        async def work(order_id: int) -> int:
            handler, step = TransitionContext(actor=town.handlers[0], now=LATER), timedelta(minutes=1)
            for _ in range(4):
                await make_order(town, LATER + step)
            await orders.check_in(order_id, CheckInInput(code=town.code), handler)
            return order_id

        async def make_ahead() -> None:
            async with db.connection() as connection:
                await making.make_ahead(connection, LATER)

        worked = asyncio.gather(*(work(order_id) for order_id in waiting))
        taken = await archive_steps(Month(2021, 8), tmp_path, LATER, drops=True)
        await archive_log(Month(2021, 8), tmp_path, LATER, drops=True)
        await make_ahead()
        assert await worked == waiting

        assert (await names_of("order_step"))[-1] == "from_2022_10"
        assert [each.rows for each in taken] == [written]
        of_closed = "SELECT count(*) FROM order_step WHERE order_id = ANY($1::bigint[])"
        assert await db.fetchval(of_closed, closed) == 0
        assert await db.fetchval(of_closed, waiting) == 6 * 3
        assert await db.fetchval("SELECT count(*) FROM work_order") == 9 + 24
        assert await db.fetchval("SELECT count(*) FROM event_log") == await db.fetchval(
            "SELECT count(*) FROM event_pending"
        )
