"""A route's day: its stops in the order in which they are driven to."""

from datetime import date
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.calendars.rules import midnight
from backend.geo.area_sql import within_any
from backend.geo.lonlat import LonLat
from backend.places import sql as places_sql
from backend.sql import sql
from shops.pickup.routes import driving, reading
from shops.pickup.routes.structs import RouteDay, RouteStop
from shops.pickup.slots.reading import SLOT_COLUMNS, slot_view
from shops.pickup.structs import STATES_GIVEN_BACK

_PLAIN = ("number", "order_id", "kind", "amount", "unit", "state", "has_priority", "counted", "weight_g")
_STOPS = f"""
    SELECT b.id AS booking_id, {", ".join(f"b.{name}" for name in _PLAIN)}, b.arrived_at, shop.name AS shop,
           place.address, ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat,
           greatest(0, s.capacity - s.booked - s.held) AS free, {SLOT_COLUMNS}
    {places_sql.FROM_PLACE} JOIN shop ON shop.place_id = place.id JOIN pickup_booking b ON b.shop_id = shop.id
    JOIN pickup_slot s ON s.id = b.slot_id JOIN pickup_route r ON r.id = s.route_id
    WHERE s.route_id = :route_id AND s.starts_at >= :from_at AND s.starts_at < :from_at + interval '1 day'
      AND b.state NOT IN ({STATES_GIVEN_BACK}) AND {{within}}
    ORDER BY s.starts_at, s.kind, b.id
"""


class _DrivenStop(msgspec.Struct, frozen=True):
    """What the order of driving looks at, and the row."""

    point: LonLat
    is_first: bool
    slot_key: int
    row: Any


async def get_day(route_id: int, on_date: date, actor: Actor) -> RouteDay:
    """The stops of a route that somebody drives or looks after, within the own areas. Raises RouteNotFound."""
    route = await reading.get_seen(route_id, actor)
    within = within_any("place.area_id", reading.areas_on(route, actor), "reader_area")
    rows = await db.fetch(sql(_STOPS, within=within, route_id=route_id, from_at=midnight(on_date)))
    stops = [_DrivenStop(LonLat(row["lng"], row["lat"]), row["has_priority"], row["id"], row) for row in rows]
    ordered = driving.in_driving_order(stops)
    views = [_view(position, stop) for position, stop in enumerate(ordered, start=1)]
    return RouteDay(route=route, on_date=on_date, stops=views)


def _view(position: int, stop: _DrivenStop) -> RouteStop:
    row = stop.row
    fields = {name: row[name] for name in (*_PLAIN, "booking_id", "shop", "address")}
    said = {
        "position": position,
        "point": stop.point,
        "slot": slot_view(row),
        "has_arrived": row["arrived_at"] is not None,
    }
    return msgspec.convert({**fields, **said}, RouteStop)
