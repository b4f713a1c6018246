"""抢单池: what is offered to whoever is on call, who has it then, and where it goes when nobody takes it."""

from datetime import timedelta

import asyncpg
import msgspec
import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.duty import queries as duty_reads
from backend.duty import service as duty
from backend.duty.errors import NotOnCallThere, OnCallEndsTooEarly
from backend.orders import verbs as orders
from backend.orders.assignment.handing_over import hand_over, hand_over_from
from backend.orders.deadlines import offer_policies
from backend.orders.deadlines.offer_policies import OfferWindow
from backend.orders.model.errors import KeyUsedBefore, MoveForbidden, NobodyOnCall, NotYours, OfferGone
from backend.orders.model.inputs import CheckInInput, Finish, Reassign, Release
from backend.orders.pool.ending import end_overdue
from backend.orders.transitions.transition import TransitionContext
from push import queries as push
from tests.makers.duty import make_volunteer, name, open_order, order_of
from tests.makers.orders import make_accepted, make_order, make_photos
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_staffed_unit, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
BINS = "A303"
"""To grab, P4, for the sanitation."""
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def town(now):
    await make_staffed_unit("sanitation")
    return await make_town(now)


async def by_state(order_id):
    order = await order_of(order_id)
    return order["state"], order["handler_id"]


async def facts(order_id):
    rows = await db.fetch(
        "SELECT name, body::text FROM event_log WHERE subject = 'order' AND subject_id = $1 ORDER BY id", order_id
    )
    return [(row["name"], msgspec.json.decode(row["body"])) for row in rows]


async def steps(order_id):
    return await db.fetch("SELECT * FROM order_step WHERE order_id = $1 AND move <> 'clock' ORDER BY id", order_id)


async def test_with_nobody_on_call_an_item_to_grab_goes_to_its_unit_at_once(town, now):
    volunteer = await make_volunteer(now, is_on_call=False)
    await duty.go_on_call(volunteer, COMMITTEE, now - 2 * MINUTE, until=now - MINUTE)

    order = await order_of((await open_order(now, item=BINS)).order_id)

    assert (order["state"], order["offered_until"], order["unit_id"] is None) == ("dispatched", None, False)


async def test_with_somebody_on_call_it_is_offered_for_ten_minutes_and_its_unit_stays(town, now):
    await make_volunteer(now)

    opened = await open_order(now, item=BINS)

    order, (fact,) = await order_of(opened.order_id), await facts(opened.order_id)
    assert (order["state"], order["handler_id"], order["supervisor_id"]) == ("offered", None, None)
    assert order["offered_until"] == now + 10 * MINUTE
    assert order["unit_id"] == await db.fetchval("SELECT id FROM org_unit WHERE unit_type = 'sanitation'")
    assert fact[0] == "OrderOffered"
    assert (fact[1]["people_needed"], fact[1]["number"]) == (1, opened.number)


async def test_what_is_no_item_to_grab_or_asked_of_a_unit_is_never_offered(town, now):
    await make_volunteer(now)
    await db.execute("UPDATE item SET priority = 'P0' WHERE code = $1", BINS)
    try:
        at_once = [(await open_order(now, item=item)).order_id for item in ("A101", BINS)]
    finally:
        await db.execute("UPDATE item SET priority = 'P4' WHERE code = $1", BINS)

    assert [(await order_of(order_id))["state"] for order_id in at_once] == ["dispatched", "dispatched"]


async def test_the_nearest_policy_says_how_long_and_to_how_many(town, now):
    await make_volunteer(now)
    for area, window in (
        ("", OfferWindow(item_prefix="A303", window_min=50, people_needed=9)),
        (TOWN, OfferWindow(item_prefix="A3", priorities=["P4"], window_min=8)),
        (TOWN, OfferWindow(item_prefix="A3", priorities=["P4"], window_min=7, people_needed=2)),
        (TOWN, OfferWindow(window_min=60, people_needed=9)),
        (TOWN, OfferWindow(item_prefix="A3", window_min=61, people_needed=9)),
    ):
        await offer_policies.set_window(area, window)

    order_id = (await open_order(now, item=BINS)).order_id

    assert (await order_of(order_id))["offered_until"] == now + 7 * MINUTE
    assert (await facts(order_id))[0][1]["people_needed"] == 2
    assert await offer_policies.remove_window(TOWN, "A3", ["P4"])
    assert [each.window_min for each in await offer_policies.list_windows()] == [50, 60, 61]


async def test_whoever_grabs_it_has_it_and_everybody_else_comes_too_late(database, town, now):
    volunteer, other = await make_volunteer(now), await make_volunteer(now, "另一位")
    order_id = (await make_order(town, now, item=BINS)).receipt.order_id

    grabbed = await orders.grab(order_id, volunteer, now + MINUTE, key="tap")
    again = await orders.grab(order_id, volunteer, now + 2 * MINUTE, key="tap")
    with pytest.raises(OfferGone) as late:
        await orders.grab(order_id, other, now + MINUTE)
    with pytest.raises(KeyUsedBefore):
        await orders.check_in(
            order_id,
            CheckInInput(code=town.code),
            TransitionContext(actor=volunteer, now=now + MINUTE, idempotency_key="tap"),
        )
    await work(database)

    order = await order_of(order_id)
    assert grabbed == again
    assert late.value.extra["state"] == "accepted"
    assert (order["state"], order["handler_id"]) == ("accepted", volunteer.account_id)
    assert order["grabbed_at"] == order["accepted_at"] == now + MINUTE
    assert [step["move"] for step in await steps(order_id)] == ["open", "grab"]
    assert (await steps(order_id))[1]["actor_role"] == "volunteer"
    assert (await facts(order_id))[1][0] == "OrderGrabbed"
    told = [message.kind for message in (await push.list_messages(town.resident.account_id, limit=9)).items]
    assert told == ["OrderGrabbed"]


async def test_only_who_may_take_orders_grabs_one(town, now):
    left = await make_volunteer(now)
    order_id = (await open_order(now, item=BINS)).order_id
    await accounts.ungrant(left.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    resident = await make_actor("居民", Role.RESIDENT, "")
    elsewhere = await make_actor("外单位", Role.HANDLER, "310115106")

    for who in (left, resident, elsewhere, town.verifier):
        with pytest.raises(NotYours):
            await orders.grab(order_id, who, now)


async def test_a_neighbouring_volunteer_and_the_own_committee_may_take_it(town, now):
    await make_volunteer(now)
    neighbour = await make_actor("邻居委志愿者", Role.VOLUNTEER, f"{TOWN}002")
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    for who in (neighbour, committee):
        order_id = (await make_order(town, now, item=BINS)).receipt.order_id
        by = TransitionContext(actor=who, now=now)

        await orders.grab(order_id, who, now)
        await orders.check_in(order_id, CheckInInput(code=town.code), by)
        before, after = await make_photos(who, 2)
        await orders.finish(order_id, Finish(before_photo_ids=[before], photo_ids=[after]), by)

        assert await by_state(order_id) == ("handled", who.account_id)


async def test_nobody_works_on_what_another_has_grabbed(town, now):
    volunteer, other = await make_volunteer(now), await make_volunteer(now, "另一位")
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    order_id = (await make_order(town, now, item=BINS)).receipt.order_id
    await orders.grab(order_id, volunteer, now)

    with pytest.raises(NotYours):
        await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=committee, now=now))
    with pytest.raises(Exception, match="order-not-found"):
        await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=other, now=now))


async def test_a_minute_after_the_window_the_units_duty_has_it(database, town, now):
    await make_volunteer(now)
    unit_id = await db.fetchval("SELECT id FROM org_unit WHERE unit_type = 'sanitation'")
    person = await make_actor("保洁班长", Role.HANDLER, TOWN, unit_id=unit_id)
    await name(unit_id, person, item_code=BINS, area_code=TOWN)
    first, second = [(await make_order(town, now, item=BINS)).receipt.order_id for _ in range(2)]
    await orders.grab(second, await make_volunteer(now, "快手"), now)

    ended = [await end_overdue(now + minutes * MINUTE) for minutes in (10.9, 11, 11)]
    await work(database)

    order = await order_of(first)
    assert ended == [0, 1, 0]
    assert (order["state"], order["unit_id"], order["handler_id"]) == ("dispatched", unit_id, person.account_id)
    assert order["respond_by"] > now + 11 * MINUTE, "the next has full time to respond"
    step = (await steps(first))[-1]
    assert (step["move"], step["actor_id"], step["actor_role"]) == ("end_offer", None, "system")
    told = [message.kind for message in (await push.list_messages(person.account_id, limit=9)).items]
    assert told == ["OfferEnded"]


async def test_what_nobody_is_there_for_goes_to_the_centre(town, now):
    await make_volunteer(now)
    order_id = (await open_order(now, item=BINS)).order_id
    await db.execute("UPDATE account SET is_active = false WHERE unit_id IS NOT NULL")

    assert await orders.end_offer(order_id, now + MINUTE, "no_taker")
    assert not await orders.end_offer(order_id, now + MINUTE, "no_taker")

    order = await order_of(order_id)
    assert (order["state"], order["unit_id"], order["handler_id"]) == ("dispatched", None, None)


async def test_what_is_taken_back_is_offered_again_until_somebody_has_arrived(town, now):
    volunteer = await make_volunteer(now)
    order_id = (await make_order(town, now, item=BINS)).receipt.order_id
    await orders.grab(order_id, volunteer, now)

    until = now + 9 * MINUTE
    assert await orders.offer_again(order_id, now + MINUTE, reason="given_back", until=until)
    order = await order_of(order_id)
    assert (order["state"], order["handler_id"], order["offered_until"]) == ("offered", None, until)
    assert (order["grabbed_at"], order["accepted_at"]) == (None, None)
    again = (await facts(order_id))[-1]
    assert (again[0], again[1]["from_handler_id"], again[1]["reason"]) == (
        "OrderOfferedAgain",
        volunteer.account_id,
        "given_back",
    )

    await orders.grab(order_id, volunteer, now + 2 * MINUTE)
    await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=volunteer, now=now))
    assert not await orders.offer_again(order_id, now + 3 * MINUTE, reason="given_back", until=until)


async def test_a_dispatcher_puts_any_order_that_waits_on_offer(town, now):
    order_id = (await make_order(town, now)).receipt.order_id
    desk = TransitionContext(actor=town.dispatcher, now=now)
    with pytest.raises(NobodyOnCall):
        await orders.release(order_id, Release(), desk)
    await make_volunteer(now)
    with pytest.raises(NotYours):
        await orders.release(order_id, Release(), TransitionContext(actor=town.handlers[0], now=now))

    await orders.release(order_id, Release(window_min=5, people_needed=3, note="楼上志愿者更近"), desk)

    order = await order_of(order_id)
    assert (order["state"], order["handler_id"], order["offered_until"]) == ("offered", None, now + 5 * MINUTE)
    assert order["unit_id"] == town.unit_id
    assert ((await facts(order_id))[-1][0], (await facts(order_id))[-1][1]["people_needed"]) == ("OrderOffered", 3)
    accepted = await make_accepted(town, now)
    with pytest.raises(MoveForbidden):
        await orders.release(accepted, Release(), desk)


async def test_what_is_offered_can_be_reassigned_and_cancelled_by_the_desk(town, now):
    await make_volunteer(now)
    first, second = [(await make_order(town, now, item=BINS)).receipt.order_id for _ in range(2)]
    desk = TransitionContext(actor=town.dispatcher, now=now)

    await orders.reassign(first, Reassign(unit_id=town.unit_id, reason="需专业处置"), desk)
    await orders.cancel(second, "误报", desk)

    assert [(await by_state(order_id))[0] for order_id in (first, second)] == ["dispatched", "cancelled"]


async def test_a_grabber_is_no_leaver_until_the_role_is_gone(town, now):
    volunteer = await make_volunteer(now)
    order_id = (await make_order(town, now, item=BINS)).receipt.order_id
    await orders.grab(order_id, volunteer, now)

    assert (await hand_over(now), await hand_over_from(volunteer.account_id, now)) == (0, 0)
    await accounts.ungrant(volunteer.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    assert await hand_over(now) == 1

    order = await order_of(order_id)
    assert (order["state"], order["grabbed_at"], order["unit_id"] is None) == ("dispatched", None, False)


async def test_the_database_refuses_an_offer_that_is_somebodys_or_has_no_end(town, now):
    await make_volunteer(now)
    order_id = (await open_order(now, item=BINS)).order_id

    for change in ("handler_id = (SELECT min(id) FROM account)", "offered_until = NULL"):
        with pytest.raises(asyncpg.CheckViolationError, match="work_order_offered_is_open"):
            await db.execute(f"UPDATE work_order SET {change} WHERE id = $1", order_id)


async def test_people_are_on_call_where_they_may_take_orders_and_not_for_ever(town, now):
    volunteer = await make_volunteer(now, is_on_call=False)
    for area, error, until in (
        (f"{TOWN}002", NotOnCallThere, None),
        (COMMITTEE[:6], NotOnCallThere, None),
        (COMMITTEE, OnCallEndsTooEarly, now),
    ):
        with pytest.raises(error):
            await duty.go_on_call(volunteer, area, now, until=until)

    await duty.go_on_call(volunteer, COMMITTEE, now, skills=["急救", "急救"])
    longer = await duty.go_on_call(volunteer, COMMITTEE, now + MINUTE, until=now + 90 * MINUTE)

    assert (longer.since, longer.until) == (now, now + 90 * MINUTE)
    assert [await duty_reads.is_anybody_on_call(area, now) for area in (COMMITTEE, f"{TOWN}002")] == [True, False]
    assert [each.account_id for each in await duty_reads.list_on_call(TOWN, now)] == [volunteer.account_id]
    await accounts.ungrant(volunteer.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    assert (await duty_reads.list_on_call(TOWN, now), await duty_reads.find_on_call(volunteer.account_id, now)) == (
        [],
        None,
    )
    assert await duty_reads.is_anybody_on_call(COMMITTEE, now) is False
    assert await duty.forget_ended(now + 91 * MINUTE) == 1
    assert await duty.go_off_call(volunteer.account_id) is False
