"""What all moves share: lock and check the order, change its state, append the step, tell the fact.

A move that the state forbids raises MoveForbidden with who was first; a person who may not make it gets NotYours.
"""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.geo.points import Fix
from backend.orders import queries, rules, states
from backend.orders.errors import MoveForbidden, NotYours
from backend.orders.events import OrderFact
from backend.orders.queries import LockedOrder
from backend.orders.states import Move

_MOVE = """
    UPDATE work_order SET state = $2, version = version + 1,
        handler_id = coalesce($3, handler_id),
        accepted_at = CASE WHEN $4 = 'accept' THEN $5 ELSE accepted_at END,
        arrived_at = CASE WHEN $4 = 'check_in' THEN $5 ELSE arrived_at END,
        finished_at = CASE WHEN $4 = 'finish' THEN $5 WHEN $4 = 'rework' THEN NULL ELSE finished_at END,
        closed_at = CASE WHEN $4 = 'pass' THEN $5 ELSE closed_at END,
        rework_count = rework_count + CASE WHEN $4 = 'rework' THEN 1 ELSE 0 END
    WHERE id = $1 RETURNING version
"""
_STEP = """
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, captured_at,
        point, accuracy_m, datum, note, idempotency_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_SetSRID(ST_MakePoint($9, $10), 4326)::geography, $11, $12, $13, $14)
    RETURNING id
"""


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """Who moves and when: `key` is the phone's Idempotency-Key, `captured_at` the tap on the phone."""

    actor: Actor
    now: datetime
    key: str | None = None
    captured_at: datetime | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    step_id: int
    version: int


async def begin(order_id: int, move: Move, by: Mover, fix: Fix | None = None) -> LockedOrder | None:
    """Lock the order for a move. None when this very request was already carried out."""
    order = await queries.lock_order(order_id, by.actor, fix.wgs84() if fix else None)
    if await queries.find_replayed_step(order_id, by.actor, by.key):
        return None
    if not states.may_move(order.state, move):
        await _refuse(order, by.actor)
    if not rules.may_make(by.actor, move, _ownership(order)):
        raise NotYours
    return order


async def carry_out(order: LockedOrder, move: Move, by: Mover, *, fix: Fix | None = None, note: str = "") -> Moved:
    """Change the state and append the step."""
    row = states.row_of(move)
    handler_id = by.actor.account_id if move is Move.ACCEPT else None
    version = await db.fetchval(_MOVE, order.id, row.target.value, handler_id, move.value, by.now)
    step_id = await append_step(order, move, row.target.value, by, fix=fix, note=note)
    return Moved(step_id=step_id, version=version)


async def append_step(
    order: LockedOrder, move: Move, to_state: str, by: Mover, *, fix: Fix | None = None, note: str = ""
) -> int:
    """Append one step, without changing the order."""
    point = fix.wgs84() if fix else None
    return await db.fetchval(
        _STEP,
        order.id,
        move.value,
        order.state.value,
        to_state,
        by.actor.account_id,
        _role_of(by.actor, move, order.area_code),
        by.now,
        by.captured_at,
        point.lng if point else None,
        point.lat if point else None,
        fix.accuracy_m if fix else None,
        fix.datum.value if fix else None,
        note,
        by.key,
    )


async def tell(kind: type[OrderFact], order: LockedOrder, version: int, **body: Any) -> None:
    """Record a fact about this order for everyone concerned."""
    handler_id = body.pop("handler_id", order.handler_id)
    people = (order.opened_by_id, handler_id)
    await events.record(
        kind(
            subject_id=order.id,
            version=version,
            area_code=order.area_code,
            unit_id=order.unit_id,
            account_ids=tuple(person for person in people if person is not None),
            number=order.number,
            item_code=order.item_code,
            item_zh=order.item_zh,
            item_en=order.item_en,
            place=order.place,
            handler_id=handler_id,
            opened_by_id=order.opened_by_id,
            **body,
        )
    )


async def _refuse(order: LockedOrder, actor: Actor) -> None:
    last = await queries.get_last_mover(order.id)
    allowed = [
        row.move.value for row in states.moves_from(order.state) if rules.may_make(actor, row.move, _ownership(order))
    ]
    raise MoveForbidden(state=order.state.value, changed_by=last.name, changed_at=last.at, allowed=allowed)


def _ownership(order: LockedOrder) -> rules.Ownership:
    return rules.Ownership(order.area_code, order.unit_id, order.handler_id)


def _role_of(actor: Actor, move: Move, area_code: str) -> str:
    """The role in which the actor makes this move, for the record."""
    if move in (Move.OPEN, Move.RATE):
        return "reporter"
    wanted = states.row_of(move).roles
    return next(grant.role.value for grant in actor.grants if grant.role in wanted and area_code.startswith(grant.area))
