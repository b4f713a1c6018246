"""Escalate: find the levels that are due, record each exactly once, and say when to look again.

`work_order.ladder_at` is the next instant at which an order has to be looked at: before any level of a new order is
reached, and at the beginning of time when its state or deadlines change (a trigger): a look never misses one. A level
is sent by inserting its row: the same transaction records the fact, so neither a restart nor a second worker can send
it twice.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.events import service as events
from backend.geo.area_sql import within
from backend.jobs import queue
from backend.orders.deadlines import timelines
from backend.orders.deadlines.escalation import levels as rules
from backend.orders.deadlines.escalation.due import EscalationCheck, check_escalations
from backend.orders.deadlines.escalation.levels import DueEscalation, EscalationLevel
from backend.orders.deadlines.escalation.reads import list_levels
from backend.orders.deadlines.timelines import Ticking
from backend.orders.model.events import OrderEscalated
from backend.orders.model.states import RUNNING
from backend.sql import sql

BATCH = 200
WAKE_JOB = "orders.wake_ladders"
_OPENED_WITHIN = timedelta(minutes=2)
_INSERT = """
    INSERT INTO escalation (order_id, rung_id, stage, round_at, due_at, rung_at)
    SELECT due.*, :now
    FROM unnest(:order_ids::bigint[], :rung_ids::bigint[], :stages::text[], :round_ats::timestamptz[],
        :due_ats::timestamptz[]) AS due
    ON CONFLICT (order_id, stage, rung_id, round_at) DO NOTHING RETURNING order_id, rung_id
"""
_LOOK_AGAIN = """
    UPDATE work_order o SET ladder_at = look.at FROM unnest($1::bigint[], $2::timestamptz[]) AS look(id, at)
    WHERE o.id = look.id
"""
_WAKE = f"""
    UPDATE work_order SET ladder_at = '-infinity' WHERE state = ANY($1::text[]) AND {within("area_code", "$2")}
      AND ladder_at IS DISTINCT FROM '-infinity'
"""
_ADD_LEVEL = """
    INSERT INTO escalation_rung (area_code, item_prefix, priorities, stage, at_percent, who, door, quiet)
    VALUES (:area_code, :item_prefix, :priorities, :stage, :at_percent, :who, :door, :quiet)
    ON CONFLICT (area_code, item_prefix, stage, at_percent, who) DO NOTHING RETURNING id
"""
_REMOVE_LEVEL = "UPDATE escalation_rung SET is_active = false WHERE id = $1 RETURNING area_code"


async def escalate_due(now: datetime) -> int:
    """Record every escalation that is due. Returns how many. Several workers may do so at once."""
    levels, sent = await list_levels(), 0
    while True:
        async with db.transaction():
            orders = await timelines.lock_due(now, BATCH)
            looks = await check_escalations(orders, levels, now)
            sent += await _escalate(looks, now)
            await db.execute(_LOOK_AGAIN, [look.order.id for look in looks], [look.again_at for look in looks])
        if len(orders) < BATCH:
            return sent


async def seed() -> int:
    """Lay down the default ladder where the whole country has none. Safe to repeat."""
    async with db.transaction():
        if await db.fetchval("SELECT EXISTS (SELECT FROM escalation_rung WHERE area_code = '')"):
            return 0
        for level in rules.DEFAULT:
            await _insert(level)
        await _wake_now_and_later("")
    return len(rules.DEFAULT)


async def add_level(level: EscalationLevel) -> None:
    """Add a level; the open orders of its area are checked again, `wake`. The same level twice is the same."""
    async with db.transaction():
        if await _insert(level):
            await _wake_now_and_later(level.area_code)


async def wake(area_code: str) -> None:
    """Have the open orders within an area prefix checked at the next minute."""
    await db.execute(_WAKE, RUNNING, area_code)


async def _wake_now_and_later(area_code: str) -> None:
    """Once more later: an order that is being opened knows the levels as they were, and is not to be seen yet."""
    await wake(area_code)
    await queue.enqueue(WAKE_JOB, area_code, after=_OPENED_WITHIN)


async def _insert(level: EscalationLevel) -> bool:
    names = ("area_code", "item_prefix", "priorities", "stage", "at_percent", "who", "door", "quiet")
    return bool(await db.fetchval(sql(_ADD_LEVEL, **{name: getattr(level, name) for name in names})))


async def remove_level(level_id: int) -> None:
    """Take a level out of use; what it has sent stays on record."""
    async with db.transaction():
        area_code = await db.fetchval(_REMOVE_LEVEL, level_id)
        await wake(area_code or "")


async def _escalate(looks: Sequence[EscalationCheck], now: datetime) -> int:
    due = {(look.order.id, escalation.level.id): (look.order, escalation) for look in looks for escalation in look.due}
    if not due:
        return 0
    pairs = list(due.values())
    rows = sql(
        _INSERT,
        order_ids=[order.id for order, _ in pairs],
        rung_ids=[escalation.level.id for _, escalation in pairs],
        stages=[escalation.level.stage for _, escalation in pairs],
        round_ats=[escalation.round_at for _, escalation in pairs],
        due_ats=[escalation.due_at for _, escalation in pairs],
        now=now,
    )
    inserted = await db.fetch(rows)
    facts = [_fact(*due[row["order_id"], row["rung_id"]]) for row in inserted]
    if facts:
        await events.record(*facts)
    return len(facts)


def _fact(order: Ticking, escalation: DueEscalation) -> OrderEscalated:
    people = (order.facts["opened_by_id"], order.facts["handler_id"], order.facts["supervisor_id"])
    return OrderEscalated(
        subject_id=order.id,
        version=order.version,
        area_code=order.area_code,
        unit_id=order.unit_id,
        account_ids=tuple(sorted({person for person in people if person is not None})),
        stage=escalation.level.stage,
        percent=escalation.level.at_percent,
        who=escalation.level.who,
        door=escalation.level.door,
        due_by=order.timeline.due_by(escalation.level.stage),
        **order.facts,
    )
