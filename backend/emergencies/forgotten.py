"""An emergency that has been on for long: whoever began it and who commands there are warned, again and again. It ends
only by a person.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.emergencies.events import EmergencyForgotten
from backend.events import service as events

_WARN = """
    WITH long AS (
        UPDATE emergency e SET warned_at = $1
        WHERE e.ended_at IS NULL
          AND coalesce(e.warned_at, e.begun_at) + e.warn_after_hours * interval '1 hour' <= $1
        RETURNING e.id, e.area_code, e.kind, e.level, e.begun_at, e.begun_by_id
    )
    SELECT long.*, coalesce(area.name, long.area_code) AS area_zh FROM long LEFT JOIN area ON area.code = long.area_code
"""


async def warn(now: datetime) -> int:
    """Warn of each that is on for longer than its plan foresaw (24 hours), and once more after as long again."""
    async with db.transaction():
        rows = await db.fetch(_WARN, now)
        if rows:
            await events.record(*(_fact(dict(row)) for row in rows))
    return len(rows)


def _fact(row: dict[str, object]) -> EmergencyForgotten:
    return msgspec.convert(row | {"subject_id": row.pop("id")}, EmergencyForgotten)
