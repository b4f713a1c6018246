"""Routes as the street and the crew read them: which there are, a route's day, how full the days are."""

from datetime import date
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import midnight
from backend.sql import Sql, sql
from shops.pickup.errors import RouteNotFound
from shops.pickup.roles import DESK
from shops.pickup.routes.structs import PickupRouteView, PriceRow, ScheduleView, SlotLoad

_ROUTE = """
    SELECT r.id, r.code, r.name, r.unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en, r.area_code, r.vehicle,
           r.load_l, r.is_open
    FROM pickup_route r JOIN org_unit u ON u.id = r.unit_id
"""
_GET = f"{_ROUTE} WHERE r.id = $1"
_BY_CODE = f"{_ROUTE} WHERE r.code = $1"
# The routes that serve an area: of what it lies in, and within it.
_SERVES = "starts_with(r.area_code, :area::text) OR starts_with(:area::text, r.area_code)"
# A crew sees the routes of its unit, the street all: those of its areas and of what lies around them.
_SEEN = """EXISTS (
    SELECT FROM unnest(:areas::text[] || CASE WHEN r.unit_id = :unit_id::bigint THEN :crew_areas::text[] END) AS mine
    WHERE starts_with(r.area_code, mine) OR starts_with(mine, r.area_code))"""
_LIST = f"{_ROUTE} WHERE {_SEEN} ORDER BY r.is_open DESC, r.name, r.id"
_SCHEDULES = """
    SELECT id, kind, weekdays, starts, ends, capacity, cutoff_min, from_on, until_on FROM pickup_schedule
    WHERE route_id = $1 ORDER BY kind, starts, id
"""
_PRICES = """
    SELECT id, area_code, kind, unit, base_fen, over_fen, year_quota, from_on, note FROM pickup_price
    WHERE $1::bigint IS NULL OR id = $1 ORDER BY kind, unit, area_code, from_on DESC
"""
_LOADS = """
    SELECT r.id AS route_id, r.name AS route, s.on_date, s.kind, sum(s.capacity)::int AS capacity,
           sum(s.booked)::int AS booked, sum(s.held)::int AS held, sum(s.load_l)::int AS load_l,
           sum(s.loaded_l)::int AS loaded_l, sum(went.done)::int AS done, sum(went.on_time)::int AS on_time,
           sum(went.came)::int AS came, sum(went.missed)::int AS missed
    FROM (SELECT *, (starts_at AT TIME ZONE 'Asia/Shanghai')::date AS on_date FROM pickup_slot
          WHERE starts_at >= :from_at AND starts_at < :from_at + make_interval(days => :days)) s
    JOIN pickup_route r ON r.id = s.route_id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE b.state = 'done') AS done,
               count(*) FILTER (WHERE b.arrived_at <= s.ends_at) AS on_time,
               count(*) FILTER (WHERE b.arrived_at IS NOT NULL) AS came,
               count(*) FILTER (WHERE b.state = 'missed') AS missed
        FROM pickup_booking b WHERE b.slot_id = s.id
    ) went
    WHERE {seen} GROUP BY r.id, r.name, s.on_date, s.kind ORDER BY s.on_date, r.name, s.kind
"""


async def list_routes(actor: Actor) -> list[PickupRouteView]:
    """The routes that somebody looks after or drives, open ones first."""
    return [_route(row) for row in await db.fetch(sql(_LIST, **_reader(actor)))]


async def get_seen(route_id: int, actor: Actor) -> PickupRouteView:
    """One of these. Raises RouteNotFound."""
    found = next((route for route in await list_routes(actor) if route.id == route_id), None)
    if found is None:
        raise RouteNotFound
    return found


async def get_route(route_id: int) -> PickupRouteView:
    """Whoever asks. Raises RouteNotFound."""
    row = await db.fetchrow(_GET, route_id)
    if row is None:
        raise RouteNotFound
    return _route(row)


async def find_route_by_code(code: str) -> PickupRouteView | None:
    row = await db.fetchrow(_BY_CODE, code)
    return _route(row) if row else None


async def list_schedules(route_id: int) -> list[ScheduleView]:
    return [msgspec.convert(dict(row), ScheduleView) for row in await db.fetch(_SCHEDULES, route_id)]


async def list_prices() -> list[PriceRow]:
    """Every price that was laid down, the latest of each first."""
    return [msgspec.convert(dict(row), PriceRow) for row in await db.fetch(_PRICES, None)]


async def get_price(price_id: int) -> PriceRow:
    row = await db.fetchrow(_PRICES, price_id)
    assert row is not None  # prices stay
    return msgspec.convert(dict(row), PriceRow)


async def list_loads(actor: Actor, from_on: date, days: int) -> list[SlotLoad]:
    """How full the routes that somebody sees are, by day and kind."""
    return await _loads(sql(_SEEN, **_reader(actor)), from_on, days)


async def list_loads_within(area: str, from_on: date, days: int) -> list[SlotLoad]:
    """How full the routes are that serve an area, whoever asks."""
    return await _loads(sql(_SERVES, area=area), from_on, days)


async def _loads(seen: Sql, from_on: date, days: int) -> list[SlotLoad]:
    rows = await db.fetch(sql(_LOADS, seen=seen, from_at=midnight(from_on), days=days))
    return [msgspec.convert(dict(row), SlotLoad) for row in rows]


def areas_on(route: PickupRouteView, actor: Actor) -> list[str]:
    """Within which areas somebody may know the stops of a route: a district's vehicle drives through many towns."""
    return actor.areas_of(*DESK) + (actor.areas_of(Role.HANDLER) if actor.unit_id == route.unit_id else [])


def _reader(actor: Actor) -> dict[str, Any]:
    return {"unit_id": actor.unit_id, "crew_areas": actor.areas_of(Role.HANDLER), "areas": actor.areas_of(*DESK)}


def _route(row: Any) -> PickupRouteView:
    return msgspec.convert(dict(row), PickupRouteView)
