"""商户确认: whoever asked for the work has the first word, until the time to verify is over."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden, NotYours, ReasonMissing
from backend.orders.model.inputs import CheckInInput, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.errors import AwaitsMerchant
from backend.reports import queries as tracking
from backend.reports import service as reports
from backend.reports.structs import Submission
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import BASE_URL, finish, make_closed, make_handled, make_photos, state_of, verified_by
from tests.makers.town import TOWN, SmallTown, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
PASS, FAIL = Verify(result="pass"), Verify(result="fail", note="没好")


@pytest.fixture(autouse=True)
async def merchants_confirm(database):
    async with verified_by("merchant_confirm"):
        yield


def merchant(town: SmallTown, now) -> TransitionContext:
    return TransitionContext(actor=as_reporter(town.resident.account_id), now=now)


async def verify_by(order_id: int):
    return await db.fetchval("SELECT verify_by FROM work_order WHERE id = $1", order_id)


async def test_the_merchant_s_word_closes_the_order(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    await orders.confirm(order_id, merchant(town, now))

    assert await state_of(order_id) == "closed"
    step = await db.fetchrow("SELECT actor_id, actor_role FROM order_step WHERE move = 'confirm'")
    assert tuple(step) == (town.resident.account_id, "reporter")


async def test_the_merchant_is_asked_and_the_verifiers_are_not(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    facts = await db.fetch("SELECT name FROM event_log WHERE subject_id = $1 ORDER BY id DESC LIMIT 1", order_id)
    assert [fact["name"] for fact in facts] == ["ConfirmationAsked"]


async def test_what_the_merchant_disputes_goes_back_with_the_clock_restored_and_its_photos_held(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    before = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)

    with pytest.raises(ReasonMissing):
        await orders.dispute(order_id, " ", merchant(town, now))
    await orders.dispute(order_id, "还剩两袋", merchant(town, now + timedelta(minutes=20)))

    row = await db.fetchrow("SELECT state, rework_count, resolve_by FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("accepted", 1, before + timedelta(minutes=20))
    held = await db.fetch("SELECT hold_reason FROM photo")
    assert len(held) == 3
    assert all(photo["hold_reason"].endswith("还剩两袋") for photo in held)
    assert await db.fetchval("SELECT count(*) FROM photo_act WHERE act = 'hold'") == 3


async def test_a_verifier_may_not_pass_before_the_merchant_s_time_is_over_and_may_afterwards(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    until = await verify_by(order_id)

    with pytest.raises(AwaitsMerchant) as refused:
        await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=until - timedelta(seconds=1)))
    assert refused.value.extra["until"] == until
    await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=until))

    assert await state_of(order_id) == "closed"


async def test_a_verifier_may_always_send_it_back(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    await orders.verify(order_id, FAIL, TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "accepted"


async def test_the_verifier_reads_until_when_the_merchant_may_answer(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    order = await reads.get_order(order_id, town.verifier, now)

    assert order.verification is not None
    assert (order.verification.check, order.verification.confirm_by) == ("merchant", await verify_by(order_id))


async def test_nobody_else_has_the_word_neither_a_neighbour_nor_the_handler(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_handled(town, now)
    await make_join(town, order_id, neighbour, now)

    for stranger in (as_reporter(neighbour.account_id), town.handlers[0], town.verifier):
        with pytest.raises(NotYours):
            await orders.confirm(order_id, TransitionContext(actor=stranger, now=now))
        with pytest.raises(NotYours):
            await orders.dispute(order_id, "x", TransitionContext(actor=stranger, now=now))


async def test_what_the_merchant_wrote_is_not_for_the_neighbours(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_handled(town, now)
    own = await db.fetchval("SELECT tracking_token FROM report")
    joined = (await make_join(town, order_id, neighbour, now)).receipt.tracking_token
    await orders.dispute(order_id, "还剩两袋", merchant(town, now))

    notes = {token: (await tracking.get_tracking(token, now)).steps[-1].note for token in (own, joined)}

    assert notes == {own: "还剩两袋", joined: ""}


async def test_the_merchant_s_page_asks_and_the_neighbour_s_does_not(now):
    town, neighbour = await make_town(now), await make_neighbour()
    order_id = await make_handled(town, now)
    own = await db.fetchval("SELECT tracking_token FROM report")
    joined = (await make_join(town, order_id, neighbour, now)).receipt.tracking_token

    asked = {token: (await tracking.get_tracking(token, now)).may_confirm for token in (own, joined)}

    assert asked == {own: True, joined: False}


async def test_a_merchant_who_tries_something_else_reads_what_is_possible(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)

    with pytest.raises(MoveForbidden) as refused:
        await orders.reopen(order_id, "没好", merchant(town, now))

    assert {"confirm", "dispute"} <= set(refused.value.extra["allowed"])


async def test_what_staff_asked_for_goes_to_a_verifier_at_once(now):
    town = await make_town(now)
    committee = await make_actor("居委", Role.COMMITTEE, TOWN)
    photos = await make_photos(committee)
    submission = Submission(idempotency_key="client-0001", code=town.code, item="A101", photo_ids=photos)
    order_id = (await reports.submit(submission, committee, base_url=BASE_URL, now=now)).receipt.order_id
    by = TransitionContext(actor=town.handlers[0], now=now)
    await orders.accept(order_id, by)
    await orders.check_in(order_id, CheckInInput(code=town.code), by)
    await finish(order_id, town.handlers[0], now)

    with pytest.raises(NotYours):
        await orders.confirm(order_id, TransitionContext(actor=committee, now=now))
    await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "closed"


async def test_after_two_disputes_a_verifier_decides(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    for _ in range(2):
        await orders.dispute(order_id, "没好", merchant(town, now))
        await orders.check_in(
            order_id, CheckInInput(code=town.code), TransitionContext(actor=town.handlers[0], now=now)
        )
        await finish(order_id, town.handlers[0], now)

    with pytest.raises(NotYours):
        await orders.dispute(order_id, "没好", merchant(town, now))
    await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "closed"


async def test_the_merchant_s_word_sent_twice_is_kept_once_and_too_late_it_is_refused(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    tap = TransitionContext(actor=as_reporter(town.resident.account_id), now=now, idempotency_key="tap-00000001")

    await orders.confirm(order_id, tap)
    await orders.confirm(order_id, tap)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'confirm'") == 1
    with pytest.raises(MoveForbidden):
        await orders.dispute(order_id, "没好", merchant(town, now))


async def test_photos_of_an_order_that_is_reopened_are_held(now):
    async with verified_by("inspector_check"):
        town = await make_town(now)
        order_id = await make_closed(town, now)

    await orders.reopen(order_id, "还在", merchant(town, now))

    assert await db.fetchval("SELECT count(*) FROM photo WHERE hold_reason IS NOT NULL") == 3
