"""What an order is held to: clock, minutes of each stage and timetable, as SQL for larger statements and as a read.

A policy of a nearer area beats one further up, each stage for itself; where none speaks the dictionary does.
"""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.scope import prefixes
from backend.calendars import sql as calendar
from backend.calendars.structs import Timetable
from backend.items.errors import ItemUnknown
from backend.items.structs import Clock
from backend.orders.deadlines.limits import StageLimits, completed
from backend.orders.deadlines.plan import Terms

_STAGES = ("respond_min", "arrive_min", "safe_min", "resolve_min", "verify_min")
COLUMNS = "i.clock, i.checkin_required, i.code AS terms_item, i.priority AS terms_priority, " + ", ".join(
    f"coalesce(policy.{name}, i.{name}) AS {name}" for name in _STAGES
)
_NEAREST = ", ".join(
    f"(array_agg({name} ORDER BY length(area_code) DESC) FILTER (WHERE {name} IS NOT NULL))[1] AS {name}"
    for name in _STAGES
)


def policy(areas: str) -> str:
    """Joins `policy` to `item i`: the minutes that differ in an area. Takes the array of its prefixes."""
    return f"""LEFT JOIN LATERAL (
        SELECT {_NEAREST} FROM sla_policy WHERE item_id = i.code AND area_code = ANY({areas})
    ) policy ON true"""


def timetable(areas: str, since: str) -> str:
    """The timetable as JSON text; days only where the item's clock asks for them."""
    days = "i.clock = 'work'"
    return f"{calendar.timetable(areas, since, with_days=days)}::text AS timetable"


# The values stand behind a wall, so that the plan does not depend on them and is made once for a connection.
_TERMS = f"""
    WITH asked AS MATERIALIZED (SELECT $1::text AS code, $2::text[] AS areas, $3::timestamptz AS since)
    SELECT {COLUMNS}, {timetable("asked.areas", "asked.since")}
    FROM asked JOIN item i ON i.code = asked.code {policy("asked.areas")}
"""


async def get_terms(item_code: str, area_code: str, since: datetime) -> Terms:
    """What an order about this item in this area is held to from an instant on. Raises ItemUnknown."""
    row = await db.fetchrow(_TERMS, item_code, prefixes(area_code), since)
    if row is None:
        raise ItemUnknown(item_code)
    return terms_of(row)


def terms_of(row: asyncpg.Record) -> Terms:
    clock = Clock(row["clock"])
    limits = StageLimits(**{name: row[name] for name in _STAGES})
    return Terms(
        clock=clock,
        limits=completed(limits, clock, has_arrival=row["checkin_required"]),
        timetable=msgspec.json.decode(row["timetable"], type=Timetable),
        item_code=row["terms_item"],
        priority=row["terms_priority"],
    )
