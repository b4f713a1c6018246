"""约定看望: nothing was used in a home for longer than was agreed, though its devices are there: somebody knocks.

A door sensor and a water meter together: where either was used, somebody is up and about. A device that is silent
itself says nothing of the home, so no visit follows from that, but the device is among those that are silent.
"""

from datetime import datetime, timedelta

from backend import db
from backend.intake.sensors import taking
from backend.intake.sensors.structs import ReadingKind, SensorReading
from backend.sql import sql

QUIET = "quiet"
_AT_ONCE = 500
_AGAIN_AFTER = timedelta(minutes=30)
# Of a watch that is due: when something was used last, and whether one of its devices is silent.
_DUE = f"""
    SELECT w.id, w.source_id, w.quiet_hours, seen.*
    FROM sensor_watch w CROSS JOIN LATERAL (
        SELECT max(coalesce(st.used_at, s.registered_at)) AS used_at, bool_or(st.silent_since IS NOT NULL) AS is_silent,
               (array_agg(s.device_no ORDER BY s.id))[1] AS device_no
        FROM sensor s JOIN sensor_state st ON st.sensor_id = s.id WHERE s.watch_id = w.id AND s.is_on
    ) seen
    WHERE w.quiet_since IS NULL AND w.look_at <= $1
    ORDER BY w.look_at LIMIT {_AT_ONCE} FOR NO KEY UPDATE OF w SKIP LOCKED
"""
_SET = """
    UPDATE sensor_watch w SET quiet_since = k.quiet_since, look_at = k.look_at
    FROM unnest(:ids::bigint[], :quiets::timestamptz[], :looks::timestamptz[]) AS k (id, quiet_since, look_at)
    WHERE w.id = k.id
"""


async def look(now: datetime) -> int:
    """Look at every watch that is due. Returns at how many a visit is due now."""
    count = 0
    while True:
        looked, quiet = await _look(now)
        count += quiet
        if looked < _AT_ONCE:
            return count


async def _look(now: datetime) -> tuple[int, int]:
    async with db.transaction():
        rows = await db.fetch(_DUE, now)
        quiet: dict[int, list[SensorReading]] = {}
        ids, quiets, looks = list[int](), list[datetime | None](), list[datetime]()
        for row in rows:
            due_at = (row["used_at"] or now) + timedelta(hours=row["quiet_hours"])
            is_due = row["device_no"] is not None and not row["is_silent"] and due_at <= now
            if is_due:
                quiet.setdefault(row["source_id"], []).append(_reading(row["id"], row["device_no"], now))
            ids.append(row["id"])
            quiets.append(now if is_due else None)
            looks.append(due_at if due_at > now else now + _AGAIN_AFTER)
        if ids:
            await db.execute(sql(_SET, ids=ids, quiets=quiets, looks=looks))
        for source_id, readings in sorted(quiet.items()):
            await taking.take(readings, source_id=source_id, now=now, is_sign_of_life=False)
    return len(rows), sum(map(len, quiet.values()))


def _reading(watch_id: int, device_no: str, now: datetime) -> SensorReading:
    """As if the first device of the watch had said it."""
    number = f"watch-{watch_id}-{now.isoformat()}"
    return SensorReading(device_no=device_no, kind=ReadingKind.ALARM, cause=QUIET, measured_at=now, reading_no=number)
