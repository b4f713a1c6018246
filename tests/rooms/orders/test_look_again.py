"""A verdict rests on what was seen: an order that has changed since is looked at again, and nothing is done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from backend import db
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.errors import OrderChanged
from backend.orders.model.inputs import (
    AskExtension,
    Called,
    CallResult,
    CheckInInput,
    Decide,
    Reassign,
    Release,
    Verify,
)
from backend.orders.model.states import Transition
from backend.orders.model.transition_table import TABLE
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from tests.makers.cases import make_join, make_neighbour
from tests.makers.duty import make_volunteer
from tests.makers.orders import finish, make_accepted, make_closed, make_handled, make_order, state_of
from tests.makers.town import SmallTown, make_staffed_unit, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
Make = Callable[[int, SmallTown, TransitionContext], Awaitable[object]]
JUDGING = {row.move for row in TABLE if row.judges}
WITH_ANOTHER = {Transition.FIRST_PASS}
"""Made by the same request as another move of the list."""


def _by(town: SmallTown, move: Transition, now: datetime, seen: int | None) -> TransitionContext:
    if move in (Transition.PASS, Transition.REWORK):
        return TransitionContext(actor=town.verifier, now=now, seen=seen)
    if move in (Transition.CONFIRM, Transition.DISPUTE, Transition.REOPEN, Transition.RATE):
        return TransitionContext(actor=as_reporter(town.resident.account_id), now=now, seen=seen)
    return TransitionContext(actor=town.dispatcher, now=now, seen=seen)


def _to(unit_id: int) -> Reassign:
    return Reassign(unit_id=unit_id, reason="近")


async def _merge(order_id: int, town: SmallTown, by: TransitionContext) -> None:
    other = (await make_order(town, by.now)).receipt.order_id
    await orders.merge(order_id, Merge(into_id=other, reason="同一件事"), by)


async def _unmerge(order_id: int, town: SmallTown, by: TransitionContext) -> None:
    await orders.unmerge(order_id, "不是同一件事", by)


MAKE: dict[Transition, Make] = {
    Transition.REASSIGN: lambda order_id, town, by: orders.reassign(
        order_id, Reassign(unit_id=town.unit_id, reason="近"), by
    ),
    Transition.RELEASE: lambda order_id, _, by: orders.release(order_id, Release(), by),
    Transition.CANCEL: lambda order_id, _, by: orders.cancel(order_id, "误报", by),
    Transition.GRANT_EXTENSION: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=True), by),
    Transition.GRANT_SUSPENSION: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=True), by),
    Transition.REFUSE: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=False, reason="不"), by),
    Transition.PASS: lambda order_id, _, by: orders.verify(order_id, Verify(result="pass"), by),
    Transition.REWORK: lambda order_id, _, by: orders.verify(order_id, Verify(result="fail", note="没做完"), by),
    Transition.CONFIRM: lambda order_id, _, by: orders.confirm(order_id, by),
    Transition.DISPUTE: lambda order_id, _, by: orders.dispute(order_id, "没做完", by),
    Transition.REOPEN: lambda order_id, _, by: orders.reopen(order_id, "又来了", by),
    Transition.RATE: lambda order_id, _, by: orders.rate(order_id, 5, "", by),
    Transition.FOLLOW_UP: lambda order_id, _, by: orders.record_call(order_id, Called(result=CallResult.SATISFIED), by),
    Transition.MERGE: _merge,
    Transition.UNMERGE: _unmerge,
}


async def _standing(town: SmallTown, move: Transition, now: datetime) -> int:
    """An order in a state in which the move may be made."""
    if move in (Transition.REOPEN, Transition.RATE, Transition.FOLLOW_UP):
        return await make_closed(town, now)
    if move in (Transition.PASS, Transition.REWORK):
        return await make_handled(town, now)
    if move in (Transition.CONFIRM, Transition.DISPUTE):
        order_id = await make_handled(town, now)
        await db.execute("ALTER TABLE order_step DISABLE TRIGGER USER")
        await db.execute("""UPDATE order_step SET detail = detail || '{"check": "merchant"}' WHERE move = 'finish'""")
        await db.execute("ALTER TABLE order_step ENABLE TRIGGER USER")
        return order_id
    if move is Transition.RELEASE:
        await make_volunteer(now)
        return (await make_order(town, now)).receipt.order_id
    order_id = await make_accepted(town, now)
    handler = TransitionContext(actor=town.handlers[0], now=now)
    if move in (Transition.GRANT_EXTENSION, Transition.REFUSE):
        await orders.ask_extension(order_id, AskExtension(minutes=30, reason="缺料"), handler)
    if move is Transition.UNMERGE:
        await _merge(order_id, town, TransitionContext(actor=town.dispatcher, now=now))
    return order_id


def test_every_move_that_judges_is_tried_here():
    assert {*MAKE, *WITH_ANOTHER} == JUDGING


@pytest.mark.parametrize("move", sorted(JUDGING - WITH_ANOTHER - {Transition.GRANT_SUSPENSION}))
async def test_a_verdict_on_an_order_that_has_changed_since_is_not_taken(now, move):
    town = await make_town(now)
    order_id = await _standing(town, move, now)
    seen = await _version(order_id)
    await db.execute("UPDATE work_order SET version = $2, changed_version = $2 WHERE id = $1", order_id, seen + 1)
    steps = await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id)

    with pytest.raises(OrderChanged) as refused:
        await MAKE[move](order_id, town, _by(town, move, now, seen))

    assert refused.value.extra["version"] == seen + 1
    assert refused.value.extra["state"] == await state_of(order_id)
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id) == steps
    await MAKE[move](order_id, town, _by(town, move, now, seen + 1))


async def test_a_page_from_before_a_rework_does_not_pass_the_new_round(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    seen = await _version(order_id)
    await orders.verify(order_id, Verify(result="fail", note="没做完"), TransitionContext(actor=town.verifier, now=now))
    await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=town.handlers[0], now=now))
    await finish(order_id, town.handlers[0], now)

    with pytest.raises(OrderChanged) as refused:
        await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now, seen=seen))

    assert refused.value.extra["changed_move"] == "finish"
    assert await state_of(order_id) == "handled"


async def test_a_word_from_the_side_is_no_reason_to_look_again(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    seen = await _version(order_id)
    await make_join(town, order_id, await make_neighbour(), now)
    await orders.urge(order_id, "快一点", TransitionContext(actor=town.dispatcher, now=now))

    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now, seen=seen))

    assert await state_of(order_id) == "closed"


async def test_the_same_verdict_sent_twice_is_one_verdict_although_it_changed_the_order(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    tap = TransitionContext(actor=town.verifier, now=now, idempotency_key="verdict-0001", seen=await _version(order_id))

    for _ in range(2):
        await orders.verify(order_id, Verify(result="fail", note="没做完"), tap)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'rework'") == 1


async def test_of_two_who_reassign_an_order_at_once_one_wins(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    units = [await make_staffed_unit(kind) for kind in ("sanitation", "greening")]
    by = TransitionContext(actor=town.dispatcher, now=now, seen=await _version(order_id))

    said = await asyncio.gather(
        *(orders.reassign(order_id, _to(unit), by) for unit in units * 3),
        return_exceptions=True,
    )

    assert [answer for answer in said if not isinstance(answer, OrderChanged)] == [None]
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'reassign'") == 1


async def _version(order_id: int) -> int:
    return await db.fetchval("SELECT version FROM work_order WHERE id = $1", order_id)
