"""A fold ends when somebody has been there, or nobody has to go: what its devices report afterwards begins anew.

Devices are locked first, as by whoever takes readings: no reading goes into an alarm that ends at this instant.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from backend import db

_LOCK = """
    SELECT st.id FROM sensor_state st
    WHERE st.sensor_id IN (SELECT sensor_id FROM sensor_alarm WHERE fold_id = ANY($1::bigint[]))
    ORDER BY st.sensor_id FOR NO KEY UPDATE
"""
_LOCK_FOLDS = "SELECT id FROM alarm_fold WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE"
_END = """
    UPDATE alarm_fold f SET ended_at = k.at, is_joinable = false
    FROM unnest($1::bigint[], $2::timestamptz[]) AS k (id, at) WHERE f.id = k.id AND f.ended_at IS NULL
"""
_END_ALARMS = """
    UPDATE sensor_alarm a SET ended_at = k.at
    FROM unnest($1::bigint[], $2::timestamptz[]) AS k (id, at) WHERE a.fold_id = k.id AND a.ended_at IS NULL
"""
# Somebody was there: the hours of a watch begin anew, whether anything was used since or not.
_WATCH_ANEW = """
    UPDATE sensor_watch w SET quiet_since = NULL, look_at = k.at + make_interval(hours => w.quiet_hours)
    FROM unnest($1::bigint[], $2::timestamptz[]) AS k (id, at)
    JOIN sensor_alarm a ON a.fold_id = k.id AND a.cause = 'quiet' JOIN sensor s ON s.id = a.sensor_id
    WHERE w.id = s.watch_id AND w.quiet_since IS NOT NULL
"""
_IS_OVER = """
    UPDATE alarm_fold f SET state = 'over' WHERE f.id = $1 AND f.state = 'waiting'
      AND NOT EXISTS (SELECT FROM sensor_alarm a WHERE a.fold_id = f.id AND a.cleared_at IS NULL)
    RETURNING f.id
"""
_JUDGE = """
    UPDATE alarm_fold SET is_right = $2 WHERE id = ANY($1::bigint[]) AND is_right IS NULL RETURNING id
"""
_COUNT = """
    UPDATE sensor s SET right_count = s.right_count + CASE WHEN $2 THEN k.alarms ELSE 0 END,
        wrong_count = s.wrong_count + CASE WHEN $2 THEN 0 ELSE k.alarms END
    FROM (SELECT sensor_id, count(*)::int AS alarms FROM sensor_alarm WHERE fold_id = ANY($1::bigint[])
          GROUP BY sensor_id) k
    WHERE s.id = k.sensor_id
"""


async def end(ends: Mapping[int, datetime]) -> None:
    """End these folds with their alarms, each at its instant; what has ended stays as it is. Within a transaction."""
    if ends:
        fold_ids, instants = list(ends), list(ends.values())
        await db.execute(_LOCK, fold_ids)
        await db.execute(_LOCK_FOLDS, fold_ids)
        await db.execute(_END, fold_ids, instants)
        await db.execute(_END_ALARMS, fold_ids, instants)
        await db.execute(_WATCH_ANEW, fold_ids, instants)


async def end_if_over(fold_id: int, now: datetime) -> bool:
    """End a fold that nobody was sent to, because all its devices say that it is over. False where one does not."""
    async with db.transaction():
        await db.execute(_LOCK, [fold_id])
        if await db.fetchval(_IS_OVER, fold_id) is None:
            return False
        await end({fold_id: now})
    return True


async def judge(fold_ids: Sequence[int], *, is_right: bool) -> None:
    """Count once for each device whether its alarms were right. Within a transaction."""
    judged = [row["id"] for row in await db.fetch(_JUDGE, fold_ids, is_right)]
    if judged:
        await db.execute(_COUNT, judged, is_right)
