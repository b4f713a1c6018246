"""What was taken and is not done: given back, run out, gone another way; and what nobody took."""

from datetime import timedelta

import msgspec
import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.duty import service as duty
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.arrivals.errors import BadCheckIn, FixTooVague, TooFarAway
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import (
    AskExtension,
    AskSuspension,
    CheckInInput,
    Decide,
    Finish,
    Reassign,
    Release,
    Verify,
)
from grab_orders.offers import arriving, expiring, giving_back, takes
from grab_orders.offers.errors import ArrivedAlready, NotGrabbed, NotHeld
from grab_orders.offers.structs import GiveBack, GiveBackReason
from tests.makers.duty import make_volunteer
from tests.makers.orders import make_order, make_photos
from tests.makers.pool import (
    BINS,
    FIRE_LANE,
    grab,
    make_offer,
    make_pool_town,
    offer_of,
    order_of_offer,
    takes_of,
    taps,
)
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY
from tests.makers.worker import deliver, work

pytestmark = pytest.mark.usefixtures("database")
MINUTE = timedelta(minutes=1)
HERE = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)
NO_TIME = GiveBack(reason=GiveBackReason.NO_TIME, note="孩子病了")


@pytest.fixture
async def scene(now):
    return await make_pool_town(now)


async def held(scene, now, who=0, **offer):
    town, volunteers = scene
    offer_id = await make_offer(town, now, **offer)
    await grab(offer_id, volunteers[who], now)
    return offer_id


async def facts(name):
    rows = await db.fetch("SELECT body::text FROM event_log WHERE name = $1 ORDER BY id", name)
    return [msgspec.json.decode(row["body"]) for row in rows]


async def state_of(offer_id):
    return (await offer_of(offer_id))["state"], (await order_of_offer(offer_id))["state"]


async def test_what_is_given_back_is_open_at_once_for_everybody_else(scene, now):
    town, (anna, bert) = scene
    offer_id, other_id = await make_offer(town, now, item=FIRE_LANE), await make_offer(town, now)
    await grab(offer_id, anna, now, "key-0001")

    await giving_back.give_back(offer_id, NO_TIME, taps(anna, now + MINUTE, "back-0001"))
    await giving_back.give_back(offer_id, NO_TIME, taps(anna, now + MINUTE, "back-0001"))

    offer = await offer_of(offer_id)
    assert (offer["state"], offer["taken"], offer["round"], offer["closes_at"]) == ("open", 0, 2, now + 4 * MINUTE)
    assert (await order_of_offer(offer_id))["handler_id"] is None
    for key in (None, "key-0001"):
        with pytest.raises(NotGrabbed) as refused:
            await grab(offer_id, anna, now + MINUTE, key)
        assert refused.value.extra["reason"] == "gave-back-before"
        assert [each.id for each in refused.value.extra["nearby"]] == [other_id]
    await grab(offer_id, bert, now + MINUTE)
    assert await takes_of(offer_id) == [(anna.account_id, "given_back"), (bert.account_id, "held")]
    assert len(await facts("OfferGivenBack")) == 1
    await deliver()
    assert await state_of(offer_id) == ("held", "accepted")


async def test_the_first_give_back_of_a_day_is_free_and_the_next_ones_cost_a_while(scene, now):
    _, (anna, _) = scene
    for wait in (timedelta(0), 15 * MINUTE, timedelta(hours=12)):
        offer_id = await held(scene, now)
        await giving_back.give_back(offer_id, NO_TIME, taps(anna, now))
        until = await db.fetchval("SELECT cools_until FROM grabber WHERE account_id = $1", anna.account_id)
        assert until == now + wait
        await db.execute("UPDATE grabber SET cools_until = NULL")
    await db.execute("UPDATE grabber SET cools_until = $1", now + MINUTE)

    with pytest.raises(NotGrabbed) as refused:
        await held(scene, now)

    assert (refused.value.extra["reason"], refused.value.extra["cools_until"]) == ("cooling-down", now + MINUTE)
    await held(scene, now + MINUTE)


async def test_after_arrival_nothing_is_given_back_and_never_what_one_does_not_have(scene, now):
    town, (anna, bert) = scene
    offer_id = await held(scene, now)
    order_id = (await order_of_offer(offer_id))["id"]
    await orders.check_in(order_id, CheckInInput(code=town.code), taps(anna, now + MINUTE))

    with pytest.raises(ArrivedAlready):
        await giving_back.give_back(offer_id, NO_TIME, taps(anna, now + MINUTE))
    with pytest.raises(NotHeld):
        await giving_back.give_back(offer_id, NO_TIME, taps(bert, now + MINUTE))
    await deliver()
    assert await takes_of(offer_id) == [(anna.account_id, "arrived")]


async def test_whoever_does_not_come_loses_it_to_the_next_and_waits_before_taking_more(scene, now):
    _, (anna, bert) = scene
    offer_id = await held(scene, now)

    assert await expiring.expire_leases(now + 29 * MINUTE) == 0
    assert await expiring.expire_leases(now + 30 * MINUTE) == 1
    assert await expiring.expire_leases(now + 30 * MINUTE) == 0

    assert await state_of(offer_id) == ("open", "offered")
    with pytest.raises(NotGrabbed) as refused:
        await held(scene, now + 30 * MINUTE)
    assert refused.value.extra["reason"] == "cooling-down"
    (fact,) = await facts("TakeExpired")
    assert (fact["account_id"], fact["is_lead"]) == (anna.account_id, True)
    await grab(offer_id, bert, now + 31 * MINUTE)
    assert await expiring.expire_leases(now + 61 * MINUTE) == 1
    assert await state_of(offer_id) == ("ended", "dispatched")
    assert await takes_of(offer_id) == [(anna.account_id, "expired"), (bert.account_id, "expired")]


async def test_time_that_the_desk_grants_and_a_hold_are_time_for_whoever_took_it(scene, now):
    town, _ = scene
    runner = town.handlers[1]
    await duty.go_on_call(runner, COMMITTEE, now)
    granted, paused = await make_offer(town, now), await make_offer(town, now)
    for offer_id in (granted, paused):
        await grab(offer_id, runner, now)
    orders_of = [(await order_of_offer(offer_id))["id"] for offer_id in (granted, paused)]
    asks, desk = taps(runner, now + MINUTE), taps(town.dispatcher, now + MINUTE)
    await orders.ask_extension(orders_of[0], AskExtension(minutes=60, reason="堵车"), asks)
    await orders.ask_suspension(orders_of[1], AskSuspension(reason="等配件"), asks)
    for order_id in orders_of:
        await orders.decide(order_id, Decide(is_granted=True), desk)
    await orders.resume(orders_of[1], taps(runner, now + 29 * MINUTE))

    assert await expiring.expire_leases(now + 31 * MINUTE) == 0
    limits = [(await order_of_offer(offer_id))["arrive_by"] for offer_id in (granted, paused)]
    assert [take.lease_until for take in sorted(await takes.list_live(runner.account_id), key=lambda t: t.id)] == limits
    assert await expiring.expire_leases(max(limits)) == 2


async def test_with_nobody_else_on_call_it_goes_to_the_unit_at_once(scene, now):
    _, (anna, bert) = scene
    offer_id = await held(scene, now)
    await db.execute("DELETE FROM on_call WHERE account_id = $1", bert.account_id)

    await giving_back.give_back(offer_id, NO_TIME, taps(anna, now))

    assert await state_of(offer_id) == ("ended", "dispatched")


async def test_whoever_has_arrived_keeps_it_though_no_fact_was_delivered_yet(scene, now):
    town, (anna, _) = scene
    offer_id = await held(scene, now)
    await orders.check_in((await order_of_offer(offer_id))["id"], CheckInInput(code=town.code), taps(anna, now))

    assert await expiring.expire_leases(now + 31 * MINUTE) == 0

    assert await takes_of(offer_id) == [(anna.account_id, "arrived")]
    assert await state_of(offer_id) == ("held", "on_site")


async def test_what_nobody_takes_goes_to_the_unit_when_the_window_is_over(scene, now):
    town, _ = scene
    offer_id = await make_offer(town, now, item=FIRE_LANE)

    assert await expiring.close_windows(now + 2 * MINUTE) == 0
    assert await expiring.close_windows(now + 3 * MINUTE) == 1
    assert await expiring.close_windows(now + 3 * MINUTE) == 0

    assert await state_of(offer_id) == ("ended", "dispatched")
    order = await order_of_offer(offer_id)
    assert order["unit_id"] == await db.fetchval("SELECT id FROM org_unit WHERE unit_type = 'joint_station'")


async def test_the_way_to_the_end_leaves_one_finished_take_and_its_times(scene, now):
    town, (anna, _) = scene
    offer_id = await held(scene, now)
    order_id = (await order_of_offer(offer_id))["id"]
    before, after, other, again = await make_photos(anna, 4)
    await orders.check_in(order_id, CheckInInput(code=town.code), taps(anna, now + 5 * MINUTE))
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, taps(anna, now + 20 * MINUTE))
    await deliver()
    assert (await state_of(offer_id), await takes_of(offer_id)) == (
        ("held", "handled"),
        [(anna.account_id, "finished")],
    )
    await orders.verify(order_id, Verify(result="fail", note="没有清干净"), taps(town.verifier, now + 30 * MINUTE))
    await deliver()
    assert await takes_of(offer_id) == [(anna.account_id, "arrived")]
    await orders.check_in(order_id, CheckInInput(code=town.code), taps(anna, now + 35 * MINUTE))
    await orders.finish(order_id, Finish(photo_ids=[again], before_photo_ids=[other]), taps(anna, now + 40 * MINUTE))
    await orders.verify(order_id, Verify(result="pass"), taps(town.verifier, now + 50 * MINUTE))
    await deliver()

    assert (await state_of(offer_id), await takes_of(offer_id)) == (
        ("ended", "closed"),
        [(anna.account_id, "finished")],
    )
    last = (await facts("TakeFinished"))[-1]
    assert (last["account_id"], last["points"], len(await facts("TakeFinished"))) == (anna.account_id, 5, 2)
    row = await db.fetchrow("SELECT arrived_at, finished_at FROM take")
    assert (row["arrived_at"], row["finished_at"]) == (now + 35 * MINUTE, now + 40 * MINUTE)
    with pytest.raises(NotGrabbed) as gone:
        await grab(offer_id, anna, now + 60 * MINUTE)
    assert gone.value.extra["reason"] == "withdrawn", "of an order that is over nobody is told the place any more"


async def test_an_order_that_the_desk_takes_is_nobodys_through_the_pool(scene, now):
    town, (anna, _) = scene
    ended = []
    for move in ("reassign", "cancel", "merge"):
        offer_id = await held(scene, now)
        order_id = (await order_of_offer(offer_id))["id"]
        desk = taps(town.dispatcher, now + MINUTE)
        if move == "reassign":
            await orders.reassign(order_id, Reassign(unit_id=town.unit_id, reason="交给城管"), desk)
        elif move == "cancel":
            await orders.cancel(order_id, "误报", desk)
        else:
            into_id = (await make_order(town, now)).receipt.order_id
            await orders.merge(order_id, Merge(into_id=into_id, reason="同一件事"), desk)
        await deliver()
        ended.append(((await offer_of(offer_id))["end_reason"], (await takes_of(offer_id))[0][1]))

    assert ended == [("dispatched", "ended"), ("cancelled", "ended"), ("merged", "ended")]
    assert await db.fetchval("SELECT count(*) FROM grabber WHERE cools_until > $1", now) == 0
    await orders.unmerge(order_id, "两件事", taps(town.dispatcher, now + 2 * MINUTE))
    await deliver()
    assert (await state_of(offer_id), await takes_of(offer_id)) == (("held", "accepted"), [(anna.account_id, "held")])


async def test_what_the_desk_releases_again_begins_anew(scene, now):
    town, (anna, _) = scene
    offer_id = await held(scene, now)
    order_id = (await order_of_offer(offer_id))["id"]
    for _ in range(2):
        desk = taps(town.dispatcher, now + MINUTE)
        unit_id = await db.fetchval("SELECT id FROM org_unit WHERE unit_type = 'sanitation'")
        await orders.reassign(order_id, Reassign(unit_id=unit_id, reason="先交环卫"), desk)
        await orders.release(order_id, Release(window_min=20, people_needed=2), desk)
        await deliver()

    offer = await offer_of(offer_id)
    assert (offer["state"], offer["needed"], offer["taken"]) == ("open", 2, 0)
    assert offer["round"] == offer["first_round"] > 1
    await grab(offer_id, anna, now + 2 * MINUTE)


async def test_whoever_loses_the_role_loses_what_they_have(scene, now, database):
    _, (anna, _) = scene
    lead_id = await held(scene, now)
    pair_id = await held(scene, now, who=1, needed=2)
    await grab(pair_id, anna, now)

    await accounts.ungrant(anna.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    await work(database)

    assert (await takes_of(lead_id))[0][1] == "ended"
    assert [state for _, state in await takes_of(pair_id)] == ["held", "ended"]
    assert (await offer_of(pair_id))["taken"] == 1


async def test_of_two_the_other_leads_when_the_first_gives_back(scene, now):
    _, (anna, bert) = scene
    offer_id = await held(scene, now, needed=2)
    await grab(offer_id, bert, now)

    await giving_back.give_back(offer_id, NO_TIME, taps(anna, now + MINUTE))

    order = await order_of_offer(offer_id)
    assert (order["state"], order["handler_id"]) == ("accepted", bert.account_id)
    offer = await offer_of(offer_id)
    assert (offer["state"], offer["taken"]) == ("open", 1)
    assert await db.fetchval("SELECT is_lead FROM take WHERE account_id = $1", bert.account_id)
    third = await make_volunteer(now)
    assert not (await grab(offer_id, third, now + MINUTE)).is_lead


async def test_with_fewer_than_needed_whoever_came_goes_alone(scene, now):
    offer_id = await held(scene, now, item=BINS, needed=2)

    assert await expiring.close_windows(now + 10 * MINUTE) == 1

    assert await state_of(offer_id) == ("held", "accepted")
    assert [fact["reason"] for fact in await facts("OfferClosed")] == ["short"]


async def test_whoever_helps_checks_in_for_themselves_and_is_done_with_whoever_leads(scene, now):
    town, (anna, bert) = scene
    offer_id = await held(scene, now, item=BINS, needed=2)
    await grab(offer_id, bert, now)
    far = CheckInInput(point=Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat, accuracy_m=5))
    vague = CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=900))
    for said, refused in ((far, TooFarAway), (vague, FixTooVague), (CheckInInput(), BadCheckIn)):
        with pytest.raises(refused):
            await arriving.arrive(offer_id, said, taps(bert, now + MINUTE))

    came = await arriving.arrive(offer_id, CheckInInput(code=town.code), taps(bert, now + 2 * MINUTE))
    again = await arriving.arrive(offer_id, CheckInInput(code=town.code), taps(bert, now + 3 * MINUTE))
    await arriving.arrive(offer_id, CheckInInput(point=HERE), taps(anna, now + 4 * MINUTE))
    assert await expiring.expire_leases(now + timedelta(hours=2)) == 0
    before, after = await make_photos(anna, 2)
    order_id = (await order_of_offer(offer_id))["id"]
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, taps(anna, now + 20 * MINUTE))
    await deliver()

    assert (came.state, again.state) == ("arrived", "arrived")
    assert await takes_of(offer_id) == [(anna.account_id, "finished"), (bert.account_id, "finished")]
    finished = {fact["account_id"]: fact for fact in await facts("TakeFinished")}
    assert {who: fact["is_lead"] for who, fact in finished.items()} == {anna.account_id: True, bert.account_id: False}
    hours = await db.fetch("SELECT account_id, minutes FROM hours_entry ORDER BY account_id")
    assert [tuple(row) for row in hours] == [(anna.account_id, 16), (bert.account_id, 18)]
    with pytest.raises(NotHeld):
        await arriving.arrive(offer_id, CheckInInput(code=town.code), taps(bert, now + 30 * MINUTE))
