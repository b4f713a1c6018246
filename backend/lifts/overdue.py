"""What the clock does: say once a week what is due soon, and open one order for what is late.

Each lift is locked while it is looked at: several workers may do so at once, and a second time on a day changes
nothing. An order that goes on takes in whatever else becomes late; one that ended without new days in the register is
followed by another a week later.
"""

from datetime import date, datetime
from typing import Any

from backend import db
from backend.calendars.rules import shanghai_date
from backend.events import service as events
from backend.lifts import queries
from backend.lifts.events import LiftDueSoon, LiftOverdue
from backend.lifts.rules import AGAIN_AFTER, INSPECTION_SOON, DueDay, DueKind, LiftStanding, is_to_be_said
from backend.lifts.structs import LiftView
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.states import OPEN, quoted
from backend.sql import sql

SOURCE = "lift"
_NEXT = f"""
    {queries.VIEW} WHERE lift.is_in_use
      AND (lift.inspect_by <= :soon OR lift.maintained_on + lift.maintain_days < :today)
      AND (lift.notified_on IS NULL OR lift.notified_on <= :said_before)
    ORDER BY lift.id LIMIT 1 FOR UPDATE OF lift SKIP LOCKED
"""
_SAID = "UPDATE lift SET notified_on = $2, overdue_order_id = coalesce($3, overdue_order_id) WHERE id = $1"
_GOES_ON = f"SELECT EXISTS (SELECT FROM work_order WHERE id = $1 AND state IN ({quoted(OPEN)}))"
_WORDS = {DueKind.INSPECTION: ("定期检验", "periodic inspection"), DueKind.MAINTENANCE: ("维护保养", "maintenance")}


async def look_at_days(now: datetime) -> int:
    """Look at every lift of which something is due. Returns how many there were."""
    today, count = shanghai_date(now), 0
    while await _try_next(today, now):
        count += 1
    return count


async def _try_next(today: date, now: datetime) -> bool:
    async with db.transaction():
        said_before = today - AGAIN_AFTER
        row = await db.fetchrow(sql(_NEXT, today=today, soon=today + INSPECTION_SOON, said_before=said_before))
        if row is None:
            return False
        lift = queries.view_of(row)
        assert is_to_be_said(lift.standing(today), lift.notified_on, today)
        order_id = await _say(lift, today, now)
        await db.execute(_SAID, lift.id, today, order_id)
        return True


async def _say(lift: LiftView, today: date, now: datetime) -> int | None:
    """Returns the order about what is late, if anything is."""
    if lift.standing(today) is LiftStanding.SOON:
        day = next(day for day in lift.due if day.on == lift.inspect_by)
        await events.record(LiftDueSoon(**_said(lift, day)))
        return None
    order_id = lift.overdue_order_id
    if order_id is None or not await db.fetchval(_GOES_ON, order_id):
        order_id = (await orders.open(_opening(lift, today), now=now)).order_id
    await events.record(LiftOverdue(**_said(lift, lift.due[0]), order_id=order_id))
    return order_id


def _said(lift: LiftView, day: DueDay) -> dict[str, Any]:
    units = [unit for unit in (lift.maintenance_unit_id, lift.property_unit_id) if unit is not None]
    return {
        "subject_id": lift.id,
        "area_code": lift.area_code,
        "lift_no": lift.lift_no,
        "place": lift.place,
        "due_kind": day.kind,
        "due_on": day.on,
        "unit_ids": tuple(units),
    }


def _opening(lift: LiftView, today: date) -> Opening:
    late = [day for day in lift.due if day.is_late(today)]
    zh = "、".join(f"{_WORDS[day.kind][0]}应于 {day.on} 前完成" for day in late)
    en = ", ".join(f"{_WORDS[day.kind][1]} was due by {day.on}" for day in late)
    return Opening(
        item_code=queries.OVERDUE_ITEM,
        scene=scene_of(lift),
        actor=None,
        actor_role="system",
        source_kind=SOURCE,
        reporter_kinds=None,
        description=f"电梯 {lift.lift_no}:{zh} / Lift {lift.lift_no}: {en}",
        unit_id=lift.maintenance_unit_id,
    )


def scene_of(lift: LiftView) -> OrderSite:
    return OrderSite(
        lng=lift.lng,
        lat=lift.lat,
        area_code=lift.area_code,
        grid_code=lift.grid_code,
        place_id=lift.place_id,
        label=lift.place,
    )
