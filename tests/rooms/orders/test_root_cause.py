"""顽症根治: the third order of a class at a place within thirty days opens one for the street."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.cases.root_cause import open_root_causes
from backend.orders.reads import place_history
from backend.orders.transitions.transition import TransitionContext
from tests.makers.cases import make_neighbour, merge
from tests.makers.orders import make_order
from tests.makers.town import TOWN, SmallTown, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database")


async def reported(town: SmallTown, now, *items: str) -> list[int]:
    return [(await make_order(town, now, item=item)).receipt.order_id for item in items]


async def root_causes() -> list:
    return await db.fetch("SELECT * FROM work_order WHERE source_kind = 'root_cause' ORDER BY id")


async def test_the_third_of_a_class_at_a_place_opens_an_order_for_the_street(now):
    town = await make_town(now)
    street = await make_unit("street_office")
    await make_actor("综治办", Role.HANDLER, TOWN, unit_id=street)
    *_, third = await reported(town, now, "A201", "A202", "A201")

    [opened] = await open_root_causes([third], now)

    (order,) = await root_causes()
    assert order["id"] == opened.order_id
    assert (order["place_id"], order["root_cause_of"], order["unit_id"]) == (town.place_id, "A2", street)
    assert order["opened_by_id"] is None and "3 次" in order["description"]


async def test_where_the_street_has_no_unit_the_centre_has_it(now):
    town = await make_town(now)
    *_, third = await reported(town, now, "A101", "A101", "A101")

    await open_root_causes([third], now)

    assert [order["unit_id"] for order in await root_causes()] == [None]


async def test_running_twice_or_at_once_opens_one(now):
    town = await make_town(now)
    reports = await reported(town, now, *["A101"] * 5)

    await open_root_causes([reports[2]], now)
    await open_root_causes([reports[2]], now)
    await asyncio.gather(*(open_root_causes([order_id], now) for order_id in reports[3:] * 3))

    assert len(await root_causes()) == 1


async def test_at_once_from_the_start_opens_one(now):
    town = await make_town(now)
    reports = await reported(town, now, *["A101"] * 6)

    await asyncio.gather(*(open_root_causes([order_id], now) for order_id in reports[2:] * 2))

    assert len(await root_causes()) == 1


async def test_of_several_in_one_batch_the_third_calls_for_it_and_those_after_it_do_not(now):
    town = await make_town(now)
    reports = [(await reported(town, now + timedelta(minutes=n), "A101"))[0] for n in range(5)]

    opened = await open_root_causes(reports, now + timedelta(minutes=5))

    (order,) = await root_causes()
    assert [each.order_id for each in opened] == [order["id"]]
    assert "3 次" in order["description"]


async def test_two_do_not_call_for_it_nor_do_three_of_different_classes(now):
    town = await make_town(now)

    for order_id in await reported(town, now, "A101", "A101", "A301"):
        assert await open_root_causes([order_id], now) == []


async def test_what_was_longer_ago_than_thirty_days_does_not_count(now):
    town = await make_town(now)
    await reported(town, now - timedelta(days=31), "A101")
    *_, third = await reported(town, now, "A101", "A101")

    assert await open_root_causes([third], now) == []


async def test_merged_and_cancelled_orders_do_not_count(now):
    town = await make_town(now)
    one, two, three, four = await reported(town, now, *["A101"] * 4)
    await merge(town, one, two, now)
    await orders.cancel(three, "误报", TransitionContext(actor=town.dispatcher, now=now))

    assert await open_root_causes([four], now) == []


async def test_root_cause_orders_do_not_count_themselves_and_counting_begins_anew_when_they_end(now):
    town = await make_town(now)
    *_, third = await reported(town, now, *["A101"] * 3)
    [opened] = await open_root_causes([third], now)
    assert await open_root_causes([opened.order_id], now) == []
    await orders.cancel(opened.order_id, "已安排", TransitionContext(actor=town.dispatcher, now=now))
    later = now + timedelta(days=1)
    *_, second = await reported(town, later, "A101", "A101")

    assert await open_root_causes([second], later) == []
    (third_again,) = await reported(town, later, "A101")
    assert await open_root_causes([third_again], later)


async def test_a_place_remembers_everything_by_class_newest_first(now):
    town = await make_town(now)
    await reported(town, now - timedelta(days=40), "A101")
    await reported(town, now, "A102", "A301")

    first = await place_history.get_history(town.place_id, town.dispatcher, now, limit=2)
    rest = await place_history.get_history(
        town.place_id, town.dispatcher, now, limit=2, cursor=first.orders.next_cursor
    )

    assert [(each.class_code, each.total, each.recent) for each in first.classes] == [("A1", 2, 1), ("A3", 1, 1)]
    assert [order.item.code for order in (*first.orders.items, *rest.orders.items)] == ["A301", "A102", "A101"]
    assert rest.orders.next_cursor is None


async def test_a_place_tells_a_stranger_nothing(now):
    town = await make_town(now)
    await reported(town, now, "A101")

    history = await place_history.get_history(town.place_id, await make_neighbour(), now, limit=5)

    assert history.classes == [] and history.orders.items == []
