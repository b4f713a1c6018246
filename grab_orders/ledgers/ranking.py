"""Who earned most in ninety days. Only whoever has enough confirmed orders is ranked, and nobody who may be a minor.

Names are masked. Of somebody of whom no year of birth is known nothing is shown.
"""

from datetime import date, datetime, timedelta

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.sql import sql
from backend.structs import Read
from grab_orders.ledgers import policies
from grab_orders.ledgers.errors import NotRankedHere
from grab_orders.people.rules import ADULT_YEARS, committee_among

DAYS = 90
SHOWN = 20
_RANKING = """
    WITH earned AS (
        SELECT p.account_id, sum(p.points)::int AS points,
               count(DISTINCT p.order_id) FILTER (WHERE p.kind = 'work' AND p.points > 0 AND NOT EXISTS (
                   SELECT FROM points_entry r WHERE r.refers_to_id = p.id))::int AS orders
        FROM points_entry p
        WHERE p.committee_code = :committee AND p.on_date > :since AND p.kind <> 'spent' AND NOT EXISTS (
            SELECT FROM points_entry s WHERE s.id = p.refers_to_id AND s.kind = 'spent')
        GROUP BY p.account_id
    ), ranked AS (
        SELECT e.account_id, v.masked_name AS name, e.points, e.orders,
               rank() OVER (ORDER BY e.points DESC)::int AS place
        FROM earned e JOIN volunteer v ON v.account_id = e.account_id AND v.status = 'approved'
        WHERE e.orders >= :least AND v.birth_year < :adult_year
    )
    SELECT *, count(*) OVER ()::int AS ranked FROM ranked
"""
_SHOWN = f"SELECT * FROM ({_RANKING}) r WHERE place <= :shown OR account_id = :me ORDER BY place, name, account_id"
_OWN = """
    SELECT count(DISTINCT p.order_id)::int FROM points_entry p
    WHERE p.account_id = :me AND p.committee_code = :committee AND p.on_date > :since AND p.kind = 'work'
      AND p.points > 0 AND NOT EXISTS (SELECT FROM points_entry r WHERE r.refers_to_id = p.id)
"""


class RankedVolunteer(Read, frozen=True, kw_only=True):
    place: int
    name: str
    points: int
    orders: int
    is_own: bool


class Ranking(Read, frozen=True, kw_only=True):
    """`ranked`: how many are. `least`: confirmed orders from which one is; `own_orders`: those of the reader."""

    items: list[RankedVolunteer]
    ranked: int
    least: int
    own_orders: int


async def get_ranking(reader: Actor, now: datetime) -> Ranking:
    """The ranking of a committee as one of its volunteers reads it: the first SHOWN, and the own place.

    Raises NotRankedHere for who is a volunteer of no committee.
    """
    committee_code, today = committee_among(reader.areas_of(Role.VOLUNTEER)), shanghai_date(now)
    if committee_code is None:
        raise NotRankedHere
    rules = await policies.find_rules(committee_code)
    about = {"committee": committee_code, "since": today - timedelta(days=DAYS), "me": reader.account_id}
    adults = {"adult_year": _adult_year(today), "least": rules.ranked_from, "shown": SHOWN}
    rows = await db.fetch(sql(_SHOWN, **about, **adults))
    items = [_line(row, reader.account_id) for row in rows]
    return Ranking(
        items=items,
        ranked=rows[0]["ranked"] if rows else 0,
        least=rules.ranked_from,
        own_orders=await db.fetchval(sql(_OWN, **about)),
    )


def _line(row: asyncpg.Record, reader_id: int) -> RankedVolunteer:
    return msgspec.convert({**row, "is_own": row["account_id"] == reader_id}, RankedVolunteer)


def _adult_year(today: date) -> int:
    """Whoever was born before this year is of age for sure: see `people.rules.may_be_minor`."""
    return today.year - ADULT_YEARS
