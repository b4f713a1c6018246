"""Every move of an order's life on a real database."""

from datetime import timedelta

import asyncpg
import pytest

from backend import db
from backend.geo.points import Datum, Fix
from backend.orders import verbs as orders
from backend.orders.arrivals.errors import FixTooVague, TooFarAway
from backend.orders.model.errors import (
    CheckInMissing,
    EvidenceMissing,
    KeyUsedBefore,
    MoveForbidden,
    NotYours,
    OrderNotFound,
    ReasonMissing,
)
from backend.orders.model.inputs import CheckInInput, Finish, Verify
from backend.orders.transitions.transition import TransitionContext
from media.errors import PhotosNotUsable
from tests.makers.orders import make_accepted, make_handled, make_on_site, make_order, make_photos, state_of
from tests.makers.town import DOOR, FAR_AWAY, make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_an_order_is_born_dispatched_to_the_unit_and_the_person_on_duty(now):
    town = await make_town(now)

    receipt = (await make_order(town, now)).receipt

    row = await db.fetchrow("SELECT * FROM work_order WHERE id = $1", receipt.order_id)
    assert (row["state"], row["unit_id"], row["handler_id"]) == (
        "dispatched",
        town.unit_id,
        town.handlers[0].account_id,
    )
    assert row["respond_by"] - now == timedelta(minutes=3)
    assert row["resolve_by"] - now == timedelta(minutes=15)


async def test_a_second_handler_is_told_who_was_first(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(MoveForbidden) as refused:
        await orders.accept(order_id, TransitionContext(actor=town.handlers[1], now=now))

    assert refused.value.extra["changed_by"] == town.handlers[0].name
    assert refused.value.extra["state"] == "accepted"


async def test_the_same_tap_sent_twice_is_carried_out_once(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    tap = TransitionContext(actor=town.handlers[0], now=now, idempotency_key="tap-00000001")

    await orders.accept(order_id, tap)
    await orders.accept(order_id, tap)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1 AND move = 'accept'", order_id) == 1


async def test_a_key_that_was_used_for_another_move_is_refused_and_nothing_happens(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    tap = TransitionContext(actor=town.handlers[0], now=now, idempotency_key="tap-00000001")
    await orders.accept(order_id, tap)

    with pytest.raises(KeyUsedBefore) as refused:
        await orders.check_in(order_id, CheckInInput(code=town.code), tap)

    assert refused.value.extra["earlier_move"] == "accept"
    assert await state_of(order_id) == "accepted"


async def test_a_check_in_far_away_is_refused_with_the_distance(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    far = CheckInInput(point=Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat, accuracy_m=10))

    with pytest.raises(TooFarAway) as refused:
        await orders.check_in(order_id, far, TransitionContext(actor=town.handlers[0], now=now))

    assert refused.value.extra["distance_m"] > 10_000
    assert refused.value.extra["radius_m"] == 80
    assert await state_of(order_id) == "accepted"


async def test_a_vague_position_never_passes_by_itself(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    vague = CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=500))

    with pytest.raises(FixTooVague):
        await orders.check_in(order_id, vague, TransitionContext(actor=town.handlers[0], now=now))


async def test_a_position_in_another_datum_is_converted_before_it_is_measured(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    gcj02 = CheckInInput(point=Fix(lng=121.557955, lat=31.176415, accuracy_m=5, datum=Datum.GCJ02))

    await orders.check_in(order_id, gcj02, TransitionContext(actor=town.handlers[0], now=now))

    assert await db.fetchval("SELECT distance_m FROM check_in WHERE order_id = $1", order_id) < 1


async def test_nobody_finishes_without_having_been_there(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    with pytest.raises(CheckInMissing):
        await orders.finish(order_id, Finish(), TransitionContext(actor=town.handlers[0], now=now))


async def test_missing_photos_are_named_and_nothing_is_half_done(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    after = await make_photos(town.handlers[0])

    with pytest.raises(EvidenceMissing) as refused:
        await orders.finish(order_id, Finish(photo_ids=after), TransitionContext(actor=town.handlers[0], now=now))

    assert refused.value.extra["missing"] == {"before": 1}
    assert await state_of(order_id) == "on_site"


async def test_photos_of_somebody_else_are_no_evidence(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    before, after = await make_photos(town.resident, 2)

    with pytest.raises(PhotosNotUsable):
        evidence = Finish(before_photo_ids=[before], photo_ids=[after])
        await orders.finish(order_id, evidence, TransitionContext(actor=town.handlers[0], now=now))

    assert await state_of(order_id) == "on_site"


async def test_one_photo_cannot_be_before_and_after(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    (photo,) = await make_photos(town.handlers[0])

    with pytest.raises(EvidenceMissing):
        evidence = Finish(before_photo_ids=[photo], photo_ids=[photo])
        await orders.finish(order_id, evidence, TransitionContext(actor=town.handlers[0], now=now))


async def test_a_colleague_cannot_finish_what_another_accepted(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)

    with pytest.raises(NotYours):
        await orders.finish(order_id, Finish(), TransitionContext(actor=town.handlers[1], now=now))


async def test_rework_needs_a_reason_and_goes_back_to_the_handler(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    verifier = TransitionContext(actor=town.verifier, now=now)

    with pytest.raises(ReasonMissing):
        await orders.verify(order_id, Verify(result="fail", note=" "), verifier)
    await orders.verify(order_id, Verify(result="fail", note="还有两辆"), verifier)

    row = await db.fetchrow("SELECT state, rework_count, finished_at FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("accepted", 1, None)


async def test_a_passed_order_is_closed(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "closed"


async def test_a_stranger_s_order_is_not_there(now):
    town = await make_town(now, handlers=1)
    order_id = (await make_order(town, now)).receipt.order_id
    stranger = town.handlers[0].__class__(account_id=10**6, name="", grants=())

    with pytest.raises(OrderNotFound):
        await orders.accept(order_id, TransitionContext(actor=stranger, now=now))


async def test_the_database_refuses_to_rewrite_a_step(now):
    town = await make_town(now)
    await make_order(town, now)

    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("UPDATE order_step SET note = 'x'")
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM order_step")


async def test_every_move_leaves_one_step_and_one_fact(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    steps = await db.fetch("SELECT move FROM order_step WHERE order_id = $1 ORDER BY id", order_id)
    facts = await db.fetch("SELECT name FROM event_log WHERE subject_id = $1 ORDER BY id", order_id)
    assert [row["move"] for row in steps] == ["open", "accept", "check_in", "finish"]
    assert [row["name"] for row in facts] == ["OrderDispatched", "OrderAccepted", "HandlerArrived", "OrderFinished"]
