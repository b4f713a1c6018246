"""Count open deadlines anew after a change of calendar, weather, limits or emergency: by batches, each a job and a
transaction. Priorities that an emergency raises follow it.

A batch that runs twice changes nothing the second time, and one that is cut off runs again from its first order.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.events import service as events
from backend.jobs import queue
from backend.orders.deadlines import effects, raising, timelines
from backend.orders.deadlines.effects import DeadlineUpdate
from backend.orders.model import rules
from backend.orders.model.events import OrderClockChanged

JOB = "orders.recount"
BATCH = 200


class Recount(msgspec.Struct, frozen=True, kw_only=True):
    """Which orders: of an area prefix, of some items or of all, after an id. Who caused it, and why, where known."""

    cause: str
    area_code: str = ""
    item_codes: list[str] | None = None
    after_id: int = 0
    by_id: int | None = None
    reason: str = ""


async def request(recount: Recount) -> None:
    """Have it done by a job. A request that still waits for its turn stands for its equals."""
    await queue.enqueue(JOB, recount, dedupe_key=_key(recount))


async def run(recount: Recount, now: datetime) -> int:
    """Count one batch, and request the next one. Returns how many orders changed.

    What changes from now on is requested anew: this batch may have read already what was so before.
    """
    await queue.give_up(_key(recount))
    async with db.transaction():
        orders = await timelines.lock_next(recount.after_id, recount.area_code, recount.item_codes, BATCH)
        moved = await raising.follow(orders, now)
        changes = raising.joined(orders, effects.changes_of(orders), moved)
        await effects.keep(changes, recount.cause, now, by_id=recount.by_id, reason=recount.reason)
        if changes:
            await events.record(*(_fact(change, recount.cause) for change in changes))
        if len(orders) == BATCH:
            await request(msgspec.structs.replace(recount, after_id=orders[-1].id))
    return len(changes)


def _key(recount: Recount) -> str:
    return f"{JOB}:{msgspec.json.encode(recount).decode()}"


def _fact(change: DeadlineUpdate, cause: str) -> OrderClockChanged:
    order = change.order
    people = (order.facts["opened_by_id"], order.facts["handler_id"], order.facts["supervisor_id"])
    priority = change.priority.new if change.priority else order.facts["priority"]
    facts = order.facts | {"priority": priority, "is_urgent": rules.is_urgent(priority)}
    return OrderClockChanged(
        subject_id=order.id,
        version=order.version + 1,
        area_code=order.area_code,
        unit_id=order.unit_id,
        account_ids=tuple(sorted({person for person in people if person is not None})),
        cause=cause,
        raised_to=priority if change.priority and change.priority.is_upwards else "",
        **facts,
    )
