"""The list of orders: what is open comes first, what has ended after it, and no page repeats or skips one."""

from datetime import timedelta

import pytest

from backend.accounts.structs import Role
from backend.errors import BadRequest
from backend.orders import reads
from backend.orders.model.states import ENDED, State
from backend.orders.reads import OrderFilter
from tests.makers.desk import OTHER_TOWN, make_many
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")


async def _paged(reader, wanted, limit=7):
    found, cursor = [], None
    while True:
        page = await reads.list_orders(reader, wanted, limit=limit, cursor=cursor)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


async def test_open_ones_stand_by_time_left_and_ended_ones_behind_them_latest_first(now):
    known = await make_many(await make_town(now), now, 60)
    reader = await make_actor("网格长", Role.INSPECTOR, TOWN)

    found = await _paged(reader, OrderFilter())

    is_ended = [order.state in ENDED for order in found]
    ends = [order for order in found if order.state in ENDED]
    assert sorted(order.id for order in found) == [each.id for each in known if each.area.startswith(TOWN)]
    assert is_ended == sorted(is_ended)
    far = now + timedelta(days=365)
    due = [order.due_at or far for order in found if order.state not in ENDED]
    assert due == sorted(due)
    assert [order.opened_at for order in ends] == sorted((order.opened_at for order in ends), reverse=True)


@pytest.mark.parametrize(
    "wanted",
    [
        OrderFilter(states=[State.DISPATCHED, State.CLOSED]),
        OrderFilter(states=[State.CLOSED, State.CANCELLED]),
        OrderFilter(item_code="A101"),
        OrderFilter(area_code=COMMITTEE),
        OrderFilter(area_code=OTHER_TOWN, states=[State.ACCEPTED]),
        OrderFilter(states=[]),
    ],
)
async def test_every_filter_finds_what_fits_it_and_nothing_else(now, wanted):
    known = await make_many(await make_town(now), now, 60)
    reader = await make_actor("区级", Role.DISTRICT_ADMIN, "310115")

    found = await _paged(reader, wanted)

    fitting = [
        each.id
        for each in known
        if (wanted.states is None or each.state in wanted.states)
        and (wanted.item_code is None or each.item == wanted.item_code)
        and (wanted.area_code is None or each.area.startswith(wanted.area_code))
    ]
    assert sorted(order.id for order in found) == fitting


async def test_a_handler_narrows_to_what_is_in_hand(now):
    town = await make_town(now)
    known = await make_many(town, now, 60)
    me = town.handlers[0]

    found = await _paged(me, OrderFilter(mine=True))

    mine = [each for each in known if each.state != "dispatched" and each.area.startswith(TOWN)]
    assert {order.handler.id for order in found if order.handler} == {me.account_id}
    assert {order.id for order in found} <= {each.id for each in mine}
    assert len(found) > 0


async def test_a_cursor_of_another_list_is_refused(now):
    town = await make_town(now)

    with pytest.raises(BadRequest):
        await reads.list_orders(town.dispatcher, OrderFilter(), limit=5, cursor="WzEsMl0")
