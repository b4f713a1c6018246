"""The end of an order's life: somebody else verifies, the reporter rates."""

from backend import db
from backend.accounts.structs import Actor
from backend.orders import queries
from backend.orders.errors import AlreadyRated, NotClosedYet, ReasonMissing
from backend.orders.events import OrderClosed, OrderRated, OrderSentBack
from backend.orders.service import moving
from backend.orders.service.moving import Mover
from backend.orders.states import Move, State
from backend.orders.structs import Verify

_RATE = "UPDATE work_order SET rating = $2, version = version + 1 WHERE id = $1 AND rating IS NULL RETURNING version"


async def verify(order_id: int, verdict: Verify, by: Mover) -> None:
    """Pass the fix, which closes the order, or send it back with a reason. Never the handler's own work."""
    passed = verdict.result == "pass"
    if not passed and not verdict.note.strip():
        raise ReasonMissing
    move = Move.PASS if passed else Move.REWORK
    async with db.transaction():
        order = await moving.begin(order_id, move, by)
        if order is None:
            return
        moved = await moving.carry_out(order, move, by, note=verdict.note)
        if passed:
            await moving.tell(OrderClosed, order, moved.version)
        else:
            await moving.tell(OrderSentBack, order, moved.version, reason=verdict.note)


async def rate(order_id: int, score: int, comment: str, by: Mover) -> None:
    """Keep the reporter's verdict, 1 to 5, once, on a closed order. `by` is the account that opened the order."""
    async with db.transaction():
        order = await queries.lock_order(order_id, by.actor)
        if order.state is not State.CLOSED:
            raise NotClosedYet
        version = await db.fetchval(_RATE, order.id, score)
        if version is None:
            raise AlreadyRated
        await moving.append_step(order, Move.RATE, order.state.value, by, note=comment)
        await moving.tell(OrderRated, order, version, score=score)


def as_reporter(account_id: int) -> Actor:
    """The reporter as an actor, for whoever holds the tracking link."""
    return Actor(account_id=account_id, name="", grants=())
