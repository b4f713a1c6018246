"""The end of a day: whatever nobody ended is over. Stops that nobody visited are missed, and the committee is told.

A walk that was begun counts as far as it was proved. What a phone kept may still come in: a stop that is proved late is
missed no longer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from backend import db
from backend.committees.patrols import ending, rules
from backend.committees.patrols.events import StopsMissed
from backend.committees.patrols.tasks import PatrolRow
from backend.events import service as events

_BATCH = 1_000
# Locked first and counted by the next statement, which sees what came in before the lock.
_PAST = """
    SELECT id FROM patrol_task WHERE state IN ('open', 'claimed') AND due_on <= $1
    ORDER BY due_on, committee_code, id LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_WALKED = """
    SELECT t.id, t.version, t.state, t.committee_code, t.due_on, t.walker_id, t.claimed_at, t.finished_at,
           r.name AS route, m.code AS template_code, m.item_id AS item_code, m.expected_min,
           s.stops, s.proved, s.last_proved_at
    FROM patrol_task t JOIN patrol_route r ON r.id = t.route_id JOIN task_template m ON m.id = r.template_id
    JOIN LATERAL (
        SELECT count(*) AS stops, count(proved_at) AS proved,
               max(proved_at) FILTER (WHERE proved_by_id = t.walker_id) AS last_proved_at
        FROM patrol_stop WHERE task_id = t.id
    ) s ON true
    WHERE t.id = ANY($1::bigint[]) ORDER BY t.committee_code, t.due_on, t.id
"""
_MISS = "UPDATE patrol_stop SET is_missed = true WHERE task_id = ANY($1::bigint[]) AND proved_at IS NULL"
_LAPSE = "UPDATE patrol_task SET state = 'lapsed', version = version + 1 WHERE id = ANY($1::bigint[])"


class _PastTask(PatrolRow, frozen=True, kw_only=True):
    stops: int
    proved: int
    last_proved_at: datetime | None


async def close_past(now: datetime) -> int:
    """End what is left of the days that are over. Returns how many tasks there were. Safe to repeat."""
    day, closed = rules.last_closed_day(now), 0
    while count := await _close_some(day):
        closed += count
    return closed


async def _close_some(day: date) -> int:
    async with db.transaction():
        ids = [row["id"] for row in await db.fetch(_PAST, day, _BATCH)]
        if not ids:
            return 0
        past = [msgspec.convert(dict(row), _PastTask) for row in await db.fetch(_WALKED, ids)]
        walked = [task for task in past if task.last_proved_at is not None]
        for task in walked:
            assert task.last_proved_at is not None
            await ending.close(task, task.last_proved_at)
        left = [task.id for task in past if task.last_proved_at is None]
        await db.execute(_MISS, left)
        await db.execute(_LAPSE, left)
        await events.record(*_missed(past))
    return len(ids)


def _missed(past: Sequence[_PastTask]) -> list[StopsMissed]:
    """One fact for each committee and day: a committee hears once of a day, however many routes it has."""
    incomplete = [task for task in past if task.proved < task.stops]
    found = []
    for (committee_code, due_on), group in groupby(incomplete, key=lambda task: (task.committee_code, task.due_on)):
        tasks = list(group)
        found.append(
            StopsMissed(
                subject_id=tasks[0].id,
                area_code=committee_code,
                due_on=due_on,
                routes=tuple(task.route for task in tasks),
                missed=sum(task.stops - task.proved for task in tasks),
                stops=sum(task.stops for task in tasks),
            )
        )
    return found
