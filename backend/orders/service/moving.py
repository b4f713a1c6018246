"""What all moves share: lock and check the order, change its state, append the step, tell the fact.

A move that the state forbids raises MoveForbidden with who was first; a person who may not make it gets NotYours.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NoReturn

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.geo.points import Fix
from backend.orders import queries, rules, states
from backend.orders.errors import MoveForbidden, NotYours, ReasonMissing
from backend.orders.events import OrderFact
from backend.orders.queries import LockedOrder, hands
from backend.orders.refusals import HandledByYou, KeyUsedBefore
from backend.orders.service import clocks, photo_links
from backend.orders.states import STATE_ZH, Move, State, Who
from backend.orders.verification import Check

_CHANGEABLE = frozenset(
    (
        *("accepted_at", "arrived_at", "made_safe_at", "finished_at", "closed_at", "cancelled_at"),
        *("unit_id", "handler_id", "supervisor_id", "rework_count", "hop_count", "reopen_count", "rating"),
        *("merged_into_id", "root_cause_of"),
    )
)
_ONE_REQUEST = (
    {Move.PASS, Move.FIRST_PASS},
    {Move.GRANT_EXTENSION, Move.GRANT_SUSPENSION, Move.REFUSE},
)
"""What one request may turn out to be, by the state in which it finds the order."""
_ENDS_REQUESTS = (Move.FINISH, Move.RETURN, Move.REASSIGN, Move.HAND_OVER, Move.CANCEL)
"""After these the asker has nothing to do any more: what was asked for and not decided lapses.

Whoever made the move said no by it; of a move of the house, which has no account, that is the asker.
"""
_LAPSE = """
    UPDATE order_request SET decided_by_id = coalesce(nullif($2, 0), asked_by_id), decided_at = $3, is_granted = false
    WHERE order_id = $1 AND decided_at IS NULL
"""
HOUSE = Actor(account_id=0, name="", grants=())
"""The house itself, moved by the clock: no account has this id."""
_FOLLOWERS = "SELECT DISTINCT account_id FROM order_follower WHERE order_id = $1 ORDER BY account_id"
_STEP = """
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, captured_at,
        point, accuracy_m, datum, note, idempotency_key, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_SetSRID(ST_MakePoint($9, $10), 4326)::geography, $11, $12, $13, $14, $15)
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
    """Lock the order for a move. None when this very request was already carried out.

    Raises HandledByYou where somebody else has to say whether the work is done, KeyUsedBefore, MoveForbidden, NotYours.
    """
    order = await queries.lock_order(order_id, by.actor, fix.wgs84() if fix else None)
    earlier = await queries.find_replayed_move(order_id, by.actor, by.key)
    if earlier is not None:
        _require_same_request(move, earlier)
        return None
    if not states.may_move(order.state, move):
        await refuse(order, by.actor)
    owner = await _ownership_now(order, by.actor)
    if not rules.may_make(by.actor, move, owner):
        raise HandledByYou if rules.is_barred_by_hand(by.actor, move, owner) else NotYours
    return order


async def carry_out(
    order: LockedOrder,
    move: Move,
    by: Mover,
    *,
    fix: Fix | None = None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
    back_to: State | None = None,
) -> Moved:
    """Change the state, set and clear the instants that the table names, append the step.

    The clocks and the links to photos follow. `back_to` is the state that a move which restores one leads to.
    """
    row = states.row_of(move)
    target = (back_to or row.target or order.state).value
    told = {
        **dict.fromkeys(row.clears),
        **dict.fromkeys(row.stamps, by.now),
        **(changes or {}),
    }
    version = await db.fetchval(_update(tuple(told)), order.id, target, *told.values())
    step_id = await append_step(order, move, target, by, fix=fix, note=note, detail=detail)
    if move in _ENDS_REQUESTS:
        await db.execute(_LAPSE, order.id, by.actor.account_id, by.now)
    await clocks.follow(order, move, by)
    await photo_links.follow(order, changes or {})
    return Moved(step_id=step_id, version=version)


async def append_step(
    order: LockedOrder,
    move: Move,
    to_state: str,
    by: Mover,
    *,
    fix: Fix | None = None,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Append one step, without changing the order."""
    point = fix.wgs84() if fix else None
    is_house = states.row_of(move).who is Who.HOUSE
    return await db.fetchval(
        _STEP,
        order.id,
        move.value,
        order.state.value,
        to_state,
        None if is_house else by.actor.account_id,
        rules.role_for(by.actor, move, ownership(order)),
        by.now,
        by.captured_at,
        point.lng if point else None,
        point.lat if point else None,
        fix.accuracy_m if fix else None,
        fix.datum.value if fix else None,
        note,
        None if is_house else by.key,
        msgspec.json.encode(detail or {}).decode(),
    )


async def tell(fact: type[OrderFact], order: LockedOrder, version: int, /, **body: Any) -> None:
    """Record a fact about this order for everyone concerned: reporters, handlers old and new, supervisor."""
    handler_id = body.pop("handler_id", order.handler_id)
    unit_id = body.pop("unit_id", order.unit_id)
    followers = [row["account_id"] for row in await db.fetch(_FOLLOWERS, order.id)]
    supervisor_id = body.pop("supervisor_id", order.supervisor_id)
    people = {order.opened_by_id, handler_id, order.handler_id, supervisor_id, *followers}
    await events.record(
        fact(
            subject_id=order.id,
            version=version,
            area_code=order.area_code,
            unit_id=unit_id,
            account_ids=tuple(sorted(person for person in people if person is not None)),
            number=order.number,
            item_code=order.item_code,
            item_zh=order.item_zh,
            item_en=order.item_en,
            place=order.place,
            handler_id=handler_id,
            opened_by_id=order.opened_by_id,
            supervisor_id=supervisor_id,
            follower_ids=tuple(followers),
            **body,
        )
    )


def require_reason(text: str) -> str:
    """The reason, without blanks around it. Raises ReasonMissing."""
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def ownership(order: LockedOrder) -> rules.Ownership:
    return rules.Ownership(order.area_code, order.unit_id, order.handler_id, order.opened_by_id, order.is_follower)


async def _ownership_now(order: LockedOrder, actor: Actor) -> rules.Ownership:
    """The same, with who may judge a fix that waits; read after the lock, so that it is that of the latest finish."""
    if order.state is not State.HANDLED:
        return ownership(order)
    return replace(
        ownership(order),
        had_a_hand=await hands.has_had_a_hand(order.id, actor),
        awaits_merchant=await queries.get_check(order.id) is Check.MERCHANT,
    )


def _require_same_request(move: Move, earlier: str) -> None:
    if earlier != move and not any({move, earlier} <= request for request in _ONE_REQUEST):
        raise KeyUsedBefore(earlier=earlier)


@cache
def _update(columns: tuple[str, ...]) -> str:
    """One UPDATE for a set of columns. Only columns of the list may be named; values are bound."""
    assert _CHANGEABLE.issuperset(columns)
    sets = "".join(f", {column} = ${number}" for number, column in enumerate(columns, start=3))
    return f"UPDATE work_order SET state = $2, version = version + 1{sets} WHERE id = $1 RETURNING version"


async def refuse(order: LockedOrder, actor: Actor) -> NoReturn:
    """Raises MoveForbidden: who was first, and what is possible now."""
    last = await queries.get_last_mover(order.id, actor)
    owner = await _ownership_now(order, actor)
    allowed = [row.move.value for row in states.moves_from(order.state) if rules.may_make(actor, row.move, owner)]
    raise MoveForbidden(
        state=order.state.value,
        state_zh=STATE_ZH[order.state],
        changed_by=last.name,
        changed_by_role=last.role,
        changed_at=last.at,
        allowed=allowed,
    )
