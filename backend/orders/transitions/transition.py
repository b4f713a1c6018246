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
from backend.geo.points import Fix
from backend.orders.deadlines import effects
from backend.orders.model import rules, transition_table
from backend.orders.model.audience import audience_of
from backend.orders.model.checks import Check
from backend.orders.model.errors import (
    HandledByYou,
    KeyUsedBefore,
    MoveForbidden,
    NotYours,
    OrderChanged,
    OrderNotFound,
)
from backend.orders.model.events import OrderCancelled
from backend.orders.model.states import ENDED, STATE_ZH, Authority, State, Transition
from backend.orders.model.transition_table import TransitionRule
from backend.orders.transitions import locking, open_sub_orders, participation, photo_links, repeats, requirements
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.recording import record_fact
from backend.sql import sql
from backend.structs import IdempotencyKey

_CHANGEABLE = frozenset(
    (
        *(
            "offered_until",
            "grabbed_at",
            "accepted_at",
            "arrived_at",
            "made_safe_at",
            "finished_at",
            "closed_at",
            "cancelled_at",
        ),
        *("unit_id", "handler_id", "supervisor_id", "rework_count", "hop_count", "reopen_count", "rating"),
        *("merged_into_id", "root_cause_of", "area_code", "grid_code", "referred_at", "source_agreed_at"),
    )
)
_ONE_REQUEST = (
    {Transition.PASS, Transition.FIRST_PASS},
    {Transition.GRANT_EXTENSION, Transition.GRANT_SUSPENSION, Transition.REFUSE},
)
"""What one request may turn out to be, by the state in which it finds the order."""
_ENDS_REQUESTS = (
    *(Transition.OFFER_AGAIN, Transition.FINISH, Transition.RETURN, Transition.REASSIGN, Transition.HAND_OVER),
    *(Transition.CANCEL, Transition.WITHDRAW, Transition.SOURCE_RECALL),
)
"""After these the asker has nothing to do any more: what was asked for and not decided lapses.

Whoever made the move said no by it; of a transition of the system, which has no account, that is the asker.
"""
_LAPSE = """
    UPDATE order_request SET decided_by_id = coalesce(nullif($2, 0), asked_by_id), decided_at = $3, is_granted = false
    WHERE order_id = $1 AND decided_at IS NULL
"""
SYSTEM_ACTOR = Actor(account_id=0, name="", grants=())
"""The system itself, started by the clock: no account has this id."""
_STEP = """
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, captured_at,
        point, accuracy_m, datum, note, idempotency_key, detail, key_print)
    VALUES (:order_id, :move, :from_state, :to_state, :actor_id, :actor_role, :at, :captured_at,
        ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography, :accuracy_m, :datum, :note, :idempotency_key,
        :detail, :key_print)
    RETURNING id
"""


class TransitionContext(msgspec.Struct, frozen=True, kw_only=True):
    """Who moves and when: under which key of the phone, `captured_at` the tap on the phone.

    `seen` is the version of the order that the actor looked at, where it is known.
    """

    actor: Actor
    now: datetime
    idempotency_key: IdempotencyKey | None = None
    captured_at: datetime | None = None
    seen: int | None = None


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    step_id: int
    version: int


async def prepare(order_id: int, move: Transition, by: TransitionContext, said: Any) -> LockedOrder | None:
    """Lock the order for a move. `said`: what the actor brings; to a `point` in it the way is measured.

    None when this very request was already carried out. Raises HandledByYou where somebody else has to say whether the
    work is done, KeyUsedBefore, OrderChanged, MoveForbidden, NotYours, OrderNotFound, and what requirements.py refuses.
    """
    fix: Fix | None = getattr(said, "point", None)
    order = await locking.find_and_lock(order_id, by.actor, fix.wgs84() if fix else None)
    key_print = repeats.print_of(said) if by.idempotency_key else None
    if await _was_made_before(order_id, move, by, said, key_print):
        return None
    if order is None:
        raise OrderNotFound
    if not transition_table.is_possible(order.state, move):
        await refuse(order, by.actor)
    owner = await _ownership_now(order, by.actor)
    if not rules.may_make(by.actor, move, owner):
        raise HandledByYou if rules.is_barred_by_hand(by.actor, move, owner) else NotYours
    if transition_table.rule_of(move).judges and not _has_seen(by, order):
        await _show_again(order, by)
    requirements.require(order, move, said)
    return replace(order, key_print=key_print)


async def _was_made_before(
    order_id: int, move: Transition, by: TransitionContext, said: Any, key_print: str | None
) -> bool:
    """Whether this request was carried out before; the order may lie beyond the actor's sight since. KeyUsedBefore."""
    earlier = await locking.find_made_before(order_id, by.actor, by.idempotency_key)
    if earlier is None or key_print is None:
        return False
    _require_same_move(move, earlier.move)
    await repeats.require_same(said, key_print, earlier.key_print, earlier.id, earlier=earlier.move)
    return True


async def apply(
    order: LockedOrder,
    move: Transition,
    by: TransitionContext,
    *,
    fix: Fix | None = None,
    note: str = "",
    changes: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
    back_to: State | None = None,
) -> Applied:
    """Change the state, set and clear the instants that the table names, append the step.

    The clocks and the links to photos follow. `back_to` is the state that a move which restores one leads to.
    Raises SubOrdersOpen, ParentEnded, SourceDecides.
    """
    row = transition_table.rule_of(move)
    state = back_to or row.target or order.state
    requirements.require_source(order, move, state)
    await _settle_family(order, row, state, by, note)
    target = state.value
    columns = {
        **dict.fromkeys(row.clears),
        **dict.fromkeys(row.stamps, by.now),
        **(changes or {}),
    }
    update = sql(_update(tuple(columns), row.is_aside), order_id=order.id, state=target, **columns)
    version = await db.fetchval(update)
    step_id = await append_step(order, move, target, by, fix=fix, note=note, detail=detail)
    if move in _ENDS_REQUESTS:
        await db.execute(_LAPSE, order.id, by.actor.account_id, by.now)
    await effects.follow(order, move, by)
    await photo_links.follow(order, changes or {})
    return Applied(step_id=step_id, version=version)


async def append_step(
    order: LockedOrder,
    move: Transition,
    to_state: str,
    by: TransitionContext,
    *,
    fix: Fix | None = None,
    note: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Append one step, without changing the order."""
    point = fix.wgs84() if fix else None
    is_system = transition_table.rule_of(move).who is Authority.SYSTEM or by.actor == SYSTEM_ACTOR
    step = sql(
        _STEP,
        order_id=order.id,
        move=move.value,
        from_state=order.state.value,
        to_state=to_state,
        actor_id=None if is_system else by.actor.account_id,
        actor_role=rules.SYSTEM if is_system else rules.role_for(by.actor, move, ownership(order)),
        at=by.now,
        captured_at=by.captured_at,
        lng=point.lng if point else None,
        lat=point.lat if point else None,
        accuracy_m=fix.accuracy_m if fix else None,
        datum=fix.datum.value if fix else None,
        note=note,
        idempotency_key=None if is_system else by.idempotency_key,
        detail=msgspec.json.encode(detail or {}).decode(),
        key_print=order.key_print if by.idempotency_key and not is_system else None,
    )
    return await db.fetchval(step)


def ownership(order: LockedOrder) -> rules.Ownership:
    facts = ("area_code", "unit_id", "handler_id", "opened_by_id", "first_reporter_id", "is_follower")
    return rules.Ownership(**{fact: getattr(order, fact) for fact in facts}, is_open=order.state not in ENDED)


async def _ownership_now(order: LockedOrder, actor: Actor) -> rules.Ownership:
    """The same, with who may judge a fix that waits; read after the lock, so that it is that of the latest finish."""
    if order.state is not State.HANDLED:
        return ownership(order)
    return with_facts(
        ownership(order),
        had_a_hand=await participation.is_participant(order.id, actor),
        awaits_merchant=not order.source_cases and await locking.get_check(order.id) is Check.MERCHANT,
    )


def _require_same_move(move: Transition, earlier: str) -> None:
    if earlier != move and not any({move, earlier} <= request for request in _ONE_REQUEST):
        raise KeyUsedBefore(earlier=earlier)


def _has_seen(by: TransitionContext, order: LockedOrder) -> bool:
    """Whether the actor looked at the order as it is: what came from the side since then is no change."""
    return by.seen is None or order.changed_version <= by.seen <= order.version


@cache
def _update(columns: tuple[str, ...], is_aside: bool) -> str:
    """One UPDATE for a set of columns. Only columns of the list may be named; values are bound."""
    assert _CHANGEABLE.issuperset(columns)
    sets = "".join(f", {column} = :{column}" for column in columns)
    sets += "" if is_aside else ", changed_version = version + 1"
    return f"UPDATE work_order SET state = :state, version = version + 1{sets} WHERE id = :order_id RETURNING version"


async def _settle_family(
    order: LockedOrder, row: TransitionRule, target: State, by: TransitionContext, reason: str
) -> None:
    """An order ends with its parts or after them, as the table says, and no part goes on when the whole has ended."""
    if target in ENDED and order.state not in ENDED:
        for part in await open_sub_orders.list_to_end(order, row, by.actor):
            ended = await apply(
                part, row.move, replace(by, idempotency_key=None), note=reason, detail={"with": order.number}
            )
            await record_fact(OrderCancelled, part, ended.version, reason=reason)
    elif order.state in ENDED and target not in ENDED:
        await open_sub_orders.require_whole(order)


async def refuse(order: LockedOrder, actor: Actor) -> NoReturn:
    """Raises MoveForbidden: who was first, and what is possible now."""
    last = await locking.get_last_transition(order.id, audience_of(actor, ownership(order)))
    raise MoveForbidden(
        state=order.state.value,
        state_zh=STATE_ZH[order.state],
        changed_by=last.name,
        changed_by_role=last.role,
        changed_at=last.at,
        allowed=await _allowed(order, actor),
    )


async def _show_again(order: LockedOrder, by: TransitionContext) -> NoReturn:
    """Raises LookAgain: what the order is now, and what made it so."""
    last = await locking.get_last_change(order.id, audience_of(by.actor, ownership(order)))
    now = {
        "state": order.state.value,
        "version": order.version,
        "changed_by": last.name,
        "changed_by_role": last.role,
        "changed_at": last.at,
        "changed_move": last.move,
        "changed_zh": transition_table.rule_of(Transition(last.move)).zh if last.move != Transition.OPEN else "上报",
        "allowed": await _allowed(order, by.actor),
    }
    raise OrderChanged(seen=by.seen or 0, now=now)


async def _allowed(order: LockedOrder, actor: Actor) -> list[str]:
    owner = await _ownership_now(order, actor)
    return [
        row.move.value
        for row in transition_table.transitions_from(order.state)
        if rules.may_make(actor, row.move, owner)
        and not (order.source_cases and transition_table.is_left_to_source(row))
    ]
