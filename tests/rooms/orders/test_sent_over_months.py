"""A request that comes again after weeks is the same request, in whichever month its step stands."""

import asyncio
from datetime import datetime, timedelta

import pytest

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.errors import KeyUsedBefore
from backend.orders.model.inputs import Return, ReturnReason
from backend.orders.transitions.transition import TransitionContext
from backend.partitions.months import SHANGHAI, Month
from tests.makers.months import archive_steps, laid, part_of
from tests.makers.orders import make_closed, make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
NOTES = "SELECT array_agg(id ORDER BY id) FROM order_step WHERE order_id = $1 AND move = $2"
KEY = "client-0001"


@pytest.fixture(autouse=True)
async def months(database):
    async with laid(Month(2021, 7), Month(2021, 10)):
        yield


async def test_what_was_sent_forty_days_ago_is_not_done_again(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    for at in (now, now + timedelta(days=40)):
        await orders.supervise(order_id, "盯紧", _by(town.dispatcher, at))

    (step_id,) = await db.fetchval(NOTES, order_id, "supervise")
    assert await part_of("order_step", step_id) == "order_step_2021_07"


async def test_another_matter_under_a_key_of_last_month_is_refused(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await orders.accept(order_id, _by(town.handlers[0], now))

    with pytest.raises(KeyUsedBefore):
        again = _by(town.handlers[0], now + timedelta(days=40))
        await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS), again)


async def test_a_key_of_last_month_sent_twice_at_once_leaves_one_step(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    border = Month(2021, 8).begins_at
    instants = [border - timedelta(microseconds=1), border]

    await asyncio.gather(*(orders.supervise(order_id, "盯紧", _by(town.dispatcher, at)) for at in instants))

    assert len(await db.fetchval(NOTES, order_id, "supervise")) == 1


async def test_the_database_itself_refuses_a_key_twice_over_a_border(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await orders.accept(order_id, _by(town.handlers[0], now))

    with pytest.raises(Exception, match="order_step_key_once"):
        await db.execute(
            "INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, idempotency_key)"
            " SELECT order_id, move, from_state, to_state, actor_id, actor_role, at + interval '40 days', $2"
            " FROM order_step WHERE order_id = $1 AND move = 'accept'",
            order_id,
            KEY,
        )


async def test_a_request_whose_step_is_archived_gets_its_first_answer(now, tmp_path):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 5, "谢谢", _by(town.resident, now))
    await archive_steps(Month(2021, 8), tmp_path, datetime(2022, 6, 1, tzinfo=SHANGHAI), drops=True)

    await orders.rate(order_id, 5, "谢谢", _by(town.resident, now + timedelta(days=300)))

    assert await db.fetchval("SELECT count(*) FROM order_verdict") == 1
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id) == 0


def _by(actor, at):
    return TransitionContext(actor=actor, now=at, idempotency_key=KEY)
