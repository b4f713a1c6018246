"""The lists behind the shares of an overview: findings that fell due, pickups whose time is over. The latest first."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import midnight, shanghai_date
from backend.sql import sql
from backend.structs import Page, encode_cursor, id_before
from shops.overview import counting, queries
from shops.overview.errors import ShopOverviewMissing
from shops.overview.structs import ListedFinding, ListedPickup, WhichFindings
from shops.pickup.roles import READERS

_FINDINGS = f"""
    SELECT f.id, f.shop_id, shop.name AS shop, l.department, p.words_zh, p.words_en, f.found_at, f.due_at, f.fixed_at,
        f.state, came.is_overdue
    {counting.RATED_FINDINGS} AND came.is_due AND f.id < :before AND (:department = '' OR l.department = :department)
        AND (:which = 'due' OR :which = 'open' AND f.fixed_at IS NULL OR :which = 'late' AND came.is_overdue)
    ORDER BY f.id DESC LIMIT :most
"""
_PICKUPS = f"""
    SELECT b.id, b.number, b.order_id, shop.name AS shop, r.name AS route, b.kind, b.state, s.starts_at, s.ends_at,
        b.arrived_at, came.is_on_time
    {counting.PAST_PICKUPS} AND b.id < :before AND (:route_id = 0 OR r.id = :route_id)
        AND NOT (:late_only AND came.is_on_time)
    ORDER BY b.id DESC LIMIT :most
"""


async def list_findings(
    area: str | None,
    department: str,
    which: WhichFindings,
    actor: Actor,
    now: datetime,
    *,
    limit: int,
    cursor: str | None,
) -> Page[ListedFinding]:
    """What the rate of a department counts, or of all with an empty one. Raises ShopOverviewMissing."""
    code = queries.require_area(actor, area)
    since = midnight(queries.first_day(shanghai_date(now), queries.FOUND_DAYS))
    named = {"department": department, "which": which.value, "before": id_before(cursor), "most": limit + 1}
    rows = await db.fetch(sql(_FINDINGS, area=code, since=since, now=now, **named))
    found = [msgspec.convert(dict(row), ListedFinding) for row in rows]
    return Page(items=found[:limit], next_cursor=encode_cursor(found[limit - 1].id) if len(found) > limit else None)


async def list_pickups(
    area: str | None, route_id: int, actor: Actor, now: datetime, *, late_only: bool, limit: int, cursor: str | None
) -> Page[ListedPickup]:
    """What the share of pickups on time counts, of a route or with 0 of all. Raises ShopOverviewMissing."""
    code = queries.require_area(actor, area)
    if not actor.holds(code, *READERS):
        raise ShopOverviewMissing
    since = midnight(queries.first_day(shanghai_date(now), queries.PICKUP_DAYS))
    named = {"route_id": route_id, "late_only": late_only, "before": id_before(cursor), "most": limit + 1}
    rows = await db.fetch(sql(_PICKUPS, area=code, since=since, now=now, **named))
    found = [msgspec.convert(dict(row), ListedPickup) for row in rows]
    return Page(items=found[:limit], next_cursor=encode_cursor(found[limit - 1].id) if len(found) > limit else None)
