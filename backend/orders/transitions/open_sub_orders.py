"""The parts of an order, which are other units' sub-orders: an order ends with them or after them, as its move says.

Both sides are looked at with the order locked: no part is added to it meanwhile, and none comes to life again.
"""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.errors import ParentEnded, SubOrdersOpen
from backend.orders.model.states import ENDED, Parts, State, quoted
from backend.orders.model.transition_table import TransitionRule, is_possible
from backend.orders.transitions import locking
from backend.orders.transitions.locking import LockedOrder

_OPEN = f"SELECT id, number FROM work_order WHERE parent_id = $1 AND state NOT IN ({quoted(ENDED)}) ORDER BY id"
_PARENT = "SELECT number, state FROM work_order WHERE id = $1 FOR SHARE"


async def list_open(order: LockedOrder) -> list[str]:
    """The numbers of the parts on which another unit still works."""
    return [row["number"] for row in await db.fetch(_OPEN, order.id)]


async def require_all_ended(order: LockedOrder) -> None:
    """Raises SubOrdersOpen while another unit still works on its part."""
    if numbers := await list_open(order):
        raise SubOrdersOpen(numbers)


async def list_to_end(order: LockedOrder, row: TransitionRule, actor: Actor) -> list[LockedOrder]:
    """The parts that end with the order by this move, locked. Raises SubOrdersOpen where they are waited for."""
    found = await db.fetch(_OPEN, order.id)
    if found and row.parts is Parts.WAITED_FOR:
        raise SubOrdersOpen([part["number"] for part in found])
    found_parts = [await locking.lock_order(part["id"], actor, beyond_scope=True) for part in found]
    going_on = [part for part in found_parts if part.state not in ENDED]
    if waiting := [part.number for part in going_on if not is_possible(part.state, row.move)]:
        raise SubOrdersOpen(waiting)
    return going_on


async def require_whole(order: LockedOrder) -> None:
    """Raises ParentEnded where the order is a part of one that has ended: nobody would wait for it."""
    if order.parent_id is None:
        return
    parent = await db.fetchrow(_PARENT, order.parent_id)
    if parent and State(parent["state"]) in ENDED:
        raise ParentEnded(number=parent["number"])
