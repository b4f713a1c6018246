"""失联: who has said nothing for longer than their limit, found by an index and for all of them at once.

Messages do not move the instant at which a device is looked at next. Whoever is due and has spoken meanwhile is put
off until its silence could begin; so each device is looked at about once in each of its limits, however much it says.
"""

from datetime import datetime

from backend import db
from backend.events import service as events
from backend.intake.sensors import town_kinds
from backend.intake.sensors.events import SensorsSilent, area_around
from backend.intake.sensors.kinds import silence_limits
from backend.sql import sql

AT_ONCE = 2_000
_LOOK = f"""
    WITH due AS (
        SELECT st.id, coalesce(st.seen_at, s.registered_at)
                   + make_interval(mins => coalesce(s.silence_min, k.silence_min)) AS silent_at,
               s.source_id, s.area_code
        FROM sensor_state st JOIN sensor s ON s.id = st.sensor_id
        JOIN unnest(:kinds::text[], :limits::int[]) AS k (kind, silence_min) ON k.kind = s.kind
        WHERE st.silent_since IS NULL AND st.look_at <= :now
        ORDER BY st.look_at LIMIT {AT_ONCE} FOR NO KEY UPDATE OF st SKIP LOCKED
    )
    UPDATE sensor_state st
    SET silent_since = CASE WHEN due.silent_at <= :now THEN :now END, look_at = greatest(due.silent_at, st.look_at)
    FROM due WHERE st.id = due.id
    RETURNING st.sensor_id, due.source_id, due.area_code, st.silent_since IS NOT NULL AS is_silent
"""


async def find_silent(now: datetime) -> int:
    """Mark every device whose silence has begun, and say so once. Returns how many there are."""
    await town_kinds.refresh()
    count = 0
    while True:
        looked, silent = await _look(now)
        count += silent
        if looked < AT_ONCE:
            return count


async def _look(now: datetime) -> tuple[int, int]:
    kinds, limits = silence_limits()
    async with db.transaction():
        rows = await db.fetch(sql(_LOOK, kinds=kinds, limits=limits, now=now))
        silent = [row for row in rows if row["is_silent"]]
        for source_id in sorted({row["source_id"] for row in silent}):
            of_source = [row for row in silent if row["source_id"] == source_id]
            area = area_around(row["area_code"] for row in of_source)
            ids = tuple(row["sensor_id"] for row in of_source)
            await events.record(SensorsSilent(subject_id=source_id, area_code=area, sensor_ids=ids))
    return len(rows), len(silent)
