"""The reporters' verdict on a closed order: each of them may rate, once in each round. The first one's decides.

The first reporter's rating is the order's, and when unhappy puts it on the call-back list; the first reporter reopens.
What the others say is kept beside it and told to the desk: a stranger with the door's public code takes nobody's word.
"""

from datetime import timedelta

from backend import db
from backend.orders import queries
from backend.orders.errors import AlreadyRated, NotClosedYet, ObjectedBefore, ReopenedBefore, TooLateToReopen
from backend.orders.events import OrderObjected, OrderRated, OrderReopened
from backend.orders.queries import LockedOrder, choosing, verdicts
from backend.orders.queries.verdicts import Verdict
from backend.orders.service import clocks, disputing, moving, owners
from backend.orders.service.moving import Moved, Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move, State

REOPEN_WITHIN_DAYS = 7
UNHAPPY = 2
"""Ratings up to this one put the order on the call-back list."""
_KEEP = "INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id) VALUES ($1, $2, $3, $4, $5, $6)"
# Whoever was called after an earlier round is to be called again; what was said then stands in the steps.
_LIST = """
    INSERT INTO follow_up (order_id, listed_at) VALUES ($1, $2)
    ON CONFLICT (order_id) DO UPDATE SET listed_at = excluded.listed_at, result = NULL, note = '', called_by_id = NULL,
        called_at = NULL
"""


async def rate(order_id: int, score: int, comment: str, by: Mover) -> None:
    """Keep a reporter's verdict, 1 to 5, on a closed order. Raises NotClosedYet, AlreadyRated in the same round."""
    async with turn(order_id):
        if (await queries.lock_order(order_id, by.actor)).state is not State.CLOSED:
            raise NotClosedYet
        order = await moving.begin(order_id, Move.RATE, by, {"score": score, "comment": comment})
        if order is None:
            return
        if await _has_said(order, Verdict.RATED, by):
            raise AlreadyRated
        is_first = order.first_reporter_id == by.actor.account_id
        changes = {"rating": score} if is_first else None
        moved = await moving.carry_out(order, Move.RATE, by, note=comment, changes=changes, detail={"score": score})
        await _keep(order, Verdict.RATED, moved, by, score)
        if is_first and score <= UNHAPPY:
            await db.execute(_LIST, order.id, by.now)
        await moving.tell(OrderRated, order, moved.version, score=score)


async def say_unsolved(order_id: int, reason: str, by: Mover) -> None:
    """未解决: of the first reporter it reopens the order, of any other it is kept and told. Raises as these two."""
    async with turn(order_id):
        order = await queries.lock_order(order_id, by.actor)
        verb = reopen if order.first_reporter_id == by.actor.account_id else object_to
        await verb(order_id, reason, by)


async def reopen(order_id: int, reason: str, by: Mover) -> None:
    """Begin anew since the first reporter says that nothing was solved; once, within seven days.

    Raises NotYours for anybody else, ReasonMissing, ReopenedBefore, TooLateToReopen.
    """
    async with turn(order_id):
        order = await moving.begin(order_id, Move.REOPEN, by, {"reason": reason})
        if order is None:
            return
        said = moving.require_reason(reason)
        _require_reopenable(order, by)
        owner = owners.of(order, await choosing.choose_again(order, by.now))
        changes = {"reopen_count": order.reopen_count + 1, "rating": None, **owner.changes}
        moved = await moving.carry_out(order, Move.REOPEN, by, note=said, changes=changes, detail=owner.detail)
        await _keep(order, Verdict.UNSOLVED, moved, by)
        await clocks.restart(order, by)
        await disputing.hold_photos(order, said, by)
        await moving.tell(OrderReopened, order, moved.version, reason=said, **owner.changes)


async def object_to(order_id: int, reason: str, by: Mover) -> None:
    """反映未解决: keep that a later reporter still sees it, and tell the desk; once in each round, within seven days.

    Raises NotYours for the first reporter, who reopens instead, ReasonMissing, ObjectedBefore, TooLateToReopen.
    """
    async with turn(order_id):
        order = await moving.begin(order_id, Move.OBJECT, by, {"reason": reason})
        if order is None:
            return
        said = moving.require_reason(reason)
        if await _has_said(order, Verdict.UNSOLVED, by):
            raise ObjectedBefore
        _require_in_time(order, by)
        moved = await moving.carry_out(order, Move.OBJECT, by, note=said)
        await _keep(order, Verdict.UNSOLVED, moved, by)
        await disputing.hold_photos(order, said, by)
        await moving.tell(OrderObjected, order, moved.version, reason=said)


async def _has_said(order: LockedOrder, kind: Verdict, by: Mover) -> bool:
    return await verdicts.has_said(order.id, by.actor.account_id, order.reopen_count, kind)


async def _keep(order: LockedOrder, kind: Verdict, moved: Moved, by: Mover, score: int | None = None) -> None:
    await db.execute(_KEEP, order.id, by.actor.account_id, order.reopen_count, kind.value, score, moved.step_id)


def _require_reopenable(order: LockedOrder, by: Mover) -> None:
    if order.reopen_count:
        raise ReopenedBefore
    _require_in_time(order, by)


def _require_in_time(order: LockedOrder, by: Mover) -> None:
    if order.closed_at is not None and by.now - order.closed_at > timedelta(days=REOPEN_WITHIN_DAYS):
        raise TooLateToReopen(days=REOPEN_WITHIN_DAYS)
