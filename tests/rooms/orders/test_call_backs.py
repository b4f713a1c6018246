"""The call-back list: unhappy reporters of closed orders."""

import pytest

from backend.orders import service as orders
from backend.orders.queries.desk import list_calls
from backend.orders.service.closing import as_reporter
from backend.orders.service.moving import Mover
from tests.makers.orders import make_closed
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_an_order_that_was_reopened_is_not_called_about_until_it_is_closed_again(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    reporter = Mover(actor=as_reporter(town.resident.account_id), now=now)
    await orders.rate(order_id, 1, "still there", reporter)
    listed = await list_calls(town.dispatcher, done=False, limit=10)

    await orders.reopen(order_id, "still there", reporter)

    waiting = await list_calls(town.dispatcher, done=False, limit=10)
    assert [call.order_id for call in listed.items] == [order_id]
    assert waiting.items == []
