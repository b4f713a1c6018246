"""Nobody's desk reaches beyond the areas in which they dispatch, whatever the filter says."""

from datetime import UTC, datetime

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.orders import verbs as orders
from backend.orders.desk import DeskFilter, DeskTab, DueWhen, list_cells, list_for_export, view_desk
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from tests.makers.desk import AREAS, OTHER_TOWN, make_dispatcher, make_many
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")
REACHING = [
    DeskFilter(),
    DeskFilter(tab=DeskTab.ENDED),
    DeskFilter(area=TOWN),
    DeskFilter(area="310115"),
    DeskFilter(tab=DeskTab.ENDED, area=COMMITTEE),
    DeskFilter(grid=f"{COMMITTEE}001"),
    DeskFilter(text="莲"),
    DeskFilter(text="YM"),
    DeskFilter(due=DueWhen.OVERDUE),
]


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("wanted", REACHING, ids=lambda wanted: str(wanted.digest()))
async def test_no_filter_shows_an_order_of_another_town(now, wanted):
    await make_many(await make_town(now), now, 60)
    asker = await make_dispatcher(OTHER_TOWN)

    view = await view_desk(asker, wanted, now, limit=100)
    exported = [order async for batch in list_for_export(asker, wanted, now, batch=4) for order in batch]

    assert {order.area_code[:9] for order in (*view.page.items, *exported)} <= {OTHER_TOWN}
    assert [order.id for order in sorted(exported, key=lambda order: order.id)] == sorted(
        order.id for order in view.page.items
    )


async def test_the_counts_are_those_of_ones_own_town(now):
    known = await make_many(await make_town(now), now, 60)

    view = await view_desk(await make_dispatcher(OTHER_TOWN), DeskFilter(), now)

    assert view.counts.tabs[DeskTab.OPEN] == sum(
        order.area.startswith(OTHER_TOWN) and order.state not in ("closed", "cancelled", "merged") for order in known
    )


async def test_the_map_has_only_ones_own_cells(now):
    await make_many(await make_town(now), now, 60)

    theirs = await list_cells(await make_dispatcher(TOWN), DeskFilter(), now, most=100)
    coarse = await list_cells(await make_dispatcher(OTHER_TOWN), DeskFilter(), now, most=0)

    assert {cell.code for cell in theirs} <= {"", f"{COMMITTEE}001", f"{COMMITTEE}002"}
    assert [cell.code for cell in coarse] == [f"{OTHER_TOWN}001"]


async def test_a_bulk_reassignment_does_not_reach_another_town(now):
    town = await make_town(now)
    known = await make_many(town, now, 40)
    beyond = [order.id for order in known if order.area == COMMITTEE and order.state == "accepted"]
    by = TransitionContext(actor=await make_dispatcher(OTHER_TOWN), now=now)

    outcome = await orders.reassign_many(beyond, Reassign(unit_id=town.unit_id, reason="更近"), by)

    assert beyond
    assert outcome.done == []
    assert {type(each.error) for each in outcome.refused} == {OrderNotFound}


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.HANDLER, Role.VOLUNTEER, Role.RESIDENT])
async def test_who_neither_dispatches_nor_is_a_committee_has_an_empty_desk(now, role):
    await make_many(await make_town(now), now, 30)
    asker = await make_actor("某人", role, "310115")

    view = await view_desk(asker, DeskFilter(), now)

    assert view.page.items == []
    assert set(view.counts.tabs.values()) == {0}


async def test_two_grants_are_one_desk(now):
    known = await make_many(await make_town(now), now, 60)
    grants = (Grant(Role.DISPATCHER, COMMITTEE), Grant(Role.STREET_ADMIN, OTHER_TOWN))
    asker = Actor(account_id=(await make_dispatcher(TOWN)).account_id, name="两处", grants=grants)

    for tab in (DeskTab.OPEN, DeskTab.ENDED):
        view = await view_desk(asker, DeskFilter(tab=tab), now, limit=100)

        is_ended = tab is DeskTab.ENDED
        expected = [
            order.id
            for order in known
            if order.area in (COMMITTEE, AREAS[2]) and (order.state in ("closed", "cancelled", "merged")) == is_ended
        ]
        assert sorted(order.id for order in view.page.items) == expected
