"""并案 and 拆案: two orders of one case go on as one, and part again as they were."""

from datetime import timedelta

import pytest

from backend import db
from backend.geo.points import Fix
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.cases.errors import MergeIntoItself, PartOfAnother, TooFarToMerge
from backend.orders.cases.merged_orders import find_survivor, list_merged
from backend.orders.cases.merging import Merge
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.inputs import AskSuspension, CoHandle, Decide, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.reports import queries as reports
from tests.makers.cases import make_join, make_neighbour, merge, told, unmerge
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order, state_of
from tests.makers.town import DOOR, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def make_two(town, now) -> tuple[int, int]:
    return (await make_order(town, now)).receipt.order_id, (await make_order(town, now)).receipt.order_id


async def followers_of(order_id: int) -> set[int]:
    rows = await db.fetch("SELECT account_id FROM order_follower WHERE order_id = $1", order_id)
    return {row["account_id"] for row in rows}


async def test_a_merged_order_ends_and_its_reporters_follow_the_survivor(now):
    town, neighbour, passer_by = await make_town(now), await make_neighbour(), await make_neighbour("路人")
    order_id, into_id = await make_two(town, now)
    await make_join(town, order_id, neighbour, now)
    await make_join(town, into_id, passer_by, now)

    await merge(town, order_id, into_id, now)
    await orders.accept(into_id, TransitionContext(actor=town.handlers[0], now=now))

    assert await state_of(order_id) == "merged"
    assert {one.account_id for one in (town.resident, neighbour, passer_by)} <= await told("OrderAccepted")


async def test_the_link_of_a_merged_report_shows_how_the_survivor_goes_on(now):
    town = await make_town(now)
    first, second = (await make_order(town, now)).receipt, (await make_order(town, now)).receipt

    await merge(town, second.order_id, first.order_id, now)
    await orders.accept(first.order_id, TransitionContext(actor=town.handlers[0], now=now))

    tracked = await reports.get_tracking(second.tracking_token, now)
    assert (tracked.number, tracked.merged_into, tracked.state) == (second.number, first.number, "accepted")
    assert len(tracked.photos) == 2
    assert await reports.get_tracked(second.tracking_token) == (first.order_id, town.resident.account_id)


async def test_the_survivor_shows_every_report_and_photo(now):
    town = await make_town(now)
    order_id, into_id = await make_two(town, now)

    await merge(town, order_id, into_id, now)

    shown = await reads.get_order(into_id, town.dispatcher, now)
    assert [part.id for part in shown.merged] == [order_id]
    assert len(shown.photos) == 2 and shown.steps[-1].move == "take_in"
    assert (await reads.get_order(order_id, town.dispatcher, now)).merged_into_id == into_id


@pytest.mark.parametrize("make", [make_accepted, make_handled])
async def test_an_unmerged_order_goes_on_where_it_was_with_the_time_that_it_had(now, make):
    town = await make_town(now)
    order_id, into_id = await make(town, now), (await make_order(town, now)).receipt.order_id
    before = await db.fetchrow(
        "SELECT state, handler_id, resolve_by, verify_by FROM work_order WHERE id = $1", order_id
    )

    await merge(town, order_id, into_id, now + timedelta(minutes=5))
    await unmerge(town, order_id, now + timedelta(minutes=65))

    after = await db.fetchrow("SELECT state, handler_id, resolve_by, verify_by FROM work_order WHERE id = $1", order_id)
    assert (after["state"], after["handler_id"]) == (before["state"], before["handler_id"])
    running = "verify_by" if before["state"] == "handled" else "resolve_by"
    assert after[running] == before[running] + timedelta(hours=1)


async def test_a_suspended_order_is_suspended_again_after_parting(now):
    town = await make_town(now)
    order_id, into_id = await make_accepted(town, now), (await make_order(town, now)).receipt.order_id
    handler = TransitionContext(actor=town.handlers[0], now=now)
    await orders.ask_suspension(order_id, AskSuspension(reason="待料"), handler)
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))

    await merge(town, order_id, into_id, now)
    await unmerge(town, order_id, now)

    assert await state_of(order_id) == "suspended"
    await orders.resume(order_id, handler)
    assert await state_of(order_id) == "accepted"


async def test_after_parting_the_reporters_follow_their_own_order_only(now):
    town, neighbour, passer_by = await make_town(now), await make_neighbour(), await make_neighbour("路人")
    order_id, into_id = await make_two(town, now)
    await make_join(town, order_id, neighbour, now)
    await make_join(town, into_id, passer_by, now)

    await merge(town, order_id, into_id, now)
    await unmerge(town, order_id, now)

    assert await followers_of(into_id) == {passer_by.account_id}
    assert await followers_of(order_id) == {neighbour.account_id}


async def test_merging_makes_chains_and_parting_takes_along_what_came_along(now):
    town, neighbour = await make_town(now), await make_neighbour()
    one, two = await make_two(town, now)
    three = (await make_order(town, now)).receipt.order_id
    await make_join(town, one, neighbour, now)

    await merge(town, one, two, now)
    await merge(town, two, three, now)

    assert await find_survivor(one) == three
    assert [part.id for part in await list_merged(three)] == [one, two]
    assert neighbour.account_id in await followers_of(three)
    await unmerge(town, two, now)
    assert neighbour.account_id not in await followers_of(three)
    assert neighbour.account_id in await followers_of(two)


async def test_whoever_joins_a_merged_order_joins_the_survivor(now):
    town, neighbour = await make_town(now), await make_neighbour()
    first, second = (await make_order(town, now)).receipt, (await make_order(town, now)).receipt
    await merge(town, second.order_id, first.order_id, now)

    joined = await make_join(town, None, neighbour, now, code=None, tracking_token=second.tracking_token)

    assert joined.receipt.order_id == first.order_id


async def test_an_order_is_never_merged_into_itself_or_back_into_what_it_took_in(now):
    town = await make_town(now)
    order_id, into_id = await make_two(town, now)

    with pytest.raises(MergeIntoItself):
        await merge(town, order_id, order_id, now)
    await merge(town, order_id, into_id, now)
    with pytest.raises(MoveForbidden):
        await merge(town, into_id, order_id, now)


async def test_what_has_ended_is_not_merged_and_takes_nothing_in(now):
    town = await make_town(now)
    closed, opened = await make_closed(town, now), (await make_order(town, now)).receipt.order_id

    for order_id, into_id in ((closed, opened), (opened, closed)):
        with pytest.raises(MoveForbidden):
            await merge(town, order_id, into_id, now)

    assert await state_of(opened) == "dispatched"


async def test_orders_far_apart_are_not_one_case(now, monkeypatch):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    beside = Fix(lng=DOOR.lng + 0.003, lat=DOOR.lat)
    other_id = (await make_order(town, now, code=None, point=beside)).receipt.order_id
    monkeypatch.setattr("backend.orders.cases.merging.MERGE_WITHIN_M", 200.0)

    with pytest.raises(TooFarToMerge) as refused:
        await merge(town, order_id, other_id, now)

    assert 280 < refused.value.extra["distance_m"] < 290


async def test_a_sub_order_stays_with_the_order_that_asked_for_help(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    unit_id = await make_unit("sanitation")
    wanted = CoHandle(unit_id=unit_id, reason="清运")
    helped = await orders.co_handle(order_id, wanted, TransitionContext(actor=town.handlers[0], now=now))
    other_id = (await make_order(town, now)).receipt.order_id

    assert helped is not None
    with pytest.raises(PartOfAnother):
        await merge(town, helped.order_id, other_id, now)


async def test_the_same_request_sent_again_changes_nothing(now):
    town = await make_town(now)
    order_id, into_id = await make_two(town, now)
    by = TransitionContext(actor=town.dispatcher, now=now, idempotency_key="merge-0001")

    for _ in range(2):
        await orders.merge(order_id, Merge(into_id=into_id, reason="同一件事"), by)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move IN ('merge', 'take_in')") == 2


async def test_a_closed_survivor_lets_go_what_was_another_thing_after_all(now):
    town = await make_town(now)
    into_id, order_id = await make_handled(town, now), (await make_order(town, now)).receipt.order_id
    await merge(town, order_id, into_id, now)
    await orders.verify(into_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    await unmerge(town, order_id, now)

    assert (await state_of(order_id), await state_of(into_id)) == ("dispatched", "closed")
