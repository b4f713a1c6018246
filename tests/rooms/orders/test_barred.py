"""A pass that would be refused is not offered, and whoever verifies reads why: the hand in it, the help, the others."""

from datetime import datetime

import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.errors import AppError
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.errors import HandledByYou, MoveForbidden
from backend.orders.model.inputs import CheckInInput, CoHandle, Reassign, Verify
from backend.orders.reads import OrderFilter, verification_queue
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.orders import finish, make_accepted, make_handled, make_on_site, verified_by
from tests.makers.town import TOWN, SmallTown, also_verifier, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")
PASS = Verify(result="pass")


async def make_handed_over(town: SmallTown, now: datetime) -> int:
    """Accepted by the first handler, given to the second, who finished it."""
    second = town.handlers[1]
    order_id = await make_accepted(town, now)
    to = Reassign(unit_id=town.unit_id, handler_id=second.account_id, reason="换人")
    await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=now))
    await orders.accept(order_id, TransitionContext(actor=second, now=now))
    await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=second, now=now))
    await finish(order_id, second, now)
    return order_id


async def said_of(order_id: int, reader: Actor, now: datetime) -> tuple[set[str], str | None]:
    """The verdicts that the order offers to this reader, why not all of them, and that a pass is refused just so.

    The queue holds what may be passed, and nothing else.
    """
    order = await reads.get_order(order_id, reader, now)
    assert order.verification is not None
    queue = await verification_queue.view_queue(reader, [], now)
    assert (queue.waiting, queue.next_id) == ((1, order_id) if "pass" in order.allowed else (0, None))
    if order.verification.barred_by:
        with pytest.raises(AppError) as refused:
            await orders.verify(order_id, PASS, TransitionContext(actor=reader, now=now))
        assert refused.value.code == order.verification.barred_by
    return {"pass", "rework"} & set(order.allowed), order.verification.barred_by


@pytest.mark.parametrize("hand", [0, 1])
async def test_who_had_a_hand_in_it_now_or_earlier_is_offered_no_verdict(now, hand):
    town = await make_town(now)
    order_id = await make_handed_over(town, now)

    assert await said_of(order_id, also_verifier(town.handlers[hand]), now) == (set(), "handled-by-you")


async def test_the_list_offers_it_neither(now):
    town = await make_town(now)
    await make_handed_over(town, now)

    (mine,) = (await reads.list_orders(also_verifier(town.handlers[0]), OrderFilter(), limit=9)).items
    (other,) = (await reads.list_orders(town.verifier, OrderFilter(), limit=9)).items

    assert {"pass", "rework"} & set(mine.allowed) == set()
    assert {"pass", "rework"} <= set(other.allowed)


async def test_the_queue_begins_with_the_least_time_left_and_passes_over_what_was_put_off(now):
    town = await make_town(now)
    slow, urgent = await make_handled(town, now), await make_handled(town, now)
    await db.execute("UPDATE work_order SET verify_by = $2 WHERE id = $1", urgent, now)

    seen = [await verification_queue.view_queue(town.verifier, later, now) for later in ([], [urgent], [slow, urgent])]

    assert [(each.waiting, each.later, each.next_id) for each in seen] == [(2, 0, urgent), (2, 1, slow), (2, 2, None)]


async def test_a_move_that_the_state_forbids_names_no_verdict_to_whoever_had_a_hand_in_it(now):
    town = await make_town(now)
    order_id = await make_handed_over(town, now)

    with pytest.raises(MoveForbidden) as refused:
        await orders.accept(order_id, TransitionContext(actor=also_verifier(town.handlers[0]), now=now))

    assert {"pass", "rework", "first_pass"} & set(refused.value.extra["allowed"]) == set()


async def test_somebody_else_is_offered_both_verdicts(now):
    town = await make_town(now)
    order_id = await make_handed_over(town, now)

    assert await said_of(order_id, town.verifier, now) == ({"pass", "rework"}, None)


async def test_the_first_of_two_verifiers_may_only_send_it_back(now):
    town = await make_town(now)
    second = await make_actor("核查员二", Role.VERIFIER, TOWN)
    async with verified_by("two_person_check"):
        order_id = await make_handled(town, now)
        await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))

        assert await said_of(order_id, town.verifier, now) == ({"rework"}, "verified-by-you")
        assert await said_of(order_id, second, now) == ({"pass", "rework"}, None)


async def test_while_others_help_it_can_only_be_sent_back(now):
    town = await make_town(now)
    helper = await make_unit("sanitation")
    order_id = await make_on_site(town, now)
    by = TransitionContext(actor=town.handlers[0], now=now)
    await orders.co_handle(order_id, CoHandle(unit_id=helper, reason="需清扫"), by)
    await finish(order_id, town.handlers[0], now)

    assert await said_of(order_id, town.verifier, now) == ({"rework"}, "sub-orders-open")


async def test_while_the_merchant_has_the_word_it_can_only_be_sent_back(now):
    town = await make_town(now)
    async with verified_by("merchant_confirm"):
        order_id = await make_handled(town, now)

    assert await said_of(order_id, town.verifier, now) == ({"rework"}, "awaits-merchant")


async def test_who_verifies_nothing_here_is_told_of_no_bar(now):
    town = await make_town(now)
    order_id = await make_handed_over(town, now)

    assert await said_of(order_id, town.handlers[0], now) == (set(), None)


@pytest.mark.parametrize("confirms", [True, False])
async def test_a_merchant_who_worked_on_it_earlier_has_no_say(now, confirms):
    town = await make_town(now)
    async with verified_by("merchant_confirm"):
        order_id = await make_handled(town, now)
    await _let_have_worked(order_id, town.resident)
    merchant = TransitionContext(actor=as_reporter(town.resident.account_id), now=now)

    with pytest.raises(HandledByYou):
        await (orders.confirm(order_id, merchant) if confirms else orders.dispute(order_id, "没好", merchant))


async def _let_have_worked(order_id: int, person: Actor) -> None:
    """As if this person had accepted it before somebody else did."""
    await db.execute(
        "INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, note, detail)"
        " SELECT order_id, move, from_state, to_state, $2, actor_role, at, note, detail FROM order_step"
        " WHERE order_id = $1 AND move = 'accept'",
        order_id,
        person.account_id,
    )
