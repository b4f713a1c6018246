"""Routes, schedules, prices and quotas as the street lays them down; the same again takes the place of the earlier."""

from datetime import datetime

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.errors import Forbidden
from backend.sql import sql
from shops.pickup.errors import RouteNotFound, ScheduleWrong, UnitWrong
from shops.pickup.impartial import require_other
from shops.pickup.kinds import is_counted_in
from shops.pickup.roles import STREET
from shops.pickup.routes import reading
from shops.pickup.routes.structs import (
    PickupRouteDraft,
    PickupRouteView,
    PriceDraft,
    PriceRow,
    QuotaDraft,
    ScheduleDraft,
)
from shops.pickup.slots import making
from shops.register import queries as register

_SET_ROUTE = """
    INSERT INTO pickup_route (code, name, unit_id, area_code, vehicle, load_l, is_open)
    VALUES (:code, :name, :unit_id, :area_code, :vehicle, :load_l, :is_open)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, unit_id = excluded.unit_id, area_code = excluded.area_code,
        vehicle = excluded.vehicle, load_l = excluded.load_l, is_open = excluded.is_open
    RETURNING id
"""
_ADD_SCHEDULE = """
    INSERT INTO pickup_schedule (route_id, kind, weekdays, starts, ends, capacity, cutoff_min, from_on, until_on)
    VALUES (:route_id, :kind, :weekdays, :starts, :ends, :capacity, :cutoff_min, :from_on, :until_on)
    ON CONFLICT (route_id, kind, weekdays, starts, from_on) DO UPDATE SET ends = excluded.ends,
        capacity = excluded.capacity, cutoff_min = excluded.cutoff_min, until_on = excluded.until_on
    RETURNING id
"""
_SET_PRICE = """
    INSERT INTO pickup_price (area_code, kind, unit, base_fen, over_fen, year_quota, from_on, note, set_by_id)
    VALUES (:area_code, :kind, :unit, :base_fen, :over_fen, :year_quota, :from_on, :note, :set_by_id)
    ON CONFLICT (kind, unit, area_code, from_on) DO UPDATE SET base_fen = excluded.base_fen,
        over_fen = excluded.over_fen, year_quota = excluded.year_quota, note = excluded.note,
        set_by_id = excluded.set_by_id
    RETURNING id
"""
_SET_QUOTA = """
    INSERT INTO pickup_quota (shop_id, kind, unit, year, base, set_by_id)
    VALUES (:shop_id, :kind, :unit, :year, :base, :set_by_id)
    ON CONFLICT (shop_id, kind, unit, year) DO UPDATE SET base = excluded.base, set_by_id = excluded.set_by_id
"""


async def set_route(draft: PickupRouteDraft, actor: Actor | None) -> PickupRouteView:
    """Add a route, or change the one of this code. `actor`: None for a loader. Raises Forbidden, UnitUnknown."""
    _require_street(actor, draft.area_code)
    if await accounts.find_unit(draft.unit_id) is None:
        raise RouteNotFound
    fields = {name: getattr(draft, name) for name in PickupRouteDraft.__struct_fields__}
    async with db.transaction():
        earlier = await reading.find_route_by_code(draft.code)
        if earlier is not None:
            _require_street(actor, earlier.area_code)
        route_id = await db.fetchval(sql(_SET_ROUTE, **fields))
    return await reading.get_route(route_id)


async def add_schedule(route_id: int, draft: ScheduleDraft, actor: Actor | None, now: datetime) -> int:
    """Let a route have slots on these days; those of the week ahead are there at once. Says how many were made.

    Slots that are there already stay as they are. Raises RouteNotFound, ScheduleWrong, Forbidden.
    """
    route = await reading.get_route(route_id)
    _require_street(actor, route.area_code)
    if draft.starts >= draft.ends or (draft.until_on is not None and draft.until_on < draft.from_on):
        raise ScheduleWrong
    fields = {name: getattr(draft, name) for name in ScheduleDraft.__struct_fields__}
    fields["weekdays"] = sorted(set(draft.weekdays))
    async with db.transaction():
        await db.execute(sql(_ADD_SCHEDULE, route_id=route_id, **fields))
        return await making.make_ahead(now)


async def set_price(draft: PriceDraft, actor: Actor) -> PriceRow:
    """What a unit costs from a day on. Bookings keep the price at which they were made. Raises Forbidden, UnitWrong."""
    _require_street(actor, draft.area_code)
    if not is_counted_in(draft.kind, draft.unit):
        raise UnitWrong(draft.kind, draft.unit)
    if draft.over_fen < draft.base_fen:
        raise ScheduleWrong("pickup-price-order")
    fields = {name: getattr(draft, name) for name in PriceDraft.__struct_fields__}
    async with db.transaction():
        price_id = await db.fetchval(sql(_SET_PRICE, **fields, set_by_id=actor.account_id))
    return await reading.get_price(price_id)


async def set_quota(shop_id: int, draft: QuotaDraft, actor: Actor) -> None:
    """How much of a kind a shop has at the base price in a year. Raises ShopNotFound, OwnShop, Forbidden, UnitWrong."""
    shop = await register.get_shop(shop_id)
    _require_street(actor, shop.area_code)
    await require_other(shop_id, actor)
    if not is_counted_in(draft.kind, draft.unit):
        raise UnitWrong(draft.kind, draft.unit)
    fields = {name: getattr(draft, name) for name in QuotaDraft.__struct_fields__}
    async with db.transaction():
        await db.execute(sql(_SET_QUOTA, shop_id=shop_id, **fields, set_by_id=actor.account_id))


def _require_street(actor: Actor | None, area_code: str) -> None:
    """Raises Forbidden. A loader that the operator runs may do all."""
    if actor is not None and not actor.holds(area_code, *STREET):
        raise Forbidden
