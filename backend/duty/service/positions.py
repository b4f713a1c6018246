"""Where people on duty are: the latest fix and no other, for no longer than they are on duty and than a day.

It serves to find who is nearest, and nobody reads it: what `explain` shows are metres to a place.
"""

from datetime import datetime, timedelta

from backend import db
from backend.accounts.structs import Actor
from backend.duty import queries
from backend.duty import sql as duty_sql
from backend.duty.errors import NotOnDuty, NoUnit
from backend.geo.points import Fix
from backend.sql import sql

KEEP_AT_MOST = timedelta(days=1)
KEEP_EVERY = timedelta(seconds=10)
"""What is sent more often changes nothing."""
_KEEP = """
    INSERT INTO staff_position (account_id, point, accuracy_m, at)
    VALUES (:account_id, ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography, :accuracy_m, :now)
    ON CONFLICT (account_id) DO UPDATE
    SET point = EXCLUDED.point, accuracy_m = EXCLUDED.accuracy_m, at = EXCLUDED.at
    WHERE staff_position.at <= EXCLUDED.at - :keep_every::interval
"""
_FORGET = f"""
    WITH gone AS (
        DELETE FROM staff_position p WHERE p.at < $2 OR NOT {duty_sql.is_on_duty("p.account_id", "$1::timestamptz")}
        RETURNING 1)
    SELECT count(*) FROM gone
"""


async def keep_position(actor: Actor, fix: Fix, now: datetime) -> None:
    """Keep where somebody on duty is, in place of what was kept before. Raises NoUnit, NotOnDuty."""
    if actor.unit_id is None:
        raise NoUnit
    if not await queries.is_on_duty(actor.account_id, now):
        raise NotOnDuty
    point = fix.wgs84()
    await db.execute(
        sql(
            _KEEP,
            account_id=actor.account_id,
            lng=point.lng,
            lat=point.lat,
            accuracy_m=fix.accuracy_m,
            now=now,
            keep_every=KEEP_EVERY,
        )
    )


async def forget_position(actor: Actor) -> None:
    """Remove what is kept of one's own: whoever no longer wants to be found near leaves nothing."""
    await db.execute("DELETE FROM staff_position WHERE account_id = $1", actor.account_id)


async def forget_positions(now: datetime) -> int:
    """Remove the positions of everybody off duty, and what is older than a day. Returns how many."""
    return await db.fetchval(_FORGET, now, now - KEEP_AT_MOST)
