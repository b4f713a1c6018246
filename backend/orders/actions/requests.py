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
from backend.orders.transitions.verb import carry_out, verb
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
_PENDING = "SELECT kind FROM order_request WHERE order_id = $1 AND decided_at IS NULL"


@verb(Transition.ASK_EXTENSION)
async def ask_extension(order: LockedOrder, request: AskExtension, by: TransitionContext) -> None:
    """申请延期: ask for more minutes on the order's own clock. Raises RequestPending."""
    await _ask(order, Transition.ASK_EXTENSION, EXTENSION, request.minutes, request.reason, by)


@verb(Transition.ASK_SUSPENSION)
async def ask_suspension(order: LockedOrder, request: AskSuspension, by: TransitionContext) -> None:
    """申请挂账: ask to put the order aside. Raises RequestPending."""
    await _ask(order, Transition.ASK_SUSPENSION, SUSPENSION, None, request.reason, by)


async def decide(order_id: int, decision: Decide, by: TransitionContext) -> None:
    """审批: grant or refuse what is waiting. Raises NoRequest."""
    async with wait_turn(order_id):
        kind = await db.fetchval(_PENDING, order_id)
        # Where nothing waits, a refusal needs no reason to be told so.
        move = Transition.REFUSE if kind and not decision.is_granted else _GRANT[kind or EXTENSION]
        await carry_out(move, order_id, by, decision, lambda order: _decide(order, move, kind, decision, by))


@verb(Transition.RESUME)
async def resume(order: LockedOrder, by: TransitionContext) -> None:
    """恢复处置: take a suspended order up again; its clock goes on."""
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
    order: LockedOrder, move: Transition, kind: str, minutes: int | None, reason: str, by: TransitionContext
) -> None:
    said = reason.strip()
    row = {"order_id": order.id, "kind": kind, "minutes": minutes, "reason": said}
    if await db.fetchval(sql(_ASK, **row, asked_by_id=by.actor.account_id, asked_at=by.now)) is None:
        raise RequestPending
    moved = await transition.apply(order, move, by, note=said, detail={"minutes": minutes})
    await recording.record_fact(RequestAsked, order, moved.version, kind=kind, reason=said)


async def _decide(
    order: LockedOrder, move: Transition, kind: str | None, decision: Decide, by: TransitionContext
) -> None:
    if kind is None:
        raise NoRequest
    decided = await db.fetchrow(_DECIDE, order.id, by.actor.account_id, by.now, decision.is_granted)
    if decided is None or decided["kind"] != kind:  # another was asked before the lock was ours
        raise NoRequest
    reason, minutes = decision.reason.strip(), decided["minutes"]
    moved = await transition.apply(order, move, by, note=reason, detail={"kind": kind, "minutes": minutes})
    await _apply(order, move, minutes, reason, by)
    facts = {"kind": kind, "is_granted": decision.is_granted, "reason": reason}
    await recording.record_fact(RequestDecided, order, moved.version, **facts)
