"""What was refused of a source is counted by day and reason: nothing of it is filed, and nobody need read a log."""

from datetime import date, datetime

from backend import db
from backend.calendars.rules import shanghai_date
from backend.sql import sql

_COUNT = """
    INSERT INTO source_refusal AS counted (source_id, refused_on, reason, refusals)
    SELECT id, :day, :reason, :times::int FROM intake_source WHERE name = :name
    ON CONFLICT ON CONSTRAINT source_refusal_once DO UPDATE SET refusals = counted.refusals + EXCLUDED.refusals
"""
_OF_DAYS = """
    SELECT refused_on, reason, refusals FROM source_refusal
    WHERE source_id = $1 AND refused_on BETWEEN $2 AND $3 ORDER BY refused_on, reason
"""


async def count(name: str, reason: str, now: datetime, times: int = 1) -> None:
    """So many more messages of the source of this name were refused, for this reason; of no source, none is counted."""
    await db.execute(sql(_COUNT, name=name, reason=reason, day=shanghai_date(now), times=times))


async def list_refusals(source_id: int, first: date, last: date) -> dict[date, dict[str, int]]:
    """By day of Shanghai and reason."""
    found: dict[date, dict[str, int]] = {}
    for row in await db.fetch(_OF_DAYS, source_id, first, last):
        found.setdefault(row["refused_on"], {})[row["reason"]] = row["refusals"]
    return found
