"""What was found at a stop. The report is filed like any other (by the route); here its order is tied to the stop."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import ending, tasks
from backend.committees.patrols.errors import PatrolNotFound
from backend.committees.patrols.structs import PatrolProgress, StopPlace
from backend.geo.lonlat import LonLat
from backend.sql import sql

_STOP = """
    SELECT s.id AS stop_id, s.place_id, ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat
    FROM patrol_stop s JOIN place p ON p.id = s.place_id WHERE s.task_id = $1 AND s.seq = $2
"""
_KEEP = """
    INSERT INTO patrol_finding (stop_id, order_id, found_by_id, found_at)
    VALUES (:stop_id, :order_id, :account_id, :now)
    ON CONFLICT ON CONSTRAINT patrol_finding_once DO NOTHING RETURNING id
"""


async def get_place(task_id: int, seq: int, actor: Actor) -> StopPlace:
    """Where a walker may report what was found. Raises PatrolNotFound, PatrolNotAllowed, PatrolNotYours."""
    task = await tasks.find(task_id, actor)
    tasks.require_walker(task, actor)
    row = await db.fetchrow(_STOP, task_id, seq)
    if row is None:
        raise PatrolNotFound
    fields = dict(row)
    point = LonLat(fields.pop("lng"), fields.pop("lat"))
    return StopPlace(point=point, item_code=task.item_code, **fields)


async def add(task_id: int, found_at: StopPlace, order_id: int, actor: Actor, now: datetime) -> PatrolProgress:
    """Tie the order of a report to the stop at which it was found; the same report again changes nothing."""
    async with db.transaction():
        task = await tasks.lock_own(task_id, actor)
        values = {"stop_id": found_at.stop_id, "order_id": order_id, "account_id": actor.account_id, "now": now}
        if await db.fetchval(sql(_KEEP, **values)) is not None:
            await ending.note_progress(task, actor.account_id)
        return await tasks.get_progress(task_id)
