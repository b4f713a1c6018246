"""待认领: devices that speak and that nobody registered. A list of bounded length, of which nothing follows.

Whoever makes up numbers fills the list at most: what spoke once and no more leaves it after a day, the rest when it
has been silent for a month.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.intake.sensors.structs import SensorReading
from backend.sql import sql

HELD_MOST = 1_000
"""So many numbers of a source wait at once."""
_SPOKE_ONCE_FOR, _HELD_FOR = timedelta(days=1), timedelta(days=30)
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('unknown_sensor'), $1::int)"
_COUNT = """
    UPDATE unknown_sensor u SET last_seen_at = :now, readings = u.readings + k.readings, last_kind = k.kind,
        last_cause = k.cause
    FROM unnest(:numbers::text[], :readings::int[], :kinds::text[], :causes::text[])
         AS k (device_no, readings, kind, cause)
    WHERE u.source_id = :source_id AND u.device_no = k.device_no RETURNING u.device_no
"""
_HOLD = f"""
    INSERT INTO unknown_sensor (source_id, device_no, first_seen_at, last_seen_at, readings, last_kind, last_cause)
    SELECT :source_id::bigint, k.device_no, :now::timestamptz, :now::timestamptz, k.readings, k.kind, k.cause
    FROM unnest(:numbers::text[], :readings::int[], :kinds::text[], :causes::text[])
         AS k (device_no, readings, kind, cause)
    WHERE k.device_no <> ALL(:known::text[])
    LIMIT greatest(0, {HELD_MOST} - (SELECT count(*) FROM unknown_sensor WHERE source_id = :source_id))
"""
_PRUNE = """
    DELETE FROM unknown_sensor WHERE last_seen_at < $1 OR readings = 1 AND last_seen_at < $2
"""


async def hold(readings: Sequence[SensorReading], source_id: int, now: datetime) -> None:
    """Note who spoke. Where the list is full, numbers that are not in it yet are not written."""
    if not readings:
        return
    counted = Counter(reading.device_no for reading in readings)
    last = {reading.device_no: reading for reading in readings}
    numbers = sorted(counted)
    columns = {
        "numbers": numbers,
        "readings": [counted[number] for number in numbers],
        "kinds": [last[number].kind.value for number in numbers],
        "causes": [last[number].cause for number in numbers],
    }
    await db.execute(_LOCK, source_id)
    known = [row["device_no"] for row in await db.fetch(sql(_COUNT, **columns, source_id=source_id, now=now))]
    await db.execute(sql(_HOLD, **columns, known=known, source_id=source_id, now=now))


async def prune(now: datetime) -> None:
    """Let go who has not spoken for long."""
    await db.execute(_PRUNE, now - _HELD_FOR, now - _SPOKE_ONCE_FOR)
