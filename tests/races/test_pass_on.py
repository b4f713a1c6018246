"""Two workers pass on at once, one dies in the middle, somebody accepts at the very instant: each order falls once."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.errors import AppError
from backend.events import service as events
from backend.orders import verbs as orders
from backend.orders.assignment import passing_on
from backend.orders.assignment.passing_on import pass_on_unaccepted
from backend.orders.transitions.transition import TransitionContext
from tests.makers.duty import make_handler, open_order, order_of, put_on_duty
from tests.makers.town import TOWN, make_town, make_unit

ORDERS = 12
RESPOND = timedelta(minutes=3)


@pytest.fixture
async def unaccepted(database, now, monkeypatch):
    """Orders that nobody accepted in time, and a second unit that answers; looked at a few at a time."""
    monkeypatch.setattr(passing_on, "BATCH", 5)
    town = await make_town(now)
    await put_on_duty(await make_handler(await make_unit("chengguan_patrol", TOWN[:6])), now)
    return town, [(await open_order(now)).order_id for _ in range(ORDERS)]


async def counts() -> tuple[int, int, int]:
    return tuple(
        await db.fetchrow(
            "SELECT (SELECT count(*) FROM order_step WHERE move = 'pass_on'),"
            " (SELECT count(DISTINCT order_id) FROM order_step WHERE move = 'pass_on'),"
            " (SELECT count(*) FROM event_log WHERE name = 'OrderPassedOn')"
        )
    )


async def test_several_workers_at_once_pass_each_order_on_once(unaccepted, now):
    passed = await asyncio.gather(*(pass_on_unaccepted(now + RESPOND) for _ in range(4)))

    assert (sum(passed), await counts()) == (ORDERS, (ORDERS, ORDERS, ORDERS))
    assert await pass_on_unaccepted(now + RESPOND) == 0


async def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_done(unaccepted, now, monkeypatch):
    record, calls = events.record, []

    async def die_at_the_third(*facts):
        calls.append(facts)
        if len(calls) == 3:
            raise asyncio.CancelledError
        return await record(*facts)

    monkeypatch.setattr(events, "record", die_at_the_third)
    with pytest.raises(asyncio.CancelledError):
        await pass_on_unaccepted(now + RESPOND)
    monkeypatch.setattr(events, "record", record)
    assert await counts() == (2, 2, 2)

    await pass_on_unaccepted(now + RESPOND)

    assert await counts() == (ORDERS, ORDERS, ORDERS)


async def test_whoever_accepts_at_the_same_instant_wins_or_loses_whole(unaccepted, now):
    town, order_ids = unaccepted
    by = TransitionContext(actor=town.handlers[0], now=now + RESPOND)

    outcomes = await asyncio.gather(
        pass_on_unaccepted(by.now), *(orders.accept(order_id, by) for order_id in order_ids), return_exceptions=True
    )

    fell, *accepted = outcomes
    assert fell == ORDERS - accepted.count(None)
    assert all(outcome is None or isinstance(outcome, AppError) for outcome in accepted)
    for order_id, outcome in zip(order_ids, accepted, strict=True):
        order = await order_of(order_id)
        last = await db.fetchval(
            "SELECT move FROM order_step WHERE order_id = $1 AND move <> 'clock' ORDER BY id DESC LIMIT 1", order_id
        )
        is_won = outcome is None
        assert (order["state"], last) == (("accepted", "accept") if is_won else ("dispatched", "pass_on"))
        assert (order["unit_id"] == town.unit_id) is is_won
