"""A walk goes on, and ends by its walker or with its last stop: what was missed, and the facts for whoever counts."""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.committees.patrols.events import PatrolFinished, PatrolProgressed, StopsMissed
from backend.committees.patrols.tasks import PatrolRow
from backend.events import service as events

_MISS = "UPDATE patrol_stop SET is_missed = true WHERE task_id = $1 AND proved_at IS NULL"
_END = """
    UPDATE patrol_task SET state = 'finished', finished_at = $2, version = version + 1 WHERE id = $1
    RETURNING version
"""
_COUNT = "UPDATE patrol_task SET version = version + 1 WHERE id = $1 RETURNING version"
_WALKED = """
    SELECT count(*) AS stops, count(proved_at) AS proved,
           count(*) FILTER (WHERE proved_by_id = $2) AS proved_by_walker,
           min(proved_at) FILTER (WHERE proved_by_id = $2) AS first_proved_at
    FROM patrol_stop WHERE task_id = $1
"""


async def note_progress(task: PatrolRow, account_id: int) -> None:
    """A stop was proved or something found there, in the transaction that wrote it down."""
    version = await db.fetchval(_COUNT, task.id)
    await events.record(PatrolProgressed(**about(task, version, account_id)))


async def end(task: PatrolRow, at: datetime) -> None:
    """End a locked task that somebody walks, at an instant of its day, and tell of what was missed.

    Must be called inside a transaction.
    """
    walked = await close(task, at)
    if missed := walked["stops"] - walked["proved"]:
        await events.record(
            StopsMissed(
                subject_id=task.id,
                area_code=task.committee_code,
                due_on=task.due_on,
                routes=(task.route,),
                missed=missed,
                stops=walked["stops"],
                acted_by_id=task.walker_id,
            )
        )


async def close(task: PatrolRow, at: datetime) -> asyncpg.Record:
    """The same, and tell only of the walk. Returns how many `stops` there were and how many were `proved`."""
    assert task.walker_id is not None and task.claimed_at is not None
    await db.execute(_MISS, task.id)
    version = await db.fetchval(_END, task.id, at)
    walked = await db.fetchrow(_WALKED, task.id, task.walker_id)
    assert walked is not None
    await events.record(
        PatrolFinished(
            **about(task, version, task.walker_id),
            started_at=task.claimed_at,
            first_proved_at=walked["first_proved_at"],
            finished_at=at,
            stops=walked["stops"],
            proved=walked["proved_by_walker"],
            expected_min=task.expected_min,
        )
    )
    return walked


def about(task: PatrolRow, version: int, account_id: int) -> dict[str, Any]:
    """What every fact about a walk says."""
    return {
        "subject_id": task.id,
        "version": version,
        "area_code": task.committee_code,
        "account_ids": (account_id,),
        "account_id": account_id,
        "route": task.route,
        "template_code": task.template_code,
        "due_on": task.due_on,
    }
