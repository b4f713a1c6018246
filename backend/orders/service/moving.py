"""What all moves share: lock and check the order, change its state, append the step, tell the fact.

A move that the state forbids raises MoveForbidden with who was first; a person who may not make it gets NotYours.
"""

from collections.abc import Mapping
from dataclasses import replace as with_facts
from datetime import datetime
from functools import cache
from typing import Any, NoReturn

import msgspec
from msgspec.structs import replace

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.geo.points import Fix
from backend.orders import queries, rules, states
from backend.orders.audience import audience_of
from backend.orders.errors import MoveForbidden, NotYours, OrderNotFound, ReasonMissing
from backend.orders.events import OrderCancelled, OrderFact
from backend.orders.queries import LockedOrder, hands
from backend.orders.refusals import HandledByYou, KeyUsedBefore, LookAgain
from backend.orders.service import clocks, parts, photo_links, repeats
from backend.orders.states import ENDED, STATE_ZH, Move, Row, State, Who
from backend.orders.verification import Check

_CHANGEABLE = frozenset(
    (
        *("accepted_at", "arrived_at", "made_safe_at", "finished_at", "closed_at", "cancelled_at"),
        *("unit_id", "handler_id", "supervisor_id", "rework_count", "hop_count", "reopen_count", "rating"),
        *("merged_into_id", "root_cause_of", "area_code", "grid_code"),
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
        point, accuracy_m, datum, note, idempotency_key, detail, key_print)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, ST_SetSRID(ST_MakePoint($9, $10), 4326)::geography, $11, $12, $13, $14, $15,
        $16)
    RETURNING id
"""


class Mover(msgspec.Struct, frozen=True, kw_only=True):
    """Who moves and when: `key` is the phone's Idempotency-Key, `captured_at` the tap on the phone.

    `seen` is the version of the order that the mover looked at, where it is known.
    """

    actor: Actor
    now: datetime
    key: str | None = None
    captured_at: datetime | None = None
    seen: int | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    step_id: int
    version: int


async def begin(order_id: int, move: Move, by: Mover, said: Any, fix: Fix | None = None) -> LockedOrder | None:
    """Lock the order for a move. `said`: what the mover brings. None when this very request was already carried out.

    Raises HandledByYou where somebody else has to say whether the work is done, KeyUsedBefore, LookAgain,
    MoveForbidden, NotYours, OrderNotFound.
    """
    point = fix.wgs84() if fix else None
    order = await queries.find_and_lock(order_id, by.actor, point)
    key_print = repeats.print_of(said) if by.key else None
    if await _was_made_before(order_id, move, by, said, key_print):
        return None
    if order is None:
        raise OrderNotFound
    if not states.may_move(order.state, move):
        await refuse(order, by.actor)
    owner = await _ownership_now(order, by.actor)
    if not rules.may_make(by.actor, move, owner):
        raise HandledByYou if rules.is_barred_by_hand(by.actor, move, owner) else NotYours
    if states.row_of(move).judges and not _has_seen(by, order):
        await _show_again(order, by)
    return replace(order, key_print=key_print)


async def _was_made_before(order_id: int, move: Move, by: Mover, said: Any, key_print: str | None) -> bool:
    """Whether this request was carried out before; the order may lie beyond the mover's sight since. KeyUsedBefore."""
    earlier = await queries.find_made_before(order_id, by.actor, by.key)
    if earlier is None or key_print is None:
        return False
    _require_same_move(move, earlier.move)
    await repeats.require_same(said, key_print, earlier.key_print, earlier.id, earlier=earlier.move)
    return True


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
    Raises SubOrdersOpen, ParentEnded.
    """
    row = states.row_of(move)
    state = back_to or row.target or order.state
    await _settle_family(order, row, state, by, note)
    target = state.value
    told = {
        **dict.fromkeys(row.clears),
        **dict.fromkeys(row.stamps, by.now),
        **(changes or {}),
    }
    version = await db.fetchval(_update(tuple(told), row.is_aside), order.id, target, *told.values())
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
        order.key_print if by.key and not is_house else None,
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
    facts = ("area_code", "unit_id", "handler_id", "opened_by_id", "first_reporter_id", "is_follower")
    return rules.Ownership(**{fact: getattr(order, fact) for fact in facts})


async def _ownership_now(order: LockedOrder, actor: Actor) -> rules.Ownership:
    """The same, with who may judge a fix that waits; read after the lock, so that it is that of the latest finish."""
    if order.state is not State.HANDLED:
        return ownership(order)
    return with_facts(
        ownership(order),
        had_a_hand=await hands.has_had_a_hand(order.id, actor),
        awaits_merchant=await queries.get_check(order.id) is Check.MERCHANT,
    )


def _require_same_move(move: Move, earlier: str) -> None:
    if earlier != move and not any({move, earlier} <= request for request in _ONE_REQUEST):
        raise KeyUsedBefore(earlier=earlier)


def _has_seen(by: Mover, order: LockedOrder) -> bool:
    """Whether the mover looked at the order as it is: what came from the side since then is no change."""
    return by.seen is None or order.changed_version <= by.seen <= order.version


@cache
def _update(columns: tuple[str, ...], is_aside: bool) -> str:
    """One UPDATE for a set of columns. Only columns of the list may be named; values are bound."""
    assert _CHANGEABLE.issuperset(columns)
    sets = "".join(f", {column} = ${number}" for number, column in enumerate(columns, start=3))
    sets += "" if is_aside else ", changed_version = version + 1"
    return f"UPDATE work_order SET state = $2, version = version + 1{sets} WHERE id = $1 RETURNING version"


async def _settle_family(order: LockedOrder, row: Row, target: State, by: Mover, reason: str) -> None:
    """An order ends with its parts or after them, as the table says, and no part goes on when the whole has ended."""
    if target in ENDED and order.state not in ENDED:
        for part in await parts.list_to_end(order, row, by.actor):
            ended = await carry_out(
                part, Move.CANCEL, replace(by, key=None), note=reason, detail={"with": order.number}
            )
            await tell(OrderCancelled, part, ended.version, reason=reason)
    elif order.state in ENDED and target not in ENDED:
        await parts.require_whole(order)


async def refuse(order: LockedOrder, actor: Actor) -> NoReturn:
    """Raises MoveForbidden: who was first, and what is possible now."""
    last = await queries.get_last_mover(order.id, audience_of(actor, ownership(order)))
    raise MoveForbidden(
        state=order.state.value,
        state_zh=STATE_ZH[order.state],
        changed_by=last.name,
        changed_by_role=last.role,
        changed_at=last.at,
        allowed=await _allowed(order, actor),
    )


async def _show_again(order: LockedOrder, by: Mover) -> NoReturn:
    """Raises LookAgain: what the order is now, and what made it so."""
    last = await queries.get_last_change(order.id, audience_of(by.actor, ownership(order)))
    now = {
        "state": order.state.value,
        "version": order.version,
        "changed_by": last.name,
        "changed_by_role": last.role,
        "changed_at": last.at,
        "changed_move": last.move,
        "changed_zh": states.row_of(Move(last.move)).zh if last.move != Move.OPEN else "上报",
        "allowed": await _allowed(order, by.actor),
    }
    raise LookAgain(seen=by.seen or 0, now=now)


async def _allowed(order: LockedOrder, actor: Actor) -> list[str]:
    owner = await _ownership_now(order, actor)
    return [row.move.value for row in states.moves_from(order.state) if rules.may_make(actor, row.move, owner)]
