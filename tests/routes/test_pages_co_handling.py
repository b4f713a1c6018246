"""The pages of an order and its sub-order lead to each other, for whoever may open both."""

from datetime import datetime, timedelta

import httpx

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import CoHandle
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted
from tests.makers.town import TOWN, SmallTown, make_actor, make_staffed_unit, make_town, make_unit

HTML = {"accept": "text/html"}


async def test_the_parents_page_lists_the_sub_order_which_leads_back(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id, sub_id = await _helped(town, now, await make_staffed_unit("sanitation"))

    parent = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.dispatcher))).text
    sub = (await client.get(f"/o/{sub_id}", headers=HTML | bearer(town.dispatcher))).text

    listed = parent.partition('id="sub-orders"')[2].partition("</section>")[0]
    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", sub_id)
    assert all(said in listed for said in (f'href="/o/{sub_id}"', number, "巡查队", "已派单", "时限 "))
    assert f'href="/o/{order_id}"' in sub
    assert "主办工单" in sub
    assert 'id="sub-orders"' not in sub


async def test_a_sub_order_that_is_late_says_so(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    order_id, _ = await _helped(town, now - timedelta(minutes=40), await make_staffed_unit("sanitation"))

    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.dispatcher))).text

    assert "已超期" in page.partition('id="sub-orders"')[2].partition("</section>")[0]


async def test_what_lies_out_of_scope_is_named_and_leads_nowhere(client: httpx.AsyncClient, now: datetime) -> None:
    town = await make_town(now)
    unit_id = await make_unit("sanitation")
    helper = await make_actor("保洁员", Role.HANDLER, TOWN, unit_id=unit_id)
    order_id, sub_id = await _helped(town, now, unit_id)

    colleague = await client.get(f"/o/{order_id}", headers=HTML | bearer(town.handlers[1]))
    helping = await client.get(f"/o/{sub_id}", headers=HTML | bearer(helper))

    assert (colleague.status_code, helping.status_code) == (200, 200)
    assert "不在您的查看范围内" in colleague.text
    assert f"/o/{sub_id}" not in colleague.text
    assert "主办工单" in helping.text
    assert f"/o/{order_id}" not in helping.text


async def _helped(town: SmallTown, now: datetime, unit_id: int) -> tuple[int, int]:
    """An accepted order and the sub-order by which this unit helps."""
    order_id = await make_accepted(town, now)
    wanted = CoHandle(unit_id=unit_id, reason="需清扫")
    opened = await orders.co_handle(order_id, wanted, TransitionContext(actor=town.handlers[0], now=now))
    assert opened is not None
    return order_id, opened.order_id
