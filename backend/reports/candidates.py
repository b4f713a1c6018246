"""Open orders that a new report may be about, in one statement: its rule is that of duplicates.py.

No person is named: a number, a state, an age, a distance, how many saw it, and a picture only where it was released.
"""

from datetime import datetime

import asyncpg

from backend import db
from backend.geo.lonlat import LonLat
from backend.orders.structs import ItemName
from backend.places.kinds import Kind
from backend.reports.errors import PlaceMissing
from backend.reports.structs import Candidate, Spot
from media import queries as media
from media.structs import Audience, Subject, SubjectKind
from qr import queries as qr
from qr.errors import CodeUnbound

MOST = 5
_OPEN = "('dispatched', 'accepted', 'on_site', 'handled', 'suspended')"
_ORDER = "o.id, o.number, o.state, o.item_code, o.opened_at, o.closed_at, o.loc, o.place_id, o.source_kind"

# $1 longitude, $2 latitude, $3 place, $4 whether neighbours are other things, $5 item or null, $6 now, $7 one order
# or null, $8 most rows. Each way to an order walks an index: of the place, the open ones around, the lately closed.
_CANDIDATES = f"""
    WITH seen AS (SELECT ST_SetSRID(ST_MakePoint($1::float8, $2::float8), 4326)::geography AS loc),
    rule AS MATERIALIZED (
        SELECT i.code, i.name_zh, i.name_en, r.radius_m, r.window_min * interval '1 minute' AS within,
               $6::timestamptz - r.closed_min * interval '1 minute' AS closed_since
        FROM item i CROSS JOIN LATERAL (
            SELECT * FROM duplicate_rule WHERE starts_with(i.code, prefix) ORDER BY length(prefix) DESC LIMIT 1
        ) r WHERE r.window_min > 0 AND ($5::text IS NULL OR i.code = $5)
    ),
    around AS MATERIALIZED (
        SELECT {_ORDER} FROM work_order o WHERE o.place_id = $3 AND o.state <> 'closed' AND o.state IN {_OPEN}
        UNION ALL SELECT {_ORDER} FROM seen, work_order o
        WHERE NOT $4::bool AND (o.place_id = $3) IS NOT TRUE AND o.state IN {_OPEN}
          AND ST_DWithin(o.loc, seen.loc, (SELECT max(radius_m)::float8 FROM rule))
        UNION ALL SELECT {_ORDER} FROM rule, work_order o
        WHERE o.item_code = rule.code AND o.closed_at >= rule.closed_since AND o.state = 'closed'
          AND (o.place_id = $3 OR $5::text IS NOT NULL OR $7::bigint IS NOT NULL)
    ),
    found AS (
        SELECT o.id AS order_id, o.number, o.state, o.item_code, rule.name_zh, rule.name_en, o.opened_at, o.closed_at,
               round(ST_Distance(o.loc, seen.loc)) AS distance_m, coalesce(o.place_id = $3, false) AS is_here
        FROM seen, around o JOIN rule ON rule.code = o.item_code
        WHERE o.source_kind NOT IN ('co_handling', 'root_cause') AND o.opened_at <= $6
          AND ($7::bigint IS NULL OR o.id = $7)
          AND (o.place_id = $3 OR NOT $4 AND o.opened_at >= $6 - rule.within
               AND ST_DWithin(o.loc, seen.loc, rule.radius_m::float8))
    )
    SELECT f.*,
           (SELECT 1 + count(DISTINCT account_id) FROM order_follower w WHERE w.order_id = f.order_id) AS reporters,
           ARRAY(SELECT s.id FROM order_step s WHERE s.order_id = f.order_id AND s.move IN ('open', 'join')) AS step_ids
    FROM found f
    WHERE f.is_here OR NOT EXISTS (SELECT FROM found h WHERE h.is_here AND h.item_code = f.item_code)
    ORDER BY f.closed_at IS NOT NULL, NOT f.is_here, f.distance_m, f.opened_at DESC, f.order_id LIMIT $8
"""


async def spot_of(code: str | None, point: LonLat | None) -> Spot:
    """Where somebody stands: the door of the code, else the position. Raises PlaceMissing, CodeUnbound, CodeUnknown."""
    if code:
        resolved = await qr.resolve(code)
        if resolved.place is None:
            raise CodeUnbound(code=resolved.code)
        place = resolved.place
        here = LonLat(place.point.lng, place.point.lat)
        return Spot(point=here, place_id=place.id, only_here=place.kind == Kind.POINT, code=resolved.code)
    if point is None:
        raise PlaceMissing
    return Spot(point=point)


async def list_candidates(spot: Spot, item_code: str | None, now: datetime, *, most: int = MOST) -> list[Candidate]:
    """The orders that a report about this item here may be about, the likeliest first.

    Without an item, about any; of the closed ones then only those of the very place.
    """
    rows = await _fetch(spot, item_code, now, None, most)
    thumbs = await _thumbs([step_id for row in rows for step_id in row["step_ids"]], now)
    return [_candidate(row, thumbs, now) for row in rows]


async def is_candidate(order_id: int, spot: Spot, now: datetime) -> bool:
    """Whether whoever stands at this spot may mean this order."""
    return bool(await _fetch(spot, None, now, order_id, 1))


async def _fetch(
    spot: Spot, item_code: str | None, now: datetime, order_id: int | None, most: int
) -> list[asyncpg.Record]:
    where = (spot.point.lng, spot.point.lat, spot.place_id, spot.only_here)
    return await db.fetch(_CANDIDATES, *where, item_code, now, order_id, most)


async def _thumbs(step_ids: list[int], now: datetime) -> dict[int, str]:
    """The first released picture of each step, if there is one."""
    if not step_ids:
        return {}
    subjects = [Subject(SubjectKind.ORDER_STEP, step_id) for step_id in step_ids]
    photos = await media.list_attached(subjects, now, Audience.PUBLIC)
    return {photo.subject_id: photo.thumb_url for photo in reversed(photos)}


def _candidate(row: asyncpg.Record, thumbs: dict[int, str], now: datetime) -> Candidate:
    plain = ("order_id", "number", "state", "opened_at", "closed_at", "distance_m", "is_here", "reporters")
    return Candidate(
        **{name: row[name] for name in plain},
        item=ItemName(code=row["item_code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        age_min=max(0, int((now - row["opened_at"]).total_seconds() // 60)),
        thumb_url=next((thumbs[step_id] for step_id in row["step_ids"] if step_id in thumbs), None),
    )
