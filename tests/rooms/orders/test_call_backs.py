"""The call-back list: unhappy reporters of closed orders."""

import pytest

from backend.orders import verbs as orders
from backend.orders.desk import list_calls
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.orders import make_closed
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_an_order_that_was_reopened_is_not_called_about_until_it_is_closed_again(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    reporter = TransitionContext(actor=as_reporter(town.resident.account_id), now=now)
    await orders.rate(order_id, 1, "still there", reporter)
    listed = await list_calls(town.dispatcher, done=False, limit=10)

    await orders.reopen(order_id, "still there", reporter)

    waiting = await list_calls(town.dispatcher, done=False, limit=10)
    assert [call.order_id for call in listed.items] == [order_id]
    assert waiting.items == []
