"""What an account reported, as its own list shows it: nobody else's, how the case stands, by when, and what is next."""

from datetime import timedelta

import pytest

from backend import db
from backend.errors import BadRequest
from backend.orders import verbs as orders
from backend.orders.model.states import State
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.own_reports import list_own
from backend.reports.structs import Rating
from tests.makers.cases import make_join, make_neighbour, merge
from tests.makers.orders import make_closed, make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_a_list_holds_the_own_reports_the_latest_first_in_pages(now):
    town, neighbour = await make_town(now), await make_neighbour()
    sent = [(await make_order(town, now, idempotency_key=f"client-{nr:04}")).receipt for nr in range(3)]
    await make_join(town, sent[0].order_id, neighbour, now)

    first = await list_own(town.resident.account_id, limit=2)
    rest = await list_own(town.resident.account_id, limit=2, cursor=first.next_cursor)

    assert [each.client_id for each in (*first.items, *rest.items)] == ["client-0002", "client-0001", "client-0000"]
    assert rest.next_cursor is None
    assert [each.order_id for each in (await list_own(neighbour.account_id)).items] == [sent[0].order_id]
    assert (await list_own(town.handlers[0].account_id)).items == []
    with pytest.raises(BadRequest):
        await list_own(town.resident.account_id, cursor="nonsense")


async def test_a_report_says_how_it_stands_until_it_was_rated(now):
    town = await make_town(now)
    waiting = (await make_order(town, now)).receipt
    [open_one] = (await list_own(town.resident.account_id)).items
    assert (open_one.state, open_one.promised_by) == (State.DISPATCHED, waiting.resolve_by)
    assert (open_one.closed_at, open_one.may_rate, open_one.place) == (None, False, "莲安东路100号")

    order_id = await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    closed, _ = (await list_own(town.resident.account_id)).items
    assert (closed.state, closed.promised_by, closed.may_rate) == (State.CLOSED, None, True)
    assert closed.closed_at == now

    await reports.rate(token, Rating(score=5), idempotency_key=None, now=now)
    rated, _ = (await list_own(town.resident.account_id)).items
    assert not rated.may_rate


async def test_a_merged_report_stands_as_the_order_it_goes_on_as(now):
    town = await make_town(now)
    order_id, into = [(await make_order(town, now)).receipt for _ in range(2)]
    await merge(town, order_id.order_id, into.order_id, now)
    await orders.accept(into.order_id, TransitionContext(actor=town.handlers[0], now=now + timedelta(minutes=1)))

    later, merged = (await list_own(town.resident.account_id)).items

    assert (merged.number, merged.merged_into, merged.state) == (order_id.number, into.number, State.ACCEPTED)
    assert (later.merged_into, later.state) == (None, State.ACCEPTED)
