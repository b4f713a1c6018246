"""One task as a verb finds it: locked, within the actor's sight; and what is told of it afterwards."""

from datetime import date, datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import rules
from backend.committees.patrols.errors import PatrolNotAllowed, PatrolNotFound, PatrolNotYours
from backend.committees.patrols.structs import PatrolProgress, TaskState

_SELECT = """
    SELECT t.id, t.version, t.state, t.committee_code, t.due_on, t.walker_id, t.claimed_at, t.finished_at,
           r.name AS route, m.code AS template_code, m.item_id AS item_code, m.expected_min
    FROM patrol_task t JOIN patrol_route r ON r.id = t.route_id JOIN task_template m ON m.id = r.template_id
    WHERE t.id = $1
"""
_LOCK = f"{_SELECT} FOR UPDATE OF t"
_PROGRESS = """
    SELECT t.id AS task_id, t.version, t.state, count(*) AS stops, count(s.proved_at) AS proved
    FROM patrol_task t JOIN patrol_stop s ON s.task_id = t.id WHERE t.id = $1 GROUP BY t.id
"""


class PatrolRow(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    version: int
    state: TaskState
    committee_code: str
    due_on: date
    walker_id: int | None
    claimed_at: datetime | None
    finished_at: datetime | None
    route: str
    template_code: str
    item_code: str | None
    expected_min: int


async def find(task_id: int, actor: Actor) -> PatrolRow:
    """The task as it is now, not locked. Raises PatrolNotFound where it is not there or out of sight."""
    return _seen(await db.fetchrow(_SELECT, task_id), actor)


async def lock(task_id: int, actor: Actor) -> PatrolRow:
    """The same, locked for the rest of the transaction."""
    return _seen(await db.fetchrow(_LOCK, task_id), actor)


async def lock_any(task_id: int) -> PatrolRow:
    """The same where nobody asks but the system."""
    return msgspec.convert(dict(await db.fetchrow(_LOCK, task_id) or {}), PatrolRow)


async def lock_own(task_id: int, actor: Actor) -> PatrolRow:
    """The same, of whoever walks it. Raises PatrolNotFound, PatrolNotAllowed, PatrolNotYours."""
    task = await lock(task_id, actor)
    require_walker(task, actor)
    return task


def require_walker(task: PatrolRow, actor: Actor) -> None:
    """Raises PatrolNotAllowed where the actor may not walk there (any more), PatrolNotYours."""
    if not rules.may_walk(actor, task.committee_code):
        raise PatrolNotAllowed
    if task.walker_id != actor.account_id:
        raise PatrolNotYours


async def get_progress(task_id: int) -> PatrolProgress:
    """Where the walk stands. Its own statement: after a lock it sees what was committed meanwhile."""
    row = await db.fetchrow(_PROGRESS, task_id)
    assert row is not None  # a task is born with its stops
    return msgspec.convert(dict(row), PatrolProgress)


def _seen(row: asyncpg.Record | None, actor: Actor) -> PatrolRow:
    if row is None:
        raise PatrolNotFound
    task = msgspec.convert(dict(row), PatrolRow)
    if not rules.may_read(actor, task.committee_code):
        raise PatrolNotFound
    return task
