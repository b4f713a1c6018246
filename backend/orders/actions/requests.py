"""What a handler asks for and the desk decides: more time (延期), or a pause (挂账); and the end of a pause."""

from backend import db
from backend.orders.actions.errors import NoRequest, RequestPending
from backend.orders.deadlines import effects
from backend.orders.model.events import OrderResumed, RequestAsked, RequestDecided
from backend.orders.model.inputs import AskExtension, AskSuspension, Decide
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql

EXTENSION, SUSPENSION = "extension", "suspension"
_GRANT = {EXTENSION: Transition.GRANT_EXTENSION, SUSPENSION: Transition.GRANT_SUSPENSION}
_ASK = """
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at)
    VALUES (:order_id, :kind, :minutes, :reason, :asked_by_id, :asked_at)
    ON CONFLICT (order_id) WHERE decided_at IS NULL DO NOTHING RETURNING id
"""
_DECIDE = """
    UPDATE order_request SET decided_by_id = $2, decided_at = $3, is_granted = $4
    WHERE order_id = $1 AND decided_at IS NULL RETURNING kind, minutes
"""
_PENDING = "SELECT kind, minutes FROM order_request WHERE order_id = $1 AND decided_at IS NULL"


async def ask_extension(order_id: int, asked: AskExtension, by: TransitionContext) -> None:
    """申请延期: ask for more minutes on the order's own clock. Raises RequestPending."""
    await _ask(order_id, Transition.ASK_EXTENSION, EXTENSION, asked.minutes, asked.reason, by)


async def ask_suspension(order_id: int, asked: AskSuspension, by: TransitionContext) -> None:
    """申请挂账: ask to put the order aside. Raises RequestPending."""
    await _ask(order_id, Transition.ASK_SUSPENSION, SUSPENSION, None, asked.reason, by)


async def decide(order_id: int, decision: Decide, by: TransitionContext) -> None:
    """审批: grant or refuse what is waiting. Raises NoRequest."""
    async with wait_turn(order_id):
        pending = await db.fetchrow(_PENDING, order_id)
        move = _GRANT[pending["kind"]] if pending and decision.is_granted else Transition.REFUSE
        order = await transition.prepare(order_id, move, by, decision)
        if order is None:
            return
        if pending is None:
            raise NoRequest
        reason = decision.reason if decision.is_granted else transition.require_reason(decision.reason)
        decided = await db.fetchrow(_DECIDE, order.id, by.actor.account_id, by.now, decision.is_granted)
        if decided is None or decided["kind"] != pending["kind"]:  # another was asked before the lock was ours
            raise NoRequest
        detail = {"kind": decided["kind"], "minutes": decided["minutes"]}
        moved = await transition.apply(order, move, by, note=reason, detail=detail)
        await _apply(order, move, decided["minutes"], reason, by)
        told = {"kind": decided["kind"], "is_granted": decision.is_granted, "reason": reason}
        await recording.record_fact(RequestDecided, order, moved.version, **told)


async def resume(order_id: int, by: TransitionContext) -> None:
    """恢复处置: take a suspended order up again; its clock goes on."""
    async with wait_turn(order_id):
        order = await transition.prepare(order_id, Transition.RESUME, by, None)
        if order is None:
            return
        moved = await transition.apply(order, Transition.RESUME, by)
        await effects.resume(order, by)
        await recording.record_fact(OrderResumed, order, moved.version)


async def _apply(order: LockedOrder, move: Transition, minutes: int | None, reason: str, by: TransitionContext) -> None:
    """Let the clocks follow what was granted."""
    if move is Transition.GRANT_EXTENSION and minutes:
        await effects.extend(order, minutes, by, reason)
    elif move is Transition.GRANT_SUSPENSION:
        await effects.pause(order, by, reason)


async def _ask(
    order_id: int, move: Transition, kind: str, minutes: int | None, reason: str, by: TransitionContext
) -> None:
    async with wait_turn(order_id):
        order = await transition.prepare(order_id, move, by, {"minutes": minutes, "reason": reason})
        if order is None:
            return
        said = transition.require_reason(reason)
        row = {"order_id": order.id, "kind": kind, "minutes": minutes, "reason": said}
        if await db.fetchval(sql(_ASK, **row, asked_by_id=by.actor.account_id, asked_at=by.now)) is None:
            raise RequestPending
        moved = await transition.apply(order, move, by, note=said, detail={"minutes": minutes})
        await recording.record_fact(RequestAsked, order, moved.version, kind=kind, reason=said)
