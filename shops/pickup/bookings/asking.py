"""All that decides about a booking, in one statement: who asks, shop, slot, price, and what is there already."""

from datetime import date, datetime

import asyncpg
import msgspec

from backend import db
from backend.places import sql as places_sql
from backend.sql import sql
from backend.structs import IdempotencyKey
from shops.pickup.kinds import AmountUnit, WasteKind, litres_of
from shops.pickup.prices import quotas, rules
from shops.pickup.prices.rules import UnitPrice
from shops.pickup.slots.reading import SLOT_COLUMNS, SlotAsker, free, nearest, slot_view
from shops.pickup.structs import STATES_GIVEN_BACK, PriceView, SlotView
from shops.register.errors import ShopNotFound

_MINE = "h.shop_id = shop.id AND h.account_id = :account_id"
_DAY = "(s.starts_at AT TIME ZONE 'Asia/Shanghai')::date"
_THERE = f"""b.account_id = :account_id AND b.idempotency_key = :key
    OR b.shop_id = :shop_id AND b.slot_id = :slot_id AND b.state NOT IN ({STATES_GIVEN_BACK})"""
_ASK = f"""
    SELECT shop.id AS shop_id, shop.place_id, place.area_id AS area_code, coalesce(place.grid_cell_id, '') AS grid_code,
           ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat, place.address, shop.name AS shop_name,
           EXISTS (SELECT FROM shop_person person WHERE person.shop_id = shop.id AND person.until IS NULL
                   AND person.account_id = :account_id) AS is_person,
           {SLOT_COLUMNS}, r.unit_id, s.load_l, {_DAY} AS on_date,
           avail.free,
           CASE WHEN avail.free < 1 THEN (SELECT json_agg(n) FROM ({nearest("place.area_id", "near_at")}) n) END::text
               AS nearest,
           EXISTS (SELECT FROM pickup_hold h WHERE h.slot_id = s.id AND h.until <= :now) AS has_expired,
           (SELECT h.id FROM pickup_hold h WHERE h.slot_id = s.id AND {_MINE} AND h.until > :now) AS hold_id,
           EXISTS (SELECT FROM pickup_hold h WHERE h.slot_id <> s.id AND {_MINE}) AS holds_elsewhere,
           EXISTS (SELECT FROM pickup_booking b WHERE {_THERE}) AS has_earlier,
           {quotas.price_columns("shop.id", "place.area_id", _DAY)} AS price
    {places_sql.FROM_PLACE} JOIN shop ON shop.place_id = place.id
    LEFT JOIN (pickup_slot s JOIN pickup_route r ON r.id = s.route_id AND r.is_open)
        ON s.id = :slot_id AND starts_with(place.area_id, r.area_code)
    CROSS JOIN LATERAL (
        SELECT s.starts_at AS near_at, {free(":now::timestamptz", "shop.id", ":account_id", ":litres::int")} AS free
    ) avail
    WHERE shop.id = :shop_id AND shop.ended_at IS NULL
"""
_EARLIER = f"""
    SELECT b.id, b.number, b.amount, b.unit, b.kind, b.slot_id, b.shop_id FROM pickup_booking b WHERE {_THERE}
    ORDER BY (account_id = :account_id AND idempotency_key = :key) IS TRUE DESC LIMIT 1
"""


class PickupRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants to book for a shop."""

    shop_id: int
    account_id: int
    slot_id: int
    kind: WasteKind
    amount: int
    unit: AmountUnit

    @property
    def litres(self) -> int:
        return litres_of(self.amount, self.unit)


class BookingSite(msgspec.Struct, frozen=True, kw_only=True):
    """Where it is fetched, by whom, at which price, and what the person has there. `slot` None: not for this shop."""

    shop_id: int
    shop_name: str
    place_id: int
    area_code: str
    grid_code: str
    lng: float
    lat: float
    address: str
    is_person: bool
    slot: SlotView | None
    nearest: list[SlotView]
    """Where the slot is not free: the free ones that begin nearest to it."""
    unit_id: int | None
    on_date: date | None
    """Of the slot, in Shanghai."""
    load_l: int | None
    price: UnitPrice
    has_expired: bool
    """Whether holds of the slot are over and still have their rows."""
    hold_id: int | None
    """The asker's own hold of this slot."""
    holds_elsewhere: bool
    has_earlier: bool
    """Whether this was booked before under its key, or the shop has something in this slot."""

    async def price_of(
        self, request: PickupRequest, *, amount: int | None = None, unit: UnitPrice | None = None, but: int = 0
    ) -> PriceView:
        """What it costs by the base that is left now: as asked for, or `amount` as counted, or at the prices of `unit`.

        With the shop locked where it is kept. `but`: a booking that does not count.
        """
        unit, used = unit or self.price, 0
        if unit.year_quota is not None and self.on_date is not None:
            used = await quotas.count_used(self.shop_id, request.kind, request.unit, self.on_date, but=but)
        return rules.price_of(request.amount if amount is None else amount, used, unit)

    def asker(self, account_id: int) -> SlotAsker:
        return SlotAsker(shop_id=self.shop_id, area_code=self.area_code, account_id=account_id)


class EarlierBooking(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    number: str
    amount: int
    unit: str
    kind: str
    slot_id: int
    shop_id: int

    def is_same(self, request: PickupRequest) -> bool:
        said = (request.shop_id, request.slot_id, request.kind, request.amount, request.unit)
        return (self.shop_id, self.slot_id, self.kind, self.amount, self.unit) == said


async def ask(request: PickupRequest, now: datetime, key: IdempotencyKey | None = None) -> BookingSite:
    """Raises ShopNotFound for a shop that is not there, or has ended."""
    values = {name: getattr(request, name) for name in ("shop_id", "account_id", "slot_id", "kind", "unit")}
    row = await db.fetchrow(sql(_ASK, **values, litres=request.litres, now=now, key=key))
    if row is None:
        raise ShopNotFound
    return _site(row)


async def find_earlier(request: PickupRequest, key: IdempotencyKey | None) -> EarlierBooking | None:
    """What was booked under this key, else what the shop has in this slot."""
    values = {name: getattr(request, name) for name in ("shop_id", "account_id", "slot_id")}
    row = await db.fetchrow(sql(_EARLIER, **values, key=key))
    return EarlierBooking(**row) if row else None


def _site(row: asyncpg.Record) -> BookingSite:
    plain = {name: row[name] for name in BookingSite.__struct_fields__ if name not in ("slot", "nearest", "price")}
    slot = slot_view(row) if row["id"] is not None else None
    others = msgspec.json.decode(row["nearest"], type=list[SlotView]) if row["nearest"] else []
    return BookingSite(**plain, slot=slot, nearest=others, price=quotas.unit_price(row["price"]))
