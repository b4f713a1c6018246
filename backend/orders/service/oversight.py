"""What the desk and the street do from above: urge, supervise, cancel; and the reporter's own urging."""

from datetime import datetime, timedelta

from backend import db
from backend.orders.errors import UrgedLately
from backend.orders.events import OrderCancelled, OrderSupervised, OrderUrged
from backend.orders.service import moving
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move

URGE_EVERY = timedelta(minutes=30)
_LAST_URGED = "SELECT max(at) FROM order_step WHERE order_id = $1 AND actor_id = $2 AND move = 'urge'"


async def urge(order_id: int, note: str, by: Mover) -> None:
    """催办: remind whoever has it; each person once in half an hour. Raises UrgedLately."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.URGE, by, {"note": note})
        if order is None:
            return
        _require_patience(await db.fetchval(_LAST_URGED, order.id, by.actor.account_id), by.now)
        moved = await moving.carry_out(order, Move.URGE, by, note=note)
        await moving.tell(OrderUrged, order, moved.version, note=note)


async def supervise(order_id: int, note: str, by: Mover) -> None:
    """督办: take the order under one's own eyes; the supervisor is told at every stage from now on."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.SUPERVISE, by, {"note": note})
        if order is None:
            return
        changes = {"supervisor_id": by.actor.account_id}
        moved = await moving.carry_out(order, Move.SUPERVISE, by, note=note, changes=changes)
        await moving.tell(OrderSupervised, order, moved.version, note=note)


async def cancel(order_id: int, reason: str, by: Mover) -> None:
    """作废: end an order that should not have been opened, with a reason."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.CANCEL, by, {"reason": reason})
        if order is None:
            return
        said = moving.require_reason(reason)
        moved = await moving.carry_out(order, Move.CANCEL, by, note=said)
        await moving.tell(OrderCancelled, order, moved.version, reason=said)


def _require_patience(last: datetime | None, now: datetime) -> None:
    if last is not None and now - last < URGE_EVERY:
        raise UrgedLately(wait_min=int((URGE_EVERY - (now - last)).total_seconds() // 60) + 1)
