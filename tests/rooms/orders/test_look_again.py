"""A verdict rests on what was seen: an order that has changed since is looked at again, and nothing is done."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from backend import db
from backend.orders import service as orders
from backend.orders.inputs import AskExtension, Called, CallResult, CheckIn, Decide, Reassign, Verify
from backend.orders.refusals import LookAgain
from backend.orders.service.closing import as_reporter
from backend.orders.service.merging import Merge
from backend.orders.service.moving import Mover
from backend.orders.states import TABLE, Move
from tests.makers.cases import make_join, make_neighbour
from tests.makers.orders import finish, make_accepted, make_closed, make_handled, make_order, state_of
from tests.makers.town import SmallTown, make_staffed_unit, make_town

pytestmark = pytest.mark.usefixtures("database", "photo_room")
Make = Callable[[int, SmallTown, Mover], Awaitable[object]]
JUDGING = {row.move for row in TABLE if row.judges}
WITH_ANOTHER = {Move.FIRST_PASS}
"""Made by the same request as another move of the list."""


def _by(town: SmallTown, move: Move, now: datetime, seen: int | None) -> Mover:
    if move in (Move.PASS, Move.REWORK):
        return Mover(actor=town.verifier, now=now, seen=seen)
    if move in (Move.CONFIRM, Move.DISPUTE, Move.REOPEN, Move.RATE):
        return Mover(actor=as_reporter(town.resident.account_id), now=now, seen=seen)
    return Mover(actor=town.dispatcher, now=now, seen=seen)


def _to(unit_id: int) -> Reassign:
    return Reassign(unit_id=unit_id, reason="近")


async def _merge(order_id: int, town: SmallTown, by: Mover) -> None:
    other = (await make_order(town, by.now)).receipt.order_id
    await orders.merge(order_id, Merge(into_id=other, reason="同一件事"), by)


async def _unmerge(order_id: int, town: SmallTown, by: Mover) -> None:
    await orders.unmerge(order_id, "不是同一件事", by)


MAKE: dict[Move, Make] = {
    Move.REASSIGN: lambda order_id, town, by: orders.reassign(
        order_id, Reassign(unit_id=town.unit_id, reason="近"), by
    ),
    Move.CANCEL: lambda order_id, _, by: orders.cancel(order_id, "误报", by),
    Move.GRANT_EXTENSION: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=True), by),
    Move.GRANT_SUSPENSION: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=True), by),
    Move.REFUSE: lambda order_id, _, by: orders.decide(order_id, Decide(is_granted=False, reason="不"), by),
    Move.PASS: lambda order_id, _, by: orders.verify(order_id, Verify(result="pass"), by),
    Move.REWORK: lambda order_id, _, by: orders.verify(order_id, Verify(result="fail", note="没做完"), by),
    Move.CONFIRM: lambda order_id, _, by: orders.confirm(order_id, by),
    Move.DISPUTE: lambda order_id, _, by: orders.dispute(order_id, "没做完", by),
    Move.REOPEN: lambda order_id, _, by: orders.reopen(order_id, "又来了", by),
    Move.RATE: lambda order_id, _, by: orders.rate(order_id, 5, "", by),
    Move.FOLLOW_UP: lambda order_id, _, by: orders.keep_call(order_id, Called(result=CallResult.SATISFIED), by),
    Move.MERGE: _merge,
    Move.UNMERGE: _unmerge,
}


async def _standing(town: SmallTown, move: Move, now: datetime) -> int:
    """An order in a state in which the move may be made."""
    if move in (Move.REOPEN, Move.RATE, Move.FOLLOW_UP):
        return await make_closed(town, now)
    if move in (Move.PASS, Move.REWORK):
        return await make_handled(town, now)
    if move in (Move.CONFIRM, Move.DISPUTE):
        order_id = await make_handled(town, now)
        await db.execute("ALTER TABLE order_step DISABLE TRIGGER USER")
        await db.execute("""UPDATE order_step SET detail = detail || '{"check": "merchant"}' WHERE move = 'finish'""")
        await db.execute("ALTER TABLE order_step ENABLE TRIGGER USER")
        return order_id
    order_id = await make_accepted(town, now)
    handler = Mover(actor=town.handlers[0], now=now)
    if move in (Move.GRANT_EXTENSION, Move.REFUSE):
        await orders.ask_extension(order_id, AskExtension(minutes=30, reason="缺料"), handler)
    if move is Move.UNMERGE:
        await _merge(order_id, town, Mover(actor=town.dispatcher, now=now))
    return order_id


def test_every_move_that_judges_is_tried_here():
    assert {*MAKE, *WITH_ANOTHER} == JUDGING


@pytest.mark.parametrize("move", sorted(JUDGING - WITH_ANOTHER - {Move.GRANT_SUSPENSION}))
async def test_a_verdict_on_an_order_that_has_changed_since_is_not_taken(now, move):
    town = await make_town(now)
    order_id = await _standing(town, move, now)
    seen = await _version(order_id)
    await db.execute("UPDATE work_order SET version = $2, changed_version = $2 WHERE id = $1", order_id, seen + 1)
    steps = await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id)

    with pytest.raises(LookAgain) as refused:
        await MAKE[move](order_id, town, _by(town, move, now, seen))

    assert refused.value.extra["version"] == seen + 1
    assert refused.value.extra["state"] == await state_of(order_id)
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE order_id = $1", order_id) == steps
    await MAKE[move](order_id, town, _by(town, move, now, seen + 1))


async def test_a_page_from_before_a_rework_does_not_pass_the_new_round(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    seen = await _version(order_id)
    await orders.verify(order_id, Verify(result="fail", note="没做完"), Mover(actor=town.verifier, now=now))
    await orders.check_in(order_id, CheckIn(code=town.code), Mover(actor=town.handlers[0], now=now))
    await finish(order_id, town.handlers[0], now)

    with pytest.raises(LookAgain) as refused:
        await orders.verify(order_id, Verify(result="pass"), Mover(actor=town.verifier, now=now, seen=seen))

    assert refused.value.extra["changed_move"] == "finish"
    assert await state_of(order_id) == "handled"


async def test_a_word_from_the_side_is_no_reason_to_look_again(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    seen = await _version(order_id)
    await make_join(town, order_id, await make_neighbour(), now)
    await orders.urge(order_id, "快一点", Mover(actor=town.dispatcher, now=now))

    await orders.verify(order_id, Verify(result="pass"), Mover(actor=town.verifier, now=now, seen=seen))

    assert await state_of(order_id) == "closed"


async def test_the_same_verdict_sent_twice_is_one_verdict_although_it_changed_the_order(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    tap = Mover(actor=town.verifier, now=now, key="verdict-0001", seen=await _version(order_id))

    for _ in range(2):
        await orders.verify(order_id, Verify(result="fail", note="没做完"), tap)

    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'rework'") == 1


async def test_of_two_who_reassign_an_order_at_once_one_wins(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    units = [await make_staffed_unit(kind) for kind in ("sanitation", "greening")]
    by = Mover(actor=town.dispatcher, now=now, seen=await _version(order_id))

    said = await asyncio.gather(
        *(orders.reassign(order_id, _to(unit), by) for unit in units * 3),
        return_exceptions=True,
    )

    assert [answer for answer in said if not isinstance(answer, LookAgain)] == [None]
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'reassign'") == 1


async def _version(order_id: int) -> int:
    return await db.fetchval("SELECT version FROM work_order WHERE id = $1", order_id)
