"""The verbs of whoever walks: claim a task, hand it back, end it. One walker at a time, by construction.

Each may be sent again: what holds already is answered as it stands, so that a phone needs no key for it.
"""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.committees.patrols import ending, rules, tasks
from backend.committees.patrols.errors import (
    PatrolEmpty,
    PatrolNotAllowed,
    PatrolNotToday,
    PatrolNotYours,
    PatrolOver,
    PatrolTaken,
)
from backend.committees.patrols.events import PatrolClaimed, PatrolHandedBack
from backend.committees.patrols.structs import EndWalk, PatrolProgress, TaskState
from backend.committees.patrols.tasks import PatrolRow
from backend.events import service as events
from backend.orders.arrivals import grades

# Who comes second does not wait for the first: the row is skipped while it is locked.
_CLAIM = """
    UPDATE patrol_task SET state = 'claimed', walker_id = $2, claimed_at = $3, version = version + 1
    WHERE id = (SELECT id FROM patrol_task WHERE id = $1 AND state = 'open' FOR UPDATE SKIP LOCKED)
    RETURNING version
"""
_HAND_BACK = """
    UPDATE patrol_task SET state = 'open', walker_id = NULL, claimed_at = NULL, version = version + 1
    WHERE id = $1 AND state = 'claimed' RETURNING version
"""


async def claim(task_id: int, actor: Actor, now: datetime) -> PatrolProgress:
    """Become the one who walks it. Raises PatrolNotAllowed, PatrolNotToday, PatrolTaken, PatrolOver."""
    async with db.transaction():
        task = await tasks.find(task_id, actor)
        if not rules.may_walk(actor, task.committee_code):
            raise PatrolNotAllowed
        if not rules.is_open_at(task.due_on, now):
            raise PatrolNotToday(task.due_on)
        version = await db.fetchval(_CLAIM, task_id, actor.account_id, now)
        if version is None:
            await _require_own_claim(task_id, actor)
        else:
            await events.record(PatrolClaimed(**ending.about(task, version, actor.account_id)))
        return await tasks.get_progress(task_id)


async def hand_back(task_id: int, actor: Actor, now: datetime) -> PatrolProgress:
    """Let somebody else walk it; stops that were proved stay so. The committee may take it back from whoever has it.

    Raises PatrolNotYours, PatrolOver.
    """
    async with db.transaction():
        task = await tasks.lock(task_id, actor)
        if task.state in (TaskState.FINISHED, TaskState.LAPSED):
            raise PatrolOver
        if task.walker_id is not None:
            if task.walker_id != actor.account_id and not rules.may_keep_routes(actor, task.committee_code):
                raise PatrolNotYours
            await open_again(task)
        return await tasks.get_progress(task_id)


async def open_again(task: PatrolRow) -> None:
    """Nobody's any more, within the caller's transaction and lock. Nothing where it is not being walked."""
    version = await db.fetchval(_HAND_BACK, task.id)
    if version is not None and task.walker_id is not None:
        await events.record(PatrolHandedBack(**ending.about(task, version, task.walker_id)))


async def finish(task_id: int, said: EndWalk, actor: Actor, now: datetime) -> PatrolProgress:
    """End the walk: what nobody visited is missed, and the committee is told. Raises PatrolEmpty, PatrolOver."""
    async with db.transaction():
        task = await tasks.lock_own(task_id, actor)
        if task.state is TaskState.FINISHED:
            return await tasks.get_progress(task_id)
        at = instant_of(task, said.captured_at, now)
        if not (await tasks.get_progress(task_id)).proved:
            raise PatrolEmpty
        await ending.end(task, at)
        return await tasks.get_progress(task_id)


def instant_of(task: PatrolRow, captured_at: datetime | None, now: datetime) -> datetime:
    """When it was done, timed like an arrival. Raises PatrolOver, CapturedTooEarly, CapturedTooLongAgo."""
    assert task.claimed_at is not None  # it has a walker
    at = grades.timing_of(captured_at, task.claimed_at, now).at
    if not rules.is_open_at(task.due_on, at):
        raise PatrolOver
    return at


async def _require_own_claim(task_id: int, actor: Actor) -> None:
    """Nothing was open to be claimed: fine where it is one's own already. Raises PatrolTaken, PatrolOver."""
    task = await tasks.find(task_id, actor)
    if task.state in (TaskState.FINISHED, TaskState.LAPSED):
        raise PatrolOver
    if task.walker_id != actor.account_id:
        raise PatrolTaken
