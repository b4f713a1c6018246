"""What moves do to an order's clocks. Called inside the move's transaction, after its state was changed.

Whatever changes a deadline leaves a step `clock` with the old and the new instant; the step of the move itself stays
the move's. Stages that are over keep their deadlines. `follow` is what a move needs that grants nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.deadlines import plan, timelines
from backend.orders.deadlines.counting import Counting, elapsed_min
from backend.orders.deadlines.stages import PauseKind, Stage
from backend.orders.deadlines.timelines import Ticking
from backend.orders.model.rules import SYSTEM
from backend.orders.model.states import State
from backend.sql import sql

CLOCK_STEP = "clock"
_PAUSE = """
    INSERT INTO order_pause (order_id, kind, starts_at, ends_at, minutes, granted_by_id, reason)
    VALUES (:order_id, :kind, :starts_at, :ends_at, :minutes, :granted_by_id, :reason)
"""
_RESUME = "UPDATE order_pause SET ends_at = $2 WHERE order_id = $1 AND kind = 'suspension' AND ends_at IS NULL"
_VERIFIED = """
    INSERT INTO order_pause (order_id, kind, starts_at, ends_at, granted_by_id)
    SELECT $1, 'verification', max(at), $2, $3 FROM order_step
    WHERE order_id = $1 AND move = 'finish' HAVING count(*) > 0
"""
_STEPS = f"""
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at, detail)
    SELECT o.id, '{CLOCK_STEP}', o.state, o.state, :actor_id, :actor_role, :at, said.detail
    FROM unnest(:ids::bigint[], :details::jsonb[]) AS said(id, detail) JOIN work_order o ON o.id = said.id
"""
_DUE = ", ".join(f"{stage}_by = coalesce(due.{stage}_by, o.{stage}_by)" for stage in Stage)
_SET = f"""
    UPDATE work_order o SET {_DUE}, version = o.version + :versions::int
    FROM unnest(:ids::bigint[], {", ".join(f":{stage}_by::timestamptz[]" for stage in Stage)})
        AS due(id, {", ".join(f"{stage}_by" for stage in Stage)})
    WHERE o.id = due.id
"""


class ActorAt(Protocol):
    """Who acts, and when: as much of a TransitionContext as deadlines need."""

    @property
    def actor(self) -> Actor: ...
    @property
    def now(self) -> datetime: ...


class ClockedOrder(Protocol):
    """The order as it was before the move."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> State: ...


class PriorityMove(NamedTuple):
    """P0 is the most urgent."""

    old: str
    new: str

    @property
    def is_upwards(self) -> bool:
        return self.new < self.old


class DeadlineUpdate(msgspec.Struct, frozen=True, kw_only=True):
    """One order's deadlines, old and new, of the stages where they differ; and its priority, where that moved."""

    order: Ticking
    due: dict[Stage, tuple[datetime | None, datetime]]
    priority: PriorityMove | None = None


async def pause(order: ClockedOrder, by: ActorAt, reason: str = "") -> None:
    """挂账: stop every clock of the order until it is resumed. Deadlines move when it is."""
    await _insert_pause(order, PauseKind.SUSPENSION, by, reason)


async def resume(order: ClockedOrder, by: ActorAt) -> None:
    """恢复: let the clocks go on from where they stopped; nothing happens when they were not stopped."""
    if await db.execute(_RESUME, order.id, by.now) != "UPDATE 0":
        await rewrite([order.id], "suspension", by.now, actor=by.actor)


async def extend(order: ClockedOrder, minutes: int, by: ActorAt, reason: str = "") -> None:
    """延期: put minutes of the order's own clock on top of its limits to arrive and resolve; the ladder begins anew."""
    await _insert_pause(order, PauseKind.EXTENSION, by, reason, ends_at=by.now, minutes=minutes)
    await rewrite([order.id], "extension", by.now, actor=by.actor, minutes=minutes)


async def minutes_between(order: ClockedOrder, since: datetime, until: datetime) -> int:
    """How many minutes of the order's own clock lie between two instants, whether or not it stands still meanwhile."""
    (ticking,) = await timelines.lock_by_ids([order.id])
    by = Counting(clock=ticking.terms.clock, timetable=ticking.terms.timetable)
    return round(elapsed_min(since, until, by))


async def redispatch(order: ClockedOrder, by: ActorAt) -> None:
    """退单、改派、转派、移交、进出抢单池: the next has full time to respond and to arrive; to resolve it goes on."""
    await db.execute(_RESUME, order.id, by.now)
    await db.execute("UPDATE work_order SET dispatched_at = $2 WHERE id = $1", order.id, by.now)
    await rewrite([order.id], "redispatch", by.now, actor=by.actor)


async def restart(order: ClockedOrder, by: ActorAt) -> None:
    """未解决重开: every limit begins anew, as if it had been opened now."""
    await db.execute(_RESUME, order.id, by.now)
    await db.execute("UPDATE work_order SET clock_from = $2, verify_by = NULL WHERE id = $1", order.id, by.now)
    await rewrite([order.id], "reopen", by.now, actor=by.actor)


async def begin_verify(order: ClockedOrder, by: ActorAt) -> None:
    """处置完成: the clock of the handler stands, that of the verifier begins."""
    (ticking,) = await timelines.lock_by_ids([order.id])
    due = plan.replan(ticking.timeline, ticking.terms).get(Stage.VERIFY)
    await db.execute("UPDATE work_order SET verify_by = $2 WHERE id = $1", order.id, due)


async def end_verify(order: ClockedOrder) -> None:
    """Passed here, and its source is asked: nobody of ours owes anything until it answers."""
    await db.execute("UPDATE work_order SET verify_by = NULL WHERE id = $1", order.id)


async def send_back(order: ClockedOrder, by: ActorAt) -> None:
    """返工: the handler's clock goes on from where it stood; the time of the verification does not count."""
    await db.execute(_VERIFIED, order.id, by.now, by.actor.account_id)
    await db.execute("UPDATE work_order SET verify_by = NULL WHERE id = $1", order.id)
    await rewrite([order.id], "rework", by.now, actor=by.actor)


async def follow(order: ClockedOrder, move: str, by: ActorAt) -> None:
    """Let the clocks follow a move that asks for nothing in particular; most moves leave them as they are."""
    if move in _FOLLOWERS:
        await _FOLLOWERS[move](order, by)


_FOLLOWERS = {
    "finish": begin_verify,
    "rework": send_back,
    "dispute": send_back,
    "source_rework": send_back,
    "return": redispatch,
    "reassign": redispatch,
    "pass_on": redispatch,
    "hand_over": redispatch,
    "end_offer": redispatch,
    "offer_again": redispatch,
    "release": redispatch,
}


async def rewrite(
    order_ids: Sequence[int], cause: str, now: datetime, *, actor: Actor | None = None, **more: Any
) -> list[DeadlineUpdate]:
    """Count deadlines anew and keep what changed, each with a step. Within a move its version counts the change."""
    found = changes_of(await timelines.lock_by_ids(order_ids))
    await keep(found, cause, now, actor=actor, **more)
    return found


def changes_of(orders: Sequence[Ticking]) -> list[DeadlineUpdate]:
    """The orders whose deadlines are no longer what the rules say. Pure."""
    changes = []
    for order in orders:
        planned = plan.replan(order.timeline, order.terms)
        due = {stage: (old, at) for stage, at in planned.items() if (old := order.timeline.due_by(stage)) != at}
        if due:
            changes.append(DeadlineUpdate(order=order, due=due))
    return changes


async def keep(
    changes: Sequence[DeadlineUpdate],
    cause: str,
    now: datetime,
    *,
    actor: Actor | None = None,
    by_id: int | None = None,
    reason: str = "",
    **more: Any,
) -> None:
    """Write new deadlines and the steps that tell of them. Without an actor it is the system: the version goes up.

    `by_id`: who caused what the system does, and why.
    """
    if not changes:
        return
    ids = [change.order.id for change in changes]
    columns = {
        f"{stage}_by": [change.due[stage][1] if stage in change.due else None for change in changes] for stage in Stage
    }
    await db.execute(sql(_SET, ids=ids, **columns, versions=0 if actor else 1))
    why = {"reason": reason} if reason else {}
    said = [_detail(change, {"cause": cause, **why, **more}) for change in changes]
    actor_id = (actor.account_id or None) if actor else by_id
    await db.execute(sql(_STEPS, ids=ids, details=said, actor_id=actor_id, actor_role=SYSTEM, at=now))


def _detail(change: DeadlineUpdate, said: dict[str, Any]) -> str:
    moved = {"priority": change.priority} if change.priority else {}
    return msgspec.json.encode({**said, "deadlines": change.due, **moved}).decode()


async def _insert_pause(
    order: ClockedOrder,
    kind: PauseKind,
    by: ActorAt,
    reason: str,
    *,
    ends_at: datetime | None = None,
    minutes: int | None = None,
) -> None:
    row = sql(
        _PAUSE,
        order_id=order.id,
        kind=kind,
        starts_at=by.now,
        ends_at=ends_at,
        minutes=minutes,
        granted_by_id=by.actor.account_id,
        reason=reason,
    )
    await db.execute(row)
