"""边界调整: an order that goes on lies where its position lies today, also after a border was moved.

Ended orders keep the area in which they were handled; the history of their place tells of them all the same. Each order
is a transaction of its own, begun by locking its row, and repeating changes nothing: whoever breaks off, or comes at
the same time, leaves nothing half done. Whoever does not answer there any more lets go of the order.
"""

from datetime import datetime
from typing import Any

import asyncpg
from msgspec.structs import replace

from backend import db
from backend.accounts import queries as accounts
from backend.items import queries as items
from backend.orders.assignment import choosing, handing_over, ownership
from backend.orders.deadlines import effects
from backend.orders.model import transition_table
from backend.orders.model.events import OrderCommitteeChanged, OrderRezoned
from backend.orders.model.states import Transition, quoted
from backend.orders.transitions import each_alone, locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from backend.places import sql

_STATES = quoted(transition_table.rule_of(Transition.REZONE).sources)
# What no outline covers stays where it is: nothing says that it lies elsewhere.
_ASTRAY = f"""
    SELECT o.id, {sql.AREA_AROUND} AS area_code, coalesce(cell.code, '') AS grid_code
    FROM work_order o {sql.around("o.loc::geometry")}
    WHERE o.state IN ({_STATES}) AND {sql.AREA_AROUND} IS NOT NULL
      AND (o.area_code, o.grid_code) IS DISTINCT FROM ({sql.AREA_AROUND}, coalesce(cell.code, ''))
"""
_TOWN = 9
_TIMEOUT_S = 600


async def rezone(now: datetime) -> int:
    """Let every order that goes on follow the borders of today. Returns how many moved.

    One that cannot be moved is logged and holds up no other.
    """
    async with db.connection() as connection:
        astray = await connection.fetch(f"{_ASTRAY} ORDER BY o.id", timeout=_TIMEOUT_S)
    ids = [row["id"] for row in astray]
    return await each_alone.count_done(ids, lambda order_id: rezone_one(order_id, now), "order_not_rezoned")


async def rezone_one(order_id: int, now: datetime) -> bool:
    """Move one order to the area and cell around its position. False when it lies there, or has ended."""
    async with db.transaction():
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        lies = await db.fetchrow(f"{_ASTRAY} AND o.id = $1", order_id)
        if lies is None:
            return False
        await _move(order, lies, TransitionContext(actor=SYSTEM_ACTOR, now=now))
        await handing_over.hand_over_one(order_id, now)
        return True


async def _move(order: LockedOrder, lies: asyncpg.Record, by: TransitionContext) -> None:
    there = {"area_code": lies["area_code"], "grid_code": lies["grid_code"]}
    detail = {"from_area": order.area_code, "from_grid": order.grid_code, **there}
    moved = await transition.apply(order, Transition.REZONE, by, changes=there, detail=detail)
    await effects.rewrite([order.id], "rezone", by.now, actor=SYSTEM_ACTOR)
    here, version = replace(order, **there, version=moved.version), moved.version
    new_owner: dict[str, Any] = {}
    if not await _answers(here):
        owner = ownership.of(here, await choosing.choose_next(here, by.now))
        handed = await transition.apply(
            here,
            Transition.HAND_OVER,
            by,
            changes=owner.changes,
            detail={"from_handler": order.handler_id, **owner.detail},
        )
        new_owner, version = owner.changes, handed.version
    if new_owner or order.area_code[:_TOWN] != here.area_code[:_TOWN]:
        await recording.record_fact(OrderRezoned, here, version, from_area=order.area_code, **new_owner)
    else:
        await recording.record_silently(OrderCommitteeChanged, here, version, from_area=order.area_code)


async def _answers(order: LockedOrder) -> bool:
    """Whether whoever has the order still answers for it where it lies now, or cannot let go of it.

    A unit answers where a rule names it, or within its own area. The centre has what no rule gives to anybody. Who
    helps with an order was asked by hand, and work that waits for its verifier is done.
    """
    if order.parent_id is not None or not transition_table.is_possible(order.state, Transition.HAND_OVER):
        return True
    named = [rule.unit_id for rule in await items.list_rules(order.item_code, order.area_code)]
    if order.unit_id is None:
        return not named
    unit = await accounts.find_unit(order.unit_id)
    return order.unit_id in named or (unit is not None and order.area_code.startswith(unit.area_code))
