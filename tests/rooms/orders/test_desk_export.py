"""The export has every order of a filter once, in the order of opening, whether they are common or rare."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.orders.desk import DeskFilter, DeskTab, list_for_export
from tests.makers.desk import ENDED, make_dispatcher, make_many
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")
RARE, COMMON = 10_000, 1


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("common", [RARE, COMMON], ids=["rare", "common"])
@pytest.mark.parametrize("tab", [DeskTab.OPEN, DeskTab.ENDED])
@pytest.mark.parametrize("batch", [1, 7, 2_000])
async def test_every_order_comes_once_latest_first(now, tab, common, batch):
    known = await make_many(await make_town(now), now, 60)
    wanted = DeskFilter(tab=tab, item="A")

    batches = [b async for b in list_for_export(await make_dispatcher("310115"), wanted, now, batch, common)]

    fitting = [o for o in known if (o.state in ENDED) == (tab is DeskTab.ENDED) and o.item.startswith("A")]
    expected = [order.id for order in sorted(fitting, key=lambda order: (order.opened_at, order.id), reverse=True)]
    assert [order.id for each in batches for order in each] == expected
    assert all(0 < len(each) <= batch for each in batches)


@pytest.mark.parametrize("common", [RARE, COMMON], ids=["rare", "common"])
async def test_orders_that_move_meanwhile_neither_come_twice_nor_push_others_out(now, common):
    known = await make_many(await make_town(now), now, 60)
    ended = {order.id for order in known if order.state in ENDED}

    seen = []
    wanted = DeskFilter(tab=DeskTab.ENDED)
    async for batch in list_for_export(await make_dispatcher("310115"), wanted, now, 3, common):
        seen += [order.id for order in batch]
        await db.execute("UPDATE work_order SET resolve_by = $1, rating = 1 WHERE state = 'closed'", now + timedelta(1))

    assert sorted(seen) == sorted(ended)


async def test_an_export_of_nothing_has_no_batch(now):
    wanted = DeskFilter(text="没有这里")

    assert [b async for b in list_for_export(await make_dispatcher("310115"), wanted, now)] == []
