"""Somebody leaves while accepting, while being given orders, while several workers look: no order stays with them."""

import asyncio

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.duty import service as duty
from backend.errors import AppError
from backend.orders import verbs as orders
from backend.orders.assignment.handing_over import hand_over
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from tests.makers.duty import open_order
from tests.makers.orders import make_accepted
from tests.makers.town import TOWN, make_town
from tests.makers.worker import work

ORDERS = 12
_HELD = "SELECT count(*) FROM work_order WHERE handler_id = $1"
_OWNED = "SELECT count(*) FROM work_order WHERE unit_id = $1 AND state = 'dispatched' AND handler_id IS NULL"
_SOMEBODY_WAITS = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))
"""


@pytest.fixture
async def town(database, now):
    return await make_town(now)


@pytest.mark.parametrize("loss", ["house", "role"])
async def test_who_leaves_while_accepting_accepted_before_or_is_refused(database, town, now, loss):
    colleague = town.handlers[1]
    order_ids = [(await open_order(now)).order_id for _ in range(ORDERS)]
    by = TransitionContext(actor=colleague, now=now)

    async def leave():
        await asyncio.sleep(0)
        if loss == "house":
            await duty.deactivate(colleague.account_id, now)
        else:
            await accounts.ungrant(colleague.account_id, Grant(Role.HANDLER, TOWN))

    half = ORDERS // 2
    attempts = [orders.accept(order_id, by) for order_id in order_ids]
    outcomes = await asyncio.gather(*attempts[:half], leave(), *attempts[half:], return_exceptions=True)

    outcomes.pop(half)
    assert all(outcome is None or isinstance(outcome, AppError) for outcome in outcomes)
    held = await db.fetchval(_HELD, colleague.account_id)
    assert held == outcomes.count(None)
    await work(database)
    assert await db.fetchval(_HELD, colleague.account_id) == 0
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'hand_over'") == held


async def test_an_accept_that_began_first_is_waited_for_and_then_handed_over(database, town, now):
    """The account is held until the accept is through: the fact that somebody left cannot come before it."""
    colleague, order_id = town.handlers[1], (await open_order(now)).order_id
    is_accepted = asyncio.Event()

    async def leave():
        await is_accepted.wait()
        await duty.deactivate(colleague.account_id, now)

    leaving = asyncio.create_task(leave())
    async with db.transaction():
        await orders.accept(order_id, TransitionContext(actor=colleague, now=now))
        is_accepted.set()
        while not await db.fetchval(_SOMEBODY_WAITS):
            assert not leaving.done()
    await leaving
    await work(database)

    assert await db.fetchval(_HELD, colleague.account_id) == 0


async def test_several_workers_at_once_hand_each_order_over_once(town, now):
    for _ in range(ORDERS):
        await make_accepted(town, now)
    await duty.deactivate(town.handlers[0].account_id, now)

    handed = await asyncio.gather(*(hand_over(now) for _ in range(4)))

    assert sum(handed) == ORDERS
    assert await db.fetchval(_OWNED, town.unit_id) == ORDERS
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'OrderHandedOver'") == ORDERS


async def test_what_the_desk_gives_to_somebody_who_is_leaving_finds_another(town, now):
    gone = town.handlers[0]
    order_ids = [await make_accepted(town, now) for _ in range(ORDERS)]
    to = Reassign(unit_id=town.unit_id, handler_id=gone.account_id, reason="改派")
    by = TransitionContext(actor=town.dispatcher, now=now)

    outcomes = await asyncio.gather(
        duty.deactivate(gone.account_id, now),
        *(orders.reassign(order_id, to, by) for order_id in order_ids),
        hand_over(now),
        return_exceptions=True,
    )
    await hand_over(now)

    assert all(outcome is None or isinstance(outcome, int | AppError) for outcome in outcomes)
    assert await db.fetchval(_HELD, gone.account_id) == 0
    assert await db.fetchval(_OWNED, town.unit_id) == ORDERS
