"""我也遇到: one more reporter for an order, with a report of its own."""

from datetime import timedelta

import pytest

from backend import db
from backend.geo.points import Fix
from backend.orders import reads as order_queries
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.inputs import WithReason
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.errors import NotClosedYet
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.errors import NotHere, OrderMissing
from backend.reports.structs import Rating
from tests.makers.cases import make_join, make_neighbour, merge, told
from tests.makers.orders import make_accepted, make_closed, make_order, make_photos
from tests.makers.town import FAR_AWAY, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def test_whoever_joins_gets_a_report_and_a_link_of_their_own(now):
    town, neighbour = await make_town(now), await make_neighbour()
    first = (await make_order(town, now)).receipt

    joined = await make_join(town, first.order_id, neighbour, now)

    assert joined.is_new
    assert (joined.receipt.order_id, joined.receipt.number) == (first.order_id, first.number)
    assert joined.receipt.tracking_token != first.tracking_token
    assert (await queries.get_tracking(joined.receipt.tracking_token, now)).supporters == 1


async def test_joining_under_the_same_key_gets_the_same_receipt(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id

    first = await make_join(town, order_id, neighbour, now, idempotency_key="client-0001")
    again = await make_join(town, order_id, neighbour, now, idempotency_key="client-0001")

    assert not again.is_new and again.receipt == first.receipt


async def test_a_person_counts_once_however_often_they_join(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id

    first = await make_join(town, order_id, neighbour, now)
    again = await make_join(town, order_id, neighbour, now)

    assert not again.is_new and again.receipt == first.receipt
    assert await db.fetchval("SELECT count(*) FROM order_follower") == 1


async def test_the_first_reporter_who_joins_gets_the_first_receipt(now):
    town = await make_town(now)
    first = (await make_order(town, now)).receipt

    again = await make_join(town, first.order_id, town.resident, now)

    assert not again.is_new and again.receipt == first


async def test_every_reporter_is_told_at_every_stage(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id
    await make_join(town, order_id, neighbour, now)

    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))

    assert {town.resident.account_id, neighbour.account_id} <= await told("OrderAccepted")


async def test_a_joined_reporter_sees_the_order_but_not_the_words_and_photos_of_another(now):
    town, neighbour = await make_town(now), await make_neighbour()
    receipt = (await make_order(town, now, description="我住 3 楼,电话 138…")).receipt
    own = await make_photos(neighbour)

    joined = await make_join(town, receipt.order_id, neighbour, now, description="我也看到", photo_ids=own)

    seen = await order_queries.get_order(receipt.order_id, neighbour, now)
    assert seen.description == "" and [photo.id for photo in seen.photos] == own
    tracked = await queries.get_tracking(joined.receipt.tracking_token, now)
    assert tracked.description == "我也看到" and [photo.id for photo in tracked.photos] == own
    first = await queries.get_tracking(receipt.tracking_token, now)
    assert "我也看到" not in [step.note for step in first.steps]


async def test_the_desk_sees_the_words_and_photos_of_everybody(now):
    town, neighbour = await make_town(now), await make_neighbour()
    receipt = (await make_order(town, now, description="堵住了")).receipt
    own = await make_photos(neighbour)
    await make_join(town, receipt.order_id, neighbour, now, description="我也看到", photo_ids=own)

    seen = await order_queries.get_order(receipt.order_id, town.dispatcher, now)

    assert seen.description == "堵住了" and seen.supporters == 1
    assert len(seen.photos) == 2 and "我也看到" in [step.note for step in seen.steps]
    assert all(step.actor_name == "" for step in seen.steps if step.move in ("open", "join"))


async def test_a_stranger_cannot_join_what_is_not_where_they_stand(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = (await make_order(town, now)).receipt.order_id

    with pytest.raises(NotHere):
        await make_join(town, order_id, neighbour, now, code=None, point=Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat))
    with pytest.raises(NotHere):
        await make_join(town, order_id + 1, neighbour, now)
    with pytest.raises(OrderMissing):
        await make_join(town, None, neighbour, now)


async def test_an_order_that_was_merged_meanwhile_is_joined_as_the_one_it_goes_on_as(now):
    town, neighbour = await make_town(now), await make_neighbour()
    shown, survivor = [(await make_order(town, now)).receipt for _ in range(2)]
    await merge(town, shown.order_id, survivor.order_id, now)

    joined = await make_join(town, shown.order_id, neighbour, now)

    assert joined.receipt.order_id == survivor.order_id


async def test_a_link_that_was_passed_on_is_enough_to_join(now):
    town, neighbour = await make_town(now), await make_neighbour()
    first = (await make_order(town, now)).receipt

    joined = await make_join(town, None, neighbour, now, code=None, tracking_token=first.tracking_token)

    assert joined.is_new and joined.receipt.order_id == first.order_id


async def test_whoever_joins_an_order_closed_just_now_can_say_that_it_is_not_solved_to_the_desk(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_closed(town, now)
    joined = await make_join(town, order_id, neighbour, now + timedelta(minutes=10))

    await reports.reopen(joined.receipt.tracking_token, "还在", idempotency_key=None, now=now + timedelta(minutes=11))

    assert await db.fetchval("SELECT state FROM work_order WHERE id = $1", order_id) == "closed"
    last = "SELECT name, body::jsonb ->> 'reason' FROM event_log ORDER BY id DESC LIMIT 1"
    assert tuple(await db.fetchrow(last)) == ("OrderObjected", "还在")


async def test_an_order_closed_long_ago_takes_no_more_reporters(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_closed(town, now)

    with pytest.raises(NotHere):
        await make_join(town, order_id, neighbour, now + timedelta(hours=3))


async def test_any_reporter_may_rate_and_urge(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_accepted(town, now)
    token = (await make_join(town, order_id, neighbour, now)).receipt.tracking_token

    await reports.urge(token, "", idempotency_key=None, now=now)

    assert (await told("OrderUrged")) >= {neighbour.account_id}
    with pytest.raises(NotClosedYet):
        await reports.rate(token, Rating(score=5), idempotency_key=None, now=now)


async def test_a_cancelled_order_takes_no_more_reporters(now):
    town, neighbour = await make_town(now), await make_neighbour()
    first = (await make_order(town, now)).receipt
    await orders.cancel(
        first.order_id, WithReason(reason="误报").reason, TransitionContext(actor=town.dispatcher, now=now)
    )

    with pytest.raises(MoveForbidden):
        await make_join(town, None, neighbour, now, code=None, tracking_token=first.tracking_token)
