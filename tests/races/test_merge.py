"""Merging two orders into each other at once, and joining one while it is merged away."""

import asyncio

import pytest

from backend import db
from backend.errors import Busy
from backend.orders.model.errors import MoveForbidden
from tests.makers.cases import make_join, make_neighbour, merge
from tests.makers.orders import make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_two_orders_merged_into_each_other_at_once_end_as_one(now):
    town = await make_town(now)
    one, two = [(await make_order(town, now)).receipt.order_id for _ in range(2)]

    said = await asyncio.gather(
        *(merge(town, *pair, now) for pair in ((one, two), (two, one)) * 3), return_exceptions=True
    )

    assert [answer for answer in said if answer is None] == [None]
    assert all(isinstance(answer, MoveForbidden | Busy) for answer in said if answer is not None)
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE state = 'merged'") == 1


async def test_whoever_joins_while_it_is_merged_follows_the_survivor(now):
    town = await make_town(now)
    one, two = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    people = [await make_neighbour(f"邻居{number}") for number in range(6)]

    await asyncio.gather(
        *(make_join(town, one, person, now) for person in people[:3]),
        merge(town, one, two, now),
        *(make_join(town, one, person, now) for person in people[3:]),
        return_exceptions=True,
    )

    joined = await db.fetch("SELECT DISTINCT reporter_id FROM report WHERE reporter_id <> $1", town.resident.account_id)
    following = await db.fetch("SELECT DISTINCT account_id FROM order_follower WHERE order_id = $1", two)
    assert {row[0] for row in joined} <= {row[0] for row in following}


async def test_one_person_who_taps_ten_times_counts_once(now):
    town, person = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id

    answers = await asyncio.gather(*(make_join(town, order_id, person, now) for _ in range(10)))

    assert len({answer.receipt.tracking_token for answer in answers}) == 1
    assert await db.fetchval("SELECT count(*) FROM order_follower") == 1
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'join'") == 1
