"""What came again at one place: counted on the day of the later order, right whatever becomes of the first."""

from datetime import date, timedelta

import pytest

from backend import db
from backend.indicators.counting import noting, recount
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.makers.cases import merge, unmerge
from tests.makers.indicators import contributions, count_what_happened, require_counted_rightly
from tests.makers.orders import make_order
from tests.makers.town import make_town

LATER = timedelta(days=20)
THAT_DAY = date(2021, 8, 7)


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def opened(town, at):
    return (await make_order(town, at)).receipt.order_id


async def recurred(order_id: int) -> list[int]:
    counted = (await contributions(order_id)).get(THAT_DAY, {})
    return [counted.get(f"recurred_{days}d", 0) for days in (7, 30, 90)]


async def test_the_same_item_at_the_same_place_came_again_within_so_many_days(town, now):
    first, second = await opened(town, now), await opened(town, now + LATER)
    await count_what_happened()

    assert await recurred(second) == [0, 1, 1]
    assert not any("recurred" in code for day in (await contributions(first)).values() for code in day)


async def test_it_did_not_where_place_or_item_is_another_or_too_long_ago(town, now):
    second = await opened(town, now + LATER)
    for change in ("place_id = NULL", "item_id = 'B101'", "opened_at = opened_at - interval '100 days'"):
        other = await opened(town, now)
        await db.execute(f"UPDATE work_order SET {change} WHERE id = $1", other)
    third = await opened(town, now + LATER)
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = opened_at WHERE id = $1", second)
    await noting.note([second])
    await count_what_happened()

    assert await recurred(third) == [0, 0, 0]


async def test_when_the_first_was_a_mistake_the_second_did_not_come_again_and_the_third_after_the_second(town, now):
    first, second = await opened(town, now), await opened(town, now + LATER)
    third = await opened(town, now + LATER + timedelta(hours=1))
    await count_what_happened()
    assert (await recurred(second), await recurred(third)) == ([0, 1, 1], [1, 1, 1])

    await orders.cancel(first, "误报", TransitionContext(actor=town.dispatcher, now=now + LATER))
    await count_what_happened()

    assert (await recurred(second), await recurred(third)) == ([0, 0, 0], [1, 1, 1])
    await require_counted_rightly()


async def test_what_is_merged_and_parted_again_changes_the_next_one_both_times(town, now):
    first, survivor, next_one = await opened(town, now), await opened(town, now), await opened(town, now + LATER)
    await db.execute("UPDATE work_order SET place_id = NULL WHERE id = $1", survivor)
    await count_what_happened()
    await merge(town, first, survivor, now + LATER)
    await count_what_happened()
    merged = await recurred(next_one)
    await unmerge(town, first, now + LATER)
    await count_what_happened()

    assert (merged, await recurred(next_one)) == ([0, 0, 0], [0, 1, 1])
    await require_counted_rightly()


async def test_a_recount_takes_what_follows_from_a_fact_on_its_way_for_no_difference(town, now):
    first, second = await opened(town, now), await opened(town, now + LATER)
    await count_what_happened()
    await recount.recount(now)
    await orders.cancel(first, "误报", TransitionContext(actor=town.dispatcher, now=now + LATER))

    done = await recount.recount(now)

    assert done.differences == 0
    assert await recurred(second) == [0, 0, 0]
