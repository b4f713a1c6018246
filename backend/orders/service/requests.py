"""What a handler asks for and the desk decides: more time (延期), or a pause (挂账); and the end of a pause."""

from backend import db
from backend.orders.errors import NoRequest, RequestPending
from backend.orders.events import OrderResumed, RequestAsked, RequestDecided
from backend.orders.inputs import AskExtension, AskSuspension, Decide
from backend.orders.queries import LockedOrder
from backend.orders.service import clocks, moving
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move

EXTENSION, SUSPENSION = "extension", "suspension"
_GRANT = {EXTENSION: Move.GRANT_EXTENSION, SUSPENSION: Move.GRANT_SUSPENSION}
_ASK = """
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (order_id) WHERE decided_at IS NULL DO NOTHING RETURNING id
"""
_DECIDE = """
    UPDATE order_request SET decided_by_id = $2, decided_at = $3, is_granted = $4
    WHERE order_id = $1 AND decided_at IS NULL RETURNING kind, minutes
"""
_PENDING = "SELECT kind, minutes FROM order_request WHERE order_id = $1 AND decided_at IS NULL"


async def ask_extension(order_id: int, asked: AskExtension, by: Mover) -> None:
    """申请延期: ask for more minutes on the order's own clock. Raises RequestPending."""
    await _ask(order_id, Move.ASK_EXTENSION, EXTENSION, asked.minutes, asked.reason, by)


async def ask_suspension(order_id: int, asked: AskSuspension, by: Mover) -> None:
    """申请挂账: ask to put the order aside. Raises RequestPending."""
    await _ask(order_id, Move.ASK_SUSPENSION, SUSPENSION, None, asked.reason, by)


async def decide(order_id: int, decision: Decide, by: Mover) -> None:
    """审批: grant or refuse what is waiting. Raises NoRequest."""
    async with turn(order_id):
        pending = await db.fetchrow(_PENDING, order_id)
        move = _GRANT[pending["kind"]] if pending and decision.is_granted else Move.REFUSE
        order = await moving.begin(order_id, move, by, decision)
        if order is None:
            return
        if pending is None:
            raise NoRequest
        reason = decision.reason if decision.is_granted else moving.require_reason(decision.reason)
        decided = await db.fetchrow(_DECIDE, order.id, by.actor.account_id, by.now, decision.is_granted)
        if decided is None or decided["kind"] != pending["kind"]:  # another was asked before the lock was ours
            raise NoRequest
        detail = {"kind": decided["kind"], "minutes": decided["minutes"]}
        moved = await moving.carry_out(order, move, by, note=reason, detail=detail)
        await _apply(order, move, decided["minutes"], reason, by)
        told = {"kind": decided["kind"], "is_granted": decision.is_granted, "reason": reason}
        await moving.tell(RequestDecided, order, moved.version, **told)


async def resume(order_id: int, by: Mover) -> None:
    """恢复处置: take a suspended order up again; its clock goes on."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.RESUME, by, None)
        if order is None:
            return
        moved = await moving.carry_out(order, Move.RESUME, by)
        await clocks.resume(order, by)
        await moving.tell(OrderResumed, order, moved.version)


async def _apply(order: LockedOrder, move: Move, minutes: int | None, reason: str, by: Mover) -> None:
    """Let the clocks follow what was granted."""
    if move is Move.GRANT_EXTENSION and minutes:
        await clocks.extend(order, minutes, by, reason)
    elif move is Move.GRANT_SUSPENSION:
        await clocks.pause(order, by, reason)


async def _ask(order_id: int, move: Move, kind: str, minutes: int | None, reason: str, by: Mover) -> None:
    async with turn(order_id):
        order = await moving.begin(order_id, move, by, {"minutes": minutes, "reason": reason})
        if order is None:
            return
        said = moving.require_reason(reason)
        if await db.fetchval(_ASK, order.id, kind, minutes, said, by.actor.account_id, by.now) is None:
            raise RequestPending
        moved = await moving.carry_out(order, move, by, note=said, detail={"minutes": minutes})
        await moving.tell(RequestAsked, order, moved.version, kind=kind, reason=said)
