"""What becomes of a booking: it follows its order, is measured, confirmed or disputed, planned again when missed."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import Finish
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.confirmation import SILENT_FOR
from shops.pickup.bookings import booking, changing, confirming, measuring, missed, reading, refusing
from shops.pickup.bookings.following import follow
from shops.pickup.errors import BookingEnded, NothingToReturn, NotOfRoute, NotThereYet, OwnShop
from shops.pickup.payments import due, paying, returning
from shops.pickup.payments import reading as payments
from shops.pickup.payments.structs import OfflineReceipt, RefundReceipt
from shops.pickup.structs import PickupMeasure, PickupRefusal, RefusalReason
from tests.makers.accounts import make_staff
from tests.makers.orders import make_photos
from tests.makers.pickup import (
    Hauling,
    arrive,
    fetch,
    make_hauling,
    make_owned_shop,
    make_price,
    make_slot,
    slot_row,
    wish,
)
from tests.makers.shops import make_shop_person
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database", "photo_room")


async def booked(hauling: Hauling, now, *, hours: int = 24, **changes):
    slot_id = await make_slot(hauling, now + timedelta(hours=hours))
    return (await booking.book(hauling.shop_id, wish(slot_id, **changes), hauling.owner, now=now)).booking


async def test_a_booking_says_what_its_order_says_until_the_shop_s_word_ends_it(now, database):
    hauling = await make_hauling()
    await make_price()
    made = await booked(hauling, now, amount=2)
    at = made.slot.starts_at

    await arrive(made, hauling.crew, at)
    await work(database)
    assert (await reading.get(made.id, at)).state == "assigned"
    measured = await measuring.measure(
        made.id, PickupMeasure(counted=3, weight_g=182_500, ticket="沪A-7"), hauling.crew, at
    )
    assert (measured.counted, measured.price.total_fen) == (3, 18000)

    before, after = await make_photos(hauling.crew, 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(made.order_id, evidence, TransitionContext(actor=hauling.crew, now=at))
    await work(database)
    collected = await reading.get(made.id, at)
    assert (collected.state, collected.may_confirm) == ("collected", True)

    done = await confirming.confirm(made.id, hauling.owner, at + timedelta(hours=1))
    assert (done.state, done.ended_at) == ("done", at + timedelta(hours=1))
    bill = await db.fetchrow("SELECT booking_id, amount_fen, state, provider FROM pickup_payment")
    assert tuple(bill) == (made.id, 18000, "due", "offline")
    await follow([made.order_id], at)
    assert await db.fetchval("SELECT count(*) FROM pickup_payment") == 1
    with pytest.raises(BookingEnded):
        await measuring.measure(made.id, PickupMeasure(counted=9), hauling.crew, at)


async def test_what_is_taken_up_again_is_due_at_what_it_costs_in_the_end(now, database):
    hauling = await make_hauling()
    await make_price()
    made = await booked(hauling, now, amount=2)
    at = made.slot.starts_at
    await fetch(made, hauling.crew, at)
    await work(database)
    await confirming.confirm(made.id, hauling.owner, at)
    later = TransitionContext(actor=hauling.owner, now=at + timedelta(hours=1))
    await orders.reopen(made.order_id, "还有一桶", later)
    await work(database)
    assert (await reading.get(made.id, at)).state == "disputed"

    await measuring.measure(made.id, PickupMeasure(counted=3), hauling.crew, later.now)
    await fetch(made, hauling.crew, later.now)
    await work(database)
    await confirming.confirm(made.id, hauling.owner, later.now)

    bills = await db.fetch("SELECT state, amount_fen FROM pickup_payment ORDER BY id")
    assert [tuple(bill) for bill in bills] == [("void", 12000), ("due", 18000)]


async def test_only_the_hauler_s_crew_measures_and_only_on_the_spot(now):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    with pytest.raises(BookingEnded):
        await measuring.measure(made.id, PickupMeasure(counted=1), hauling.crew, now)
    with pytest.raises(NotOfRoute):
        await measuring.measure(made.id, PickupMeasure(counted=1), hauling.owner, now)
    await make_shop_person(hauling.shop_id, hauling.crew.account_id, "staff")
    with pytest.raises(OwnShop):
        await measuring.measure(made.id, PickupMeasure(counted=1), hauling.crew, now)
    with pytest.raises(OwnShop):
        await refusing.refuse(made.id, PickupRefusal(reason=RefusalReason.VEHICLE), hauling.crew, now)


async def test_what_the_shop_disputes_goes_back_and_anybody_of_the_shop_may_say_so(now, database):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    at = made.slot.starts_at
    await fetch(made, hauling.crew, at)
    await work(database)
    helper_shop, helper = hauling.shop_id, (await make_owned_shop("2"))[1]
    await db.execute(
        "INSERT INTO shop_person (shop_id, account_id, role, since) VALUES ($1, $2, 'staff', now())",
        helper_shop,
        helper.account_id,
    )

    disputed = await confirming.dispute(made.id, "还剩一桶", helper, at)

    assert disputed.state == "disputed"
    step = await db.fetchrow("SELECT move, actor_id, note FROM order_step ORDER BY id DESC LIMIT 1")
    assert (step["move"], step["note"]) in {("dispute", "还剩一桶"), ("clock", "")}


async def test_a_day_of_silence_confirms(now, database):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    at = made.slot.starts_at
    await fetch(made, hauling.crew, at)
    await work(database)

    assert await confirming.confirm_silent(at + SILENT_FOR - timedelta(minutes=1)) == 0
    assert await confirming.confirm_silent(at + SILENT_FOR) == 1
    assert (await reading.get(made.id, at)).state == "done"
    assert await confirming.confirm_silent(at + SILENT_FOR) == 0


async def test_a_missed_pickup_is_planned_again_first_in_line(now, database):
    hauling = await make_hauling()
    made = await booked(hauling, now, hours=2)
    ends_at = made.slot.ends_at
    await make_slot(hauling, ends_at + timedelta(days=2))
    next_id = await make_slot(hauling, ends_at + timedelta(hours=18))

    assert await missed.replan(ends_at + timedelta(minutes=29)) == 0
    assert await missed.replan(ends_at + timedelta(minutes=30)) == 1
    assert await missed.replan(ends_at + timedelta(minutes=31)) == 0

    before = await reading.get(made.id, now)
    after = await reading.get(before.replaced_by_id or 0, now)
    assert (before.state, after.state, after.has_priority, after.slot.id) == ("missed", "booked", True, next_id)
    assert (await slot_row(made.slot.id))["booked"] == 0
    states = {row["id"]: row["state"] for row in await db.fetch("SELECT id, state FROM work_order")}
    assert (states[before.order_id], states[after.order_id]) == ("cancelled", "dispatched")
    facts = [row["name"] for row in await db.fetch("SELECT name FROM event_log ORDER BY id")]
    assert facts[-4:] == ["OrderCancelled", "PickupMissed", "OrderDispatched", "PickupReplanned"]
    await work(database)
    titles = await db.fetch("SELECT title_zh FROM message WHERE account_id = $1", hauling.owner.account_id)
    assert "已优先重新安排清运:湿垃圾" in {row["title_zh"] for row in titles}


async def test_whoever_is_there_has_not_missed_it_and_without_a_slot_it_waits(now, database):
    hauling = await make_hauling()
    there = await booked(hauling, now, hours=2)
    late = there.slot.ends_at + timedelta(hours=1)
    await arrive(there, hauling.crew, there.slot.starts_at)
    other_id, other = await make_owned_shop("2")
    alone = (await booking.book(other_id, wish(there.slot.id), other, now=now)).booking

    assert await missed.replan(late) == 0
    assert (await reading.get(alone.id, now)).state == "missed"
    await make_slot(hauling, late + timedelta(hours=3))
    assert await missed.replan(late) == 1
    await work(database)
    assert (await reading.get(there.id, now)).state == "assigned"


async def test_an_order_that_the_desk_cancels_gives_its_place_back_once(now):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    await orders.withdraw(made.order_id, "道路封闭", TransitionContext(actor=hauling.crew, now=now))

    for _ in range(2):
        await follow([made.order_id], now)

    assert (await reading.get(made.id, now)).state == "cancelled"
    assert tuple(await slot_row(made.slot.id))[:3] == (0, 0, 0)


async def test_units_beyond_the_year_s_base_cost_more_and_a_cancelled_one_frees_them(now):
    hauling = await make_hauling()
    await make_price(year_quota=5)
    first = await booked(hauling, now, amount=4)
    second = await booked(hauling, now, hours=30, amount=3)

    assert first.price.total_fen == 4 * 6000
    assert (second.price.within, second.price.over, second.price.total_fen) == (1, 2, 6000 + 2 * 12000)
    await db.execute(
        "INSERT INTO pickup_quota (shop_id, kind, unit, year, base) VALUES ($1, 'wet', 'bin', 2021, 8)", hauling.shop_id
    )
    third = await booked(hauling, now, hours=36, amount=2)
    assert (third.price.within, third.price.over) == (1, 1)
    await changing.cancel(first.id, "", hauling.owner, now)
    fourth = await booked(hauling, now, hours=40, amount=2)
    assert fourth.price.over == 0


async def test_a_crew_that_takes_nothing_says_why_and_the_shop_books_again(now, database):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    at = made.slot.starts_at
    said = PickupRefusal(reason=RefusalReason.HAZARDOUS, note="有电池", photo_ids=await make_photos(hauling.crew, 1))
    with pytest.raises(NotThereYet):
        await refusing.refuse(made.id, said, hauling.crew, at)
    with pytest.raises(NotOfRoute):
        await refusing.refuse(made.id, said, hauling.owner, at)
    await arrive(made, hauling.crew, at)

    refused = await refusing.refuse(made.id, said, hauling.crew, at)

    assert await refusing.refuse(made.id, said, hauling.crew, at) == refused
    assert (refused.state, refused.refusal, refused.reason) == ("refused", "hazardous", "有电池")
    assert (await slot_row(made.slot.id))["booked"] == 0
    step = await db.fetchrow("SELECT id, to_state, note FROM order_step ORDER BY id DESC LIMIT 1")
    assert (step["to_state"], "混有有害垃圾" in step["note"]) == ("cancelled", True)
    assert await db.fetchval("SELECT count(*) FROM photo_attachment WHERE subject_id = $1", step["id"]) == 1
    assert await missed.replan(at + timedelta(hours=3)) == 0
    await work(database)
    assert (await reading.get(made.id, at)).state == "refused"
    told = await db.fetch("SELECT title_zh, path FROM message WHERE account_id = $1", hauling.owner.account_id)
    assert ("未收运:湿垃圾", f"/shop/pickup/{made.id}") in {tuple(row) for row in told}
    assert (await booking.book(hauling.shop_id, wish(made.slot.id), hauling.owner, now=now)).is_new


async def test_what_the_shop_cannot_mend_is_planned_again_first_in_line(now, database):
    hauling = await make_hauling()
    made = await booked(hauling, now)
    said = PickupRefusal(reason=RefusalReason.VEHICLE)

    assert (await refusing.refuse(made.id, said, hauling.crew, now)).state == "missed"
    assert await missed.replan(now) == 1

    after_id = (await refusing.refuse(made.id, said, hauling.crew, now)).replaced_by_id
    assert (await reading.get(after_id or 0, now)).has_priority
    with pytest.raises(BookingEnded):
        other = PickupRefusal(reason=RefusalReason.BLOCKED)
        await refusing.refuse(made.id, other, hauling.crew, now)


async def test_what_was_paid_and_is_not_owed_any_more_goes_back(now, database):
    hauling = await make_hauling()
    await make_price()
    desk = await make_staff(Role.DISPATCHER)
    made = await booked(hauling, now, amount=2)
    at = made.slot.starts_at
    await fetch(made, hauling.crew, at)
    await work(database)
    await confirming.confirm(made.id, hauling.owner, at)
    payment_id = (await payments.list_of_shop(hauling.shop_id))[0].id
    with pytest.raises(NothingToReturn):
        await returning.confirm_refund(payment_id, RefundReceipt(), desk, at)
    await paying.confirm_offline(payment_id, OfflineReceipt(receipt="7"), desk, at)
    await orders.reopen(made.order_id, "没有收走", TransitionContext(actor=hauling.owner, now=at))
    await orders.cancel(made.order_id, "不收了", TransitionContext(actor=desk, now=at))
    await work(database)

    assert (await reading.get(made.id, at)).state == "cancelled"
    [owed] = await due.list_to_return(desk)
    assert (owed.id, owed.refund_fen, owed.number) == (payment_id, 12000, made.number)
    with pytest.raises(NotOfRoute):
        await returning.confirm_refund(payment_id, RefundReceipt(), hauling.crew, at)
    returned = await returning.confirm_refund(payment_id, RefundReceipt(receipt="退7"), desk, at)
    assert await returning.confirm_refund(payment_id, RefundReceipt(), desk, at + timedelta(days=1)) == returned
    assert (returned.refunded_at, returned.refund_receipt) == (at, "退7")
    assert await due.list_to_return(desk) == []
