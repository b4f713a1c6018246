"""The reporters' verdict on a closed order: each of them may rate, once in each round. The first one's decides.

The first reporter's rating is the order's, and when unhappy puts it on the call-back list; the first reporter reopens.
What the others say is kept beside it and told to the desk: a stranger with the door's public code takes nobody's word.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from msgspec.structs import replace

from backend import db
from backend.orders.assignment import choosing, ownership
from backend.orders.deadlines import effects
from backend.orders.model import verdicts
from backend.orders.model.errors import NotYours, ObjectedBefore, ReasonMissing
from backend.orders.model.events import OrderObjected, OrderRated, OrderReopened
from backend.orders.model.states import State, Transition
from backend.orders.model.verdicts import Verdict
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import Applied, TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import legal_hold
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.errors import AlreadyRated, NotClosedYet, ReopenedBefore, TooLateToReopen
from backend.sql import sql

REOPEN_WITHIN_DAYS = 7
UNHAPPY = 2
"""Ratings up to this one put the order on the call-back list."""
_KEEP = """
    INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id)
    VALUES (:order_id, :account_id, :round, :kind, :score, :step_id)
"""
# Whoever was called after an earlier round is to be called again; what was said then stands in the steps.
_LIST = """
    INSERT INTO follow_up (order_id, listed_at) VALUES ($1, $2)
    ON CONFLICT (order_id) DO UPDATE SET listed_at = excluded.listed_at, result = NULL, note = '', called_by_id = NULL,
        called_at = NULL, unreached_count = 0
"""


async def rate(order_id: int, score: int, comment: str, by: TransitionContext) -> None:
    """Keep a reporter's verdict, 1 to 5, on a closed order. Raises NotClosedYet, AlreadyRated in the same round."""
    async with wait_turn(order_id):
        if (await locking.lock_order(order_id, by.actor)).state is not State.CLOSED:
            raise NotClosedYet
        await _rate(order_id, score, comment, by)


@verb(Transition.RATE)
async def _rate(order: LockedOrder, score: int, comment: str, by: TransitionContext) -> None:
    if await _has_said(order, Verdict.RATED, by):
        raise AlreadyRated
    is_first = order.first_reporter_id == by.actor.account_id
    changes = {"rating": score} if is_first else None
    moved = await transition.apply(order, Transition.RATE, by, note=comment, changes=changes, detail={"score": score})
    await _keep(order, Verdict.RATED, moved, by, score)
    if is_first and score <= UNHAPPY:
        await db.execute(_LIST, order.id, by.now)
    await recording.record_fact(OrderRated, order, moved.version, score=score)


async def say_unsolved(order_id: int, reason: str, by: TransitionContext) -> None:
    """未解决: of the first reporter it reopens the order, of any other it is kept and told. Raises as these two."""
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, by.actor)
        verb = reopen if order.first_reporter_id == by.actor.account_id else object_to
        await verb(order_id, reason, by)


@verb(Transition.REOPEN)
async def reopen(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """Begin anew since the first reporter says that nothing was solved; once, within seven days.

    Raises NotYours for anybody else, ReasonMissing, ReopenedBefore, TooLateToReopen.
    """
    await _reopen(order, reason.strip(), by)


async def reopen_by_call(order: LockedOrder, said: str, by: TransitionContext) -> None:
    """The same for the first reporter, who said so on the telephone, within the transaction of whoever called.

    Raises NotYours where nobody reported it, ReasonMissing, ReopenedBefore, TooLateToReopen.
    """
    if order.first_reporter_id is None:
        raise NotYours
    if not said.strip():
        raise ReasonMissing
    reporter = replace(by, actor=as_reporter(order.first_reporter_id), idempotency_key=None)
    await _reopen(order, said.strip(), reporter, {"called_by_id": by.actor.account_id})


async def _reopen(
    order: LockedOrder, said: str, by: TransitionContext, more: Mapping[str, Any] = MappingProxyType({})
) -> None:
    _require_reopenable(order, by)
    owner = ownership.of(order, await choosing.choose_again(order, by.now))
    changes = {"reopen_count": order.reopen_count + 1, "rating": None, **owner.changes}
    detail = {**owner.detail, **more}
    moved = await transition.apply(order, Transition.REOPEN, by, note=said, changes=changes, detail=detail)
    await _keep(order, Verdict.UNSOLVED, moved, by)
    await effects.restart(order, by)
    await legal_hold.hold_photos(order, said, by)
    await recording.record_fact(OrderReopened, order, moved.version, reason=said, **owner.changes)


@verb(Transition.OBJECT)
async def object_to(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """反映未解决: keep that a later reporter still sees it, and tell the desk; once in each round, within seven days.

    Raises NotYours for the first reporter, who reopens instead, ReasonMissing, ObjectedBefore, TooLateToReopen.
    """
    said = reason.strip()
    if await _has_said(order, Verdict.UNSOLVED, by):
        raise ObjectedBefore
    _require_in_time(order, by)
    moved = await transition.apply(order, Transition.OBJECT, by, note=said)
    await _keep(order, Verdict.UNSOLVED, moved, by)
    await legal_hold.hold_photos(order, said, by)
    await recording.record_fact(OrderObjected, order, moved.version, reason=said)


async def _has_said(order: LockedOrder, kind: Verdict, by: TransitionContext) -> bool:
    return await verdicts.has_said(order.id, by.actor.account_id, order.reopen_count, kind)


async def _keep(
    order: LockedOrder, kind: Verdict, moved: Applied, by: TransitionContext, score: int | None = None
) -> None:
    verdict = sql(
        _KEEP,
        order_id=order.id,
        account_id=by.actor.account_id,
        round=order.reopen_count,
        kind=kind.value,
        score=score,
        step_id=moved.step_id,
    )
    await db.execute(verdict)


def _require_reopenable(order: LockedOrder, by: TransitionContext) -> None:
    if order.reopen_count:
        raise ReopenedBefore
    _require_in_time(order, by)


def _require_in_time(order: LockedOrder, by: TransitionContext) -> None:
    if order.closed_at is not None and by.now - order.closed_at > timedelta(days=REOPEN_WITHIN_DAYS):
        raise TooLateToReopen(days=REOPEN_WITHIN_DAYS)
