"""What a case owes its platform, by what its order is now: 办结反馈 when it is passed here, its end when all agreed.

Looked at as a whole and not by what happened, so that it may run as often as it likes. Orders that were merged are one
case of several numbers: each platform is told, and the last one's word closes it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.intake.hotline import exchanges, tasks
from backend.intake.hotline.kinds import TaskEnd
from backend.intake.hotline.messages import FeedbackMessage
from backend.intake.hotline.tasks import Task
from backend.intake.sources import queries as sources
from backend.orders import verbs as orders
from backend.orders.cases import merged_orders
from backend.orders.model.states import State
from backend.orders.reads.detail import list_steps
from backend.sql import sql

_ORDER = "SELECT id, state, referred_at, finished_at, closed_at, cancelled_at FROM work_order WHERE id = $1"
_FEED = """
    INSERT INTO hotline_feedback (task_id, serial, round_at, words, is_solved, made_at)
    SELECT :task_id, count(*) + 1, :round_at, :words, :is_solved, :now FROM hotline_feedback WHERE task_id = :task_id
    ON CONFLICT (task_id, round_at) DO NOTHING RETURNING id, serial
"""
_DONE = "已处置"
_SAYS_HOW = ("finish", "cancel")
_HANDED_IN = "UPDATE hotline_task SET due_warn_at = NULL WHERE id = $1"
_ENDED_HERE = {State.CLOSED: "closed_at", State.CANCELLED: "cancelled_at"}


async def follow(order_ids: Sequence[int], now: datetime) -> None:
    """Look at the cases of these orders, each in a transaction of its own unless there is one."""
    for order_id in dict.fromkeys(order_ids):
        async with db.transaction():
            await follow_one(order_id, now)


async def follow_one(order_id: int, now: datetime) -> None:
    """The same for the case of one order, within a transaction."""
    survivor = await merged_orders.find_survivor(order_id)
    merged = [part.id for part in await merged_orders.list_merged(survivor)]
    found = await tasks.lock_of_orders([survivor, *merged])
    if not found:
        return
    order = await db.fetchrow(_ORDER, survivor)
    assert order is not None
    if order["state"] == State.HANDLED and order["referred_at"] is not None:
        await _settle(order, found, now)
    elif order["state"] in _ENDED_HERE:
        await _end(order, found, now)


async def _settle(order: asyncpg.Record, found: Sequence[Task], now: datetime) -> None:
    """Passed here: tell whoever has not agreed yet; where nobody is left, close it."""
    awaited = [task for task in found if task.is_awaited]
    for task in awaited:
        await _feed(task, order, order["referred_at"], now, is_solved=True)
    if awaited:
        return
    source = await sources.get_by_id(found[-1].source_id)
    if await orders.close_by_source(order["id"], tasks.by_source(source, now)):
        await _end_all(found, TaskEnd.SOLVED, now)


async def _end(order: asyncpg.Record, found: Sequence[Task], now: datetime) -> None:
    """Ours is over: whoever does not call back is told so, and has no more to say."""
    at = order[_ENDED_HERE[State(order["state"])]]
    for task in found:
        if not task.has_last_word and task.ended_at is None:
            await _feed(task, order, at, now, is_solved=order["state"] == State.CLOSED)
            await tasks.end(task.id, TaskEnd.ANSWERED, now)


async def _end_all(found: Sequence[Task], end_as: TaskEnd, now: datetime) -> None:
    for task in found:
        await tasks.end(task.id, end_as, now)


async def _feed(task: Task, order: asyncpg.Record, round_at: datetime, now: datetime, *, is_solved: bool) -> None:
    """办结反馈, once for each round of work."""
    words = await _words(order["id"])
    values: dict[str, Any] = {"task_id": task.id, "round_at": round_at, "words": words, "is_solved": is_solved}
    made = await db.fetchrow(sql(_FEED, **values, now=now))
    if made is None:
        return
    await db.execute(_HANDED_IN, task.id)
    message = FeedbackMessage(
        task_no=task.task_no,
        at=now,
        serial=made["serial"],
        is_final=True,
        is_solved=is_solved,
        words=words,
        finished_at=order["finished_at"],
    )
    await exchanges.tell(task, exchanges.exchange_no("feedback", made["id"]), message, now)


async def _words(order_id: int) -> str:
    """What whoever worked on it wrote last, or why it was cancelled."""
    steps = await list_steps(order_id)
    notes = [step["note"] for step in steps if step["move"] in _SAYS_HOW and step["note"]]
    return notes[-1] if notes else _DONE
