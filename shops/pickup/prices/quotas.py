"""Which price holds for a shop on a day, and how much of its yearly base is used."""

from datetime import date
from typing import Any

import msgspec

from backend import db
from backend.sql import sql
from backend.structs import Read
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.prices import rules
from shops.pickup.prices.rules import UnitPrice
from shops.pickup.structs import STATES_GIVEN_BACK

_USED = f"""
    SELECT coalesce(sum(coalesce(b.counted, b.amount)), 0)::int
    FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id
    WHERE b.shop_id = :shop_id AND b.kind = :kind AND b.unit = :unit AND b.state NOT IN ({STATES_GIVEN_BACK})
      AND extract(year FROM s.starts_at AT TIME ZONE 'Asia/Shanghai') = :year AND b.id <> :but
"""
_LIST = f"""
    SELECT price.kind, price.unit, :year::int AS year, coalesce(q.base, price.year_quota) AS base,
           q.base IS NOT NULL AS is_own,
           (SELECT coalesce(sum(coalesce(b.counted, b.amount)), 0)::int
            FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id
            WHERE b.shop_id = :shop_id AND b.kind = price.kind AND b.unit = price.unit
              AND b.state NOT IN ({STATES_GIVEN_BACK})
              AND extract(year FROM s.starts_at AT TIME ZONE 'Asia/Shanghai') = :year) AS used
    FROM (SELECT DISTINCT ON (p.kind, p.unit) p.kind, p.unit, p.year_quota FROM pickup_price p
          WHERE starts_with(:area_code::text, p.area_code) AND p.from_on <= :on_date
          ORDER BY p.kind, p.unit, length(p.area_code) DESC, p.from_on DESC) price
    LEFT JOIN pickup_quota q ON q.shop_id = :shop_id AND q.kind = price.kind AND q.unit = price.unit AND q.year = :year
    WHERE coalesce(q.base, price.year_quota) IS NOT NULL ORDER BY price.kind DESC, price.unit
"""


class QuotaView(Read, frozen=True, kw_only=True):
    """The base of a shop in a year, and how much of it is booked or was fetched."""

    kind: WasteKind
    unit: AmountUnit
    year: int
    base: int
    is_own: bool
    """Set for this shop; else it is that of the price of its area."""
    used: int


def price_columns(shop_id: str, area_code: str, on_date: str) -> str:
    """SQL of the row, or null, that `unit_price` reads: the narrowest area's latest price, and the shop's own base."""
    return f"""(SELECT jsonb_build_object('base_fen', p.base_fen, 'over_fen', p.over_fen, 'year_quota',
            coalesce((SELECT q.base FROM pickup_quota q WHERE q.shop_id = {shop_id} AND q.kind = p.kind
                      AND q.unit = p.unit AND q.year = extract(year FROM {on_date})), p.year_quota))::text
        FROM pickup_price p
        WHERE p.kind = :kind AND p.unit = :unit AND starts_with({area_code}, p.area_code) AND p.from_on <= {on_date}
        ORDER BY length(p.area_code) DESC, p.from_on DESC LIMIT 1)"""


def unit_price(found: str | None) -> UnitPrice:
    return msgspec.json.decode(found, type=UnitPrice) if found else rules.FREE


async def list_of_shop(shop_id: int, area_code: str, on_date: date) -> list[QuotaView]:
    """The bases of a shop that lies in this area, in the year of a day. What has no base is not among them."""
    values = {"shop_id": shop_id, "area_code": area_code, "on_date": on_date, "year": on_date.year}
    return [msgspec.convert(dict(row), QuotaView) for row in await db.fetch(sql(_LIST, **values))]


async def count_used(shop_id: int, kind: WasteKind, unit: AmountUnit, on_date: date, *, but: int = 0) -> int:
    """How many units of the year's base are used, `but` a booking. With the shop locked, and in a later statement."""
    values: dict[str, Any] = {"shop_id": shop_id, "kind": kind, "unit": unit, "year": on_date.year, "but": but}
    return await db.fetchval(sql(_USED, **values))
