"""Sums and rows of somebody's ledgers, as they read them."""

import msgspec

from backend import db
from backend.structs import Page, encode_cursor, id_before
from grab_orders.ledgers.structs import PointsLine
from grab_orders.offers.structs import Hours, Points

_HOURS = """
    SELECT coalesce(sum(h.counted), 0)::int AS confirmed,
           coalesce(sum(h.minutes) FILTER (WHERE h.kind = 'worked' AND NOT EXISTS (
               SELECT FROM hours_entry s WHERE s.refers_to_id = h.id)), 0)::int AS pending
    FROM hours_entry h WHERE h.account_id = $1
"""
_POINTS = "SELECT coalesce(sum(points), 0)::int FROM points_entry WHERE account_id = $1"
_LINES = """
    SELECT p.id, p.kind, p.outcome, p.points, p.full_points, p.number, p.title_zh, p.title_en, p.reason, p.entered_at,
           EXISTS (SELECT FROM points_entry r WHERE r.refers_to_id = p.id) AS is_reversed
    FROM points_entry p WHERE p.account_id = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT $3
"""
_MINUTES = 60


async def hours_of(account_id: int) -> Hours:
    """Somebody's hours of service: confirmed, and what waits for the committee."""
    row = await db.fetchrow(_HOURS, account_id)
    assert row is not None
    return Hours(confirmed=_hours(row["confirmed"]), pending=_hours(row["pending"]))


async def points_of(account_id: int) -> Points:
    """Somebody's points."""
    return Points(balance=await db.fetchval(_POINTS, account_id))


async def list_points(account_id: int, *, limit: int, cursor: str | None = None) -> Page[PointsLine]:
    """The rows of somebody's points, the latest first. Raises BadRequest for a cursor that is none."""
    rows = await db.fetch(_LINES, account_id, id_before(cursor), limit + 1)
    items = [msgspec.convert(dict(row), PointsLine) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


def _hours(minutes: int) -> float:
    return round(minutes / _MINUTES, 2)
