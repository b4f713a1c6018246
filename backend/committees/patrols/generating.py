"""The tasks of a day, for all committees in three statements: each route of a task that the duty list has on that day.

A day may be generated again and by several workers at once: a route is walked once a day, by a key of the table. Who
comes second waits for the first and finds everything there.
"""

from collections.abc import Sequence
from datetime import date

import asyncpg

from backend import db
from backend.committees.duty_list import queries as duty_list
from backend.committees.duty_list.structs import DutyEntryRead
from backend.committees.patrols.events import PatrolsPlanned
from backend.events import service as events

_ALONE = "SELECT pg_advisory_xact_lock(hashtext('patrols.generate'))"
# A route without stops is none. In the order of routes, so that two never wait for each other.
_MAKE = """
    WITH due (entry_id, committee_code, template_id) AS (
        SELECT * FROM unnest($2::bigint[], $3::text[], $4::bigint[])
    ),
    made AS (
        INSERT INTO patrol_task (entry_id, route_id, committee_code, due_on)
        SELECT d.entry_id, r.id, r.committee_code, $1
        FROM due d JOIN patrol_route r ON r.committee_code = d.committee_code AND r.template_id = d.template_id
        WHERE r.is_on AND EXISTS (SELECT FROM patrol_route_stop WHERE route_id = r.id)
        ORDER BY r.id
        ON CONFLICT ON CONSTRAINT patrol_task_once DO NOTHING
        RETURNING id, route_id, committee_code
    ),
    stops AS (
        INSERT INTO patrol_stop (task_id, seq, place_id)
        SELECT m.id, s.seq, s.place_id FROM made m JOIN patrol_route_stop s ON s.route_id = m.route_id
    )
    SELECT committee_code, min(id) AS first_id, count(*) AS tasks FROM made GROUP BY 1 ORDER BY 1
"""


async def generate(day: date, areas: Sequence[str] = ("",)) -> int:
    """Make what is missing of a day's tasks within these areas, prefixes of codes. Returns how many were missing."""
    async with db.transaction():
        await db.execute(_ALONE)
        due: dict[int, DutyEntryRead] = {}
        for area in areas:
            due |= {entry.id: entry for entry in await duty_list.entries_on(area, day)}
        if not due:
            return 0
        entries = list(due.values())
        committees, templates = [each.committee_code for each in entries], [each.template_id for each in entries]
        made = await db.fetch(_MAKE, day, list(due), committees, templates)
        await events.record(*(_planned(row, day) for row in made))
        return sum(row["tasks"] for row in made)


def _planned(row: asyncpg.Record, day: date) -> PatrolsPlanned:
    return PatrolsPlanned(subject_id=row["first_id"], area_code=row["committee_code"], due_on=day, tasks=row["tasks"])
