"""The call-back list: unhappy reporters, what happened since, and how a call ends."""

import pytest

from backend import db
from backend.orders import verbs as orders
from backend.orders.desk import list_calls
from backend.orders.model.errors import ReasonMissing
from backend.orders.model.inputs import Called, CallResult
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.errors import CalledAlready
from tests.makers.orders import make_closed, state_of
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")


async def test_an_order_that_was_reopened_stays_on_the_list_with_what_happened(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    reporter = TransitionContext(actor=as_reporter(town.resident.account_id), now=now)
    await orders.rate(order_id, 1, "still there", reporter)

    await orders.reopen(order_id, "the pipe drips", reporter)

    (call,) = (await list_calls(town.dispatcher, done=False, limit=10)).items
    assert (call.order_id, call.rating, call.state) == (order_id, 1, "dispatched")
    assert (call.reopened_at, call.reopened_for, call.reopen_until) == (now, "the pipe drips", None)


async def test_three_calls_in_vain_end_the_call_back(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 1, "", TransitionContext(actor=as_reporter(town.resident.account_id), now=now))
    by, missed = TransitionContext(actor=town.dispatcher, now=now), Called(result=CallResult.UNREACHED)

    await orders.record_call(order_id, missed, by)
    await orders.record_call(order_id, missed, by)
    (waiting,) = (await list_calls(town.dispatcher, done=False, limit=10)).items
    await orders.record_call(order_id, missed, by)

    assert (waiting.result, waiting.unreached_count) == ("unreached", 2)
    assert (await list_calls(town.dispatcher, done=False, limit=10)).items == []
    (done,) = (await list_calls(town.dispatcher, done=True, limit=10)).items
    assert (done.result, done.unreached_count) == ("unreachable", 3)
    with pytest.raises(CalledAlready):
        await orders.record_call(order_id, missed, by)


async def test_whoever_is_unsatisfied_on_the_telephone_has_it_done_again_in_their_words(now):
    town = await make_town(now)
    order_id = await make_closed(town, now)
    await orders.rate(order_id, 2, "", TransitionContext(actor=as_reporter(town.resident.account_id), now=now))
    by = TransitionContext(actor=town.dispatcher, now=now)
    with pytest.raises(ReasonMissing):
        await orders.record_call(order_id, Called(result=CallResult.UNSATISFIED, reopens=True), by)

    await orders.record_call(order_id, Called(result=CallResult.UNSATISFIED, note="it drips", reopens=True), by)

    assert await state_of(order_id) == "dispatched"
    steps = await db.fetch(
        """SELECT move, actor_id, note, (detail ->> 'called_by_id')::bigint AS called_by FROM order_step
           WHERE move IN ('follow_up', 'reopen') ORDER BY id"""
    )
    assert [tuple(step) for step in steps] == [
        ("follow_up", town.dispatcher.account_id, "it drips", None),
        ("reopen", town.resident.account_id, "it drips", town.dispatcher.account_id),
    ]
    (done,) = (await list_calls(town.dispatcher, done=True, limit=10)).items
    assert (done.result, done.state, done.reopened_for) == ("unsatisfied", "dispatched", "it drips")
