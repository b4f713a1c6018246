"""Which price holds for a shop on a day, and how much of its yearly base is used."""

from datetime import date
from typing import Any

import msgspec

from backend import db
from backend.sql import sql
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


async def count_used(shop_id: int, kind: WasteKind, unit: AmountUnit, on_date: date, *, but: int = 0) -> int:
    """How many units of the year's base are used, `but` a booking. With the shop locked, and in a later statement."""
    values: dict[str, Any] = {"shop_id": shop_id, "kind": kind, "unit": unit, "year": on_date.year, "but": but}
    return await db.fetchval(sql(_USED, **values))
