"""Slots appear by themselves: a week ahead, from the schedules of the routes, each once."""

from datetime import datetime

from backend import db
from backend.calendars.rules import shanghai_date
from shops.pickup.slots.reading import AHEAD

_MAKE = """
    INSERT INTO pickup_slot (route_id, kind, starts_at, ends_at, cutoff_at, capacity, load_l)
    SELECT p.route_id, p.kind, run.starts_at, (run.on_date + p.ends) AT TIME ZONE 'Asia/Shanghai',
           run.starts_at - p.cutoff_min * interval '1 minute', p.capacity, r.load_l
    FROM pickup_schedule p JOIN pickup_route r ON r.id = p.route_id AND r.is_open
    CROSS JOIN LATERAL (
        SELECT day::date AS on_date, (day::date + p.starts) AT TIME ZONE 'Asia/Shanghai' AS starts_at
        FROM generate_series($1::date::timestamp, $2::date::timestamp, interval '1 day') AS day
        WHERE extract(isodow FROM day)::smallint = ANY(p.weekdays) AND day::date >= p.from_on
          AND (p.until_on IS NULL OR day::date <= p.until_on)
    ) run
    WHERE run.starts_at > $3
    ON CONFLICT DO NOTHING RETURNING id
"""


async def make_ahead(now: datetime) -> int:
    """Make the slots of today and the week ahead that are not there yet. Says how many. Safe to repeat."""
    return len(await db.fetch(_MAKE, shanghai_date(now), shanghai_date(now + AHEAD), now))
