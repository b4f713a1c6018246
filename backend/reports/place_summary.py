"""What a place shows to strangers, stored beside it: looking it up costs a tenth of finding it out.

A summary is made by whoever scans where no good one is, and is good while nothing changed at any of its spots: triggers
write a `place_change` in the very transaction that changes an order, a follower, a photo, a place, an item or a rule.
Which changes a summary knows is told by the snapshot in which it was made: what a transaction changed that was not
visible in it counts against the summary. Time alone makes lines disappear, and `good_until` is when the first of them
would. The statement that reads a summary asks all of this, so nobody sees one that what he or she committed before has
made wrong (docs/decisions/0046).
"""

from datetime import datetime
from functools import cache

import asyncpg

from backend import db
from backend.orders.reads import at_place
from backend.places.kinds import PlaceKind
from backend.reports import candidate_sql as sql
from qr import queries as qr
from qr.codes import Code

MOST = 5
"""Candidates that a door shows."""
FREQUENT_MOST = 10
"""Frequent items that are stored; a page takes as many as it has room for."""
_CODE, _NOW = "$1", "$2::timestamptz"
_LIFE = "interval '1 hour'"
# A little fewer than there are, so that the cells reach a little further than the rules.
_METRES_A_DEGREE = 110_000
# Whatever changed is a scalar subquery: a join would be planned by how many changes there are.
_GOOD = """(
    s.made_at <= {now} AND {now} < s.good_until
    AND pg_snapshot_xmax(s.snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
    AND (SELECT true FROM place_change c WHERE c.spot = ANY(s.spots) AND c.xid >= pg_snapshot_xmin(s.snapshot)
            AND NOT pg_visible_in_snapshot(c.xid, s.snapshot) LIMIT 1) IS NULL
)"""
_PRUNE = f"""
    WITH over AS (DELETE FROM place_summary WHERE good_until <= $1)
    DELETE FROM place_change WHERE noted_at < $1 - {_LIFE}
       AND xid < pg_snapshot_xmin(pg_current_snapshot())
       AND NOT EXISTS (SELECT FROM place_summary WHERE good_until > $1 AND NOT pg_visible_in_snapshot(xid, snapshot))
"""


def good(now: str) -> str:
    """SQL of whether `place_summary s` is good at an instant, an expression."""
    return _GOOD.format(now=now)


def making(door: str, now: str) -> str:
    """The CTEs that find out what is to be seen at a door, SQL of a row with its place: `made` is its summary."""
    stands = f"{sql.point('lng', 'lat')}, id, kind = '{PlaceKind.POINT}', {now} FROM door WHERE id IS NOT NULL"
    reach_m = f"CASE WHEN kind <> '{PlaceKind.POINT}' THEN (SELECT max(radius_m)::float8 FROM duplicate_rule) END"
    return f"""
        WITH door AS MATERIALIZED ({door}), {sql.seen(stands)}, {sql.found(sql.AT_A_PLACE)}, made AS MATERIALIZED (
            SELECT door.id AS place_id, coalesce({sql.listed(str(MOST))}, '[]') AS reported,
                   {at_place.frequent_items("door.id", str(FREQUENT_MOST))} AS frequent,
                   {_spots("door.id", "door.lng", "door.lat", reach_m)} AS spots, pg_current_snapshot() AS snapshot,
                   {now} AS made_at, least({now} + {_LIFE}, {sql.CHANGES_AT}) AS good_until
            FROM door WHERE door.id IS NOT NULL
        )"""


def _spots(place: str, lng: str, lat: str, reach_m: str) -> str:
    """SQL of where a change matters: everywhere (0), at the place, in the cells around as `place_cell` numbers them."""
    high, wide = f"{reach_m} / {_METRES_A_DEGREE}", f"{reach_m} / ({_METRES_A_DEGREE} * greatest(cosd({lat}), 0.01))"
    return f"""ARRAY[0, {place}] || ARRAY(
        SELECT -((x << 20) + y) FROM
            generate_series({_row(f"{lng} + 180 - {wide}")}, {_row(f"{lng} + 180 + {wide}")}) AS x,
            generate_series({_row(f"{lat} + 90 - {high}")}, {_row(f"{lat} + 90 + {high}")}) AS y
    )"""


def _row(degrees: str) -> str:
    return f"floor(({degrees}) * 1000)::bigint"


_STORED = """stored AS (
        INSERT INTO place_summary (place_id, reported, frequent, spots, snapshot, made_at, good_until)
        SELECT place_id, reported, frequent, spots, snapshot, made_at, good_until FROM made
        WHERE pg_current_xact_id_if_assigned() IS NULL  -- what is not committed yet is nobody else's
        ON CONFLICT (place_id) DO UPDATE SET reported = excluded.reported, frequent = excluded.frequent,
            spots = excluded.spots, snapshot = excluded.snapshot, made_at = excluded.made_at,
            good_until = excluded.good_until
        WHERE pg_snapshot_xmax(place_summary.snapshot) <= pg_snapshot_xmax(excluded.snapshot)
    )"""


@cache
def _find(also: str) -> str:
    return f"""
        SELECT door.*, {also} AS also, s.reported, s.frequent, s.place_id IS NOT NULL AS is_known
        FROM ({qr.door_of(_CODE)}) door LEFT JOIN place_summary s ON s.place_id = door.id AND {good(_NOW)}
    """


@cache
def _make(also: str) -> str:
    return f"""{making(qr.door_of(_CODE), _NOW)}, {_STORED}
        SELECT door.*, {also} AS also, made.reported, made.frequent
        FROM door LEFT JOIN made ON made.place_id = door.id
    """


_PLACE = """
    SELECT p.id, p.kind, ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat FROM place p WHERE p.id = $2
"""
IS_WRONG = f"""{making(_PLACE, "$1::timestamptz")}
    SELECT EXISTS (
        SELECT FROM place_summary s LEFT JOIN made USING (place_id)
        WHERE s.place_id = $2 AND {good("$1::timestamptz")}
          AND (s.reported::text, s.frequent) IS DISTINCT FROM (made.reported::text, made.frequent)
    )
"""
"""Whether the good summary of a place ($2) says something else than is true at an instant ($1)."""


async def find_or_make(code: Code, now: datetime, also: str) -> asyncpg.Record | None:
    """Where a code leads, a row of `door_of`, with `reported` and `frequent` of its place; None for an unknown code.

    `also`: SQL of what else is asked about the row `door`.
    """
    row = await db.fetchrow(_find(also), code, now)
    if row is None or row["id"] is None or row["is_known"]:
        return row
    return await db.fetchrow(_make(also), code, now)


async def prune(now: datetime) -> None:
    """Remove summaries whose time is over, and the changes that none of the others needs to know of."""
    await db.execute(_PRUNE, now)
