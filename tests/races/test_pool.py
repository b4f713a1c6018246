"""Grabs and the end of the window at one instant: an order has one taker, or its unit, and never both or neither."""

import asyncio
from datetime import timedelta

import pytest

from backend.orders import verbs as orders
from backend.orders.model.errors import OfferGone
from backend.orders.pool import ending
from backend.orders.pool.ending import end_overdue
from tests.makers.duty import make_volunteer, open_order, order_of
from tests.makers.town import make_staffed_unit, make_town

ORDERS = 8
OVER = timedelta(minutes=11)


@pytest.fixture
async def offered(database, now, monkeypatch):
    """Offers whose window is over, looked at a few at a time, and people who tap all the same."""
    monkeypatch.setattr(ending, "BATCH", 3)
    await make_town(now)
    await make_staffed_unit("sanitation")
    people = [await make_volunteer(now, f"志愿者{number}") for number in range(3)]
    return people, [(await open_order(now, item="A303")).order_id for _ in range(ORDERS)]


async def test_of_many_taps_and_two_workers_one_has_each_order(offered, now):
    people, order_ids = offered

    async def tap(order_id, who):
        try:
            return (await orders.grab(order_id, who, now + OVER)).order_id
        except OfferGone:
            return None

    taps = [tap(order_id, who) for order_id in order_ids for who in people]
    *grabbed, first, second = await asyncio.gather(*taps, end_overdue(now + OVER), end_overdue(now + OVER))

    taken = [order_id for order_id in grabbed if order_id is not None]
    assert len(taken) == len(set(taken)) == ORDERS - first - second
    for order_id in order_ids:
        order = await order_of(order_id)
        is_taken = order_id in taken
        assert order["state"] == ("accepted" if is_taken else "dispatched")
        assert (order["handler_id"] in [who.account_id for who in people]) is is_taken
    assert await end_overdue(now + OVER) == 0
