"""Every exit from the straight way, on a real database: counted, approved, refused, taken up again."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.actions.errors import NoRequest, RequestPending, UrgedLately
from backend.orders.assignment.errors import HandlerUnknown
from backend.orders.model.errors import MoveForbidden, NotYours, SubOrdersOpen
from backend.orders.model.inputs import (
    AskExtension,
    AskSuspension,
    Called,
    CallResult,
    CoHandle,
    Decide,
    MakeSafe,
    Reassign,
    Return,
    ReturnReason,
    SelfHandled,
    Verify,
)
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.errors import ReopenedBefore, TooLateToReopen, VerifiedByYou
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.orders import (
    make_accepted,
    make_closed,
    make_handled,
    make_on_site,
    make_order,
    make_photos,
    state_of,
)
from tests.makers.town import TOWN, make_actor, make_shift, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database")
NOT_OURS = Return(reason=ReturnReason.NOT_OURS)


async def test_the_first_return_goes_to_the_next_unit_that_answers_and_the_second_to_the_centre(now):
    town = await make_town(now)
    other = await make_unit("chengguan_patrol", TOWN[:6])
    colleague = await make_actor("区巡查员", Role.HANDLER, TOWN[:6], unit_id=other)
    await make_shift(colleague, other, now, TOWN[:6])
    order_id = await make_accepted(town, now)

    await orders.give_back(order_id, NOT_OURS, TransitionContext(actor=town.handlers[0], now=now))
    row = await db.fetchrow("SELECT state, unit_id, handler_id, accepted_at FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("dispatched", other, colleague.account_id, None)

    await orders.give_back(order_id, NOT_OURS, TransitionContext(actor=colleague, now=now))
    row = await db.fetchrow("SELECT state, unit_id, handler_id, hop_count FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("dispatched", None, None, 2)


async def test_the_centre_gives_an_order_to_a_person_of_a_unit(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    to = Reassign(unit_id=town.unit_id, handler_id=town.handlers[1].account_id, reason="就近")

    await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=now))

    handler_id = await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id)
    assert handler_id == town.handlers[1].account_id
    with pytest.raises(HandlerUnknown):
        nobody = Reassign(unit_id=town.unit_id, handler_id=town.resident.account_id, reason="x")
        await orders.reassign(order_id, nobody, TransitionContext(actor=town.dispatcher, now=now))


async def test_an_extension_that_is_granted_moves_the_deadline_and_one_refused_does_not(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    handler, desk = (
        TransitionContext(actor=town.handlers[0], now=now),
        TransitionContext(actor=town.dispatcher, now=now),
    )
    before = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)

    await orders.ask_extension(order_id, AskExtension(minutes=30, reason="车多"), handler)
    with pytest.raises(RequestPending):
        await orders.ask_suspension(order_id, AskSuspension(reason="下雨"), handler)
    await orders.decide(order_id, Decide(is_granted=False, reason="不同意"), desk)
    assert await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id) == before

    await orders.ask_extension(order_id, AskExtension(minutes=30, reason="车多"), handler)
    await orders.decide(order_id, Decide(is_granted=True), desk)
    after = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)
    assert after - before == timedelta(minutes=30)
    with pytest.raises(NoRequest):
        await orders.decide(order_id, Decide(is_granted=True), desk)


async def test_a_suspended_order_waits_and_its_clock_with_it(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    before = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)
    later = now + timedelta(minutes=10)

    await orders.ask_suspension(
        order_id, AskSuspension(reason="等配件"), TransitionContext(actor=town.handlers[0], now=now)
    )
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))
    assert await state_of(order_id) == "suspended"
    await orders.resume(order_id, TransitionContext(actor=town.handlers[0], now=later))

    assert await state_of(order_id) == "accepted"
    after = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)
    assert after - before == timedelta(minutes=10)


async def test_only_the_desk_decides_what_a_handler_asks(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    handler = TransitionContext(actor=town.handlers[0], now=now)
    await orders.ask_extension(order_id, AskExtension(minutes=30, reason="车多"), handler)

    with pytest.raises(NotYours):
        await orders.decide(order_id, Decide(is_granted=True), handler)


async def test_an_order_waits_for_those_who_help_with_it(now):
    town = await make_town(now)
    helper_unit = await make_unit("sanitation")
    order_id = await make_accepted(town, now)
    handler = TransitionContext(actor=town.handlers[0], now=now)

    opened = await orders.co_handle(order_id, CoHandle(unit_id=helper_unit, reason="需清扫"), handler)
    await orders.check_in(order_id, _at(town), handler)
    await _finish(order_id, town, now)
    with pytest.raises(SubOrdersOpen):
        await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    await orders.cancel(opened.order_id, "已一并处理", TransitionContext(actor=town.dispatcher, now=now))
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "closed"
    assert await db.fetchval("SELECT parent_id FROM work_order WHERE id = $1", opened.order_id) == order_id


async def test_urging_is_heard_once_in_half_an_hour(now):
    town = await make_town(now)
    submitted = await make_order(town, now)
    token = submitted.receipt.tracking_token

    await reports.urge(token, "还没来", idempotency_key=None, now=now)
    with pytest.raises(UrgedLately) as refused:
        await reports.urge(token, "还没来", idempotency_key=None, now=now + timedelta(minutes=10))
    await reports.urge(token, "还没来", idempotency_key=None, now=now + timedelta(minutes=31))

    assert refused.value.extra["wait_min"] == 21


async def test_a_supervisor_is_named_in_every_later_fact(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id

    await orders.supervise(order_id, "重点", TransitionContext(actor=town.dispatcher, now=now))
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))

    told = await db.fetchval("SELECT account_ids FROM event_log WHERE name = 'OrderAccepted'")
    assert town.dispatcher.account_id in told


async def test_a_cancelled_order_is_over(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await orders.cancel(order_id, "误报", TransitionContext(actor=town.dispatcher, now=now))

    with pytest.raises(MoveForbidden) as refused:
        await orders.check_in(order_id, _at(town), TransitionContext(actor=town.handlers[0], now=now))

    assert refused.value.extra["allowed"] == []


async def test_an_inspector_closes_at_once_what_was_fixed_at_once(now):
    town = await make_town(now)
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)
    (seen,) = await make_photos(inspector)
    submission = {"idempotency_key": "client-0009", "code": town.code, "item": "A101", "photo_ids": [seen]}
    receipt = (await reports.submit(Submission(**submission), inspector, base_url="http://x", now=now)).receipt
    before, after = await make_photos(inspector, 2)

    fixed = SelfHandled(before_photo_ids=[before], after_photo_ids=[after])
    await orders.self_handle(receipt.order_id, fixed, TransitionContext(actor=inspector, now=now))

    row = await db.fetchrow("SELECT state, handler_id FROM work_order WHERE id = $1", receipt.order_id)
    assert tuple(row) == ("closed", inspector.account_id)


async def test_made_safe_is_a_step_of_its_own(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    photos = await make_photos(town.handlers[0])

    await orders.make_safe(order_id, MakeSafe(photo_ids=photos), TransitionContext(actor=town.handlers[0], now=now))

    row = await db.fetchrow("SELECT state, made_safe_at FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("on_site", now)


async def test_two_persons_must_look_where_the_item_says_so(now):
    town = await make_town(now)
    await db.execute("UPDATE item SET verify_mode = 'two_person_check' WHERE code = 'A101'")
    try:
        order_id = await make_handled(town, now)
        first = TransitionContext(actor=town.verifier, now=now)
        second = TransitionContext(actor=await make_actor("核查员二", Role.VERIFIER, TOWN), now=now)

        await orders.verify(order_id, Verify(result="pass"), first)
        assert await state_of(order_id) == "handled"
        with pytest.raises(VerifiedByYou):
            await orders.verify(order_id, Verify(result="pass"), first)
        await orders.verify(order_id, Verify(result="pass"), second)
        assert await state_of(order_id) == "closed"
    finally:
        await db.execute("UPDATE item SET verify_mode = 'photo_auto' WHERE code = 'A101'")


async def test_a_reporter_reopens_once_within_seven_days(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    reporter = as_reporter(town.resident.account_id)

    with pytest.raises(TooLateToReopen):
        await orders.reopen(order_id, "还在", TransitionContext(actor=reporter, now=now + timedelta(days=8)))
    await orders.reopen(order_id, "还在", TransitionContext(actor=reporter, now=now + timedelta(days=1)))
    row = await db.fetchrow("SELECT state, closed_at, respond_by FROM work_order WHERE id = $1", order_id)
    assert (row["state"], row["closed_at"]) == ("dispatched", None)
    assert row["respond_by"] > now + timedelta(days=1)

    await _again_to_the_end(order_id, town, now + timedelta(days=1))
    with pytest.raises(ReopenedBefore):
        await orders.reopen(order_id, "还在", TransitionContext(actor=reporter, now=now + timedelta(days=2)))


async def test_an_unhappy_rating_is_called_back(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)

    await orders.rate(order_id, 1, "没解决", TransitionContext(actor=as_reporter(town.resident.account_id), now=now))
    assert await db.fetchval("SELECT count(*) FROM follow_up WHERE result IS NULL") == 1
    call = Called(result=CallResult.SATISFIED, note="已说明")
    await orders.record_call(order_id, call, TransitionContext(actor=town.dispatcher, now=now))

    assert await db.fetchval("SELECT result FROM follow_up WHERE order_id = $1", order_id) == "satisfied"


def _at(town):
    from backend.orders.model.inputs import CheckInInput

    return CheckInInput(code=town.code)


async def _finish(order_id, town, now):
    from backend.orders.model.inputs import Finish

    before, after = await make_photos(town.handlers[0], 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, TransitionContext(actor=town.handlers[0], now=now))


async def _again_to_the_end(order_id, town, now):
    handler = TransitionContext(actor=town.handlers[0], now=now)
    await orders.accept(order_id, handler)
    await orders.check_in(order_id, _at(town), handler)
    await _finish(order_id, town, now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
