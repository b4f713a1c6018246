"""Money in the areas that somebody looks after: what is due, to be confirmed; what goes back, to be returned."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.places import sql as places_sql
from backend.sql import Sql, sql
from backend.structs import Read
from shops.pickup.roles import DESK

_DUE = f"""
    SELECT p.id, p.amount_fen, p.refund_fen, p.created_at, p.out_trade_no, shop.name AS shop,
           p.filing_id IS NOT NULL AS is_fee, b.number
    {places_sql.FROM_PLACE} JOIN shop ON shop.place_id = place.id
    JOIN (pickup_payment p LEFT JOIN pickup_booking b ON b.id = p.booking_id
          LEFT JOIN renovation_filing f ON f.id = p.filing_id) ON coalesce(b.shop_id, f.shop_id) = shop.id
    WHERE {{which}} AND {{within}}
    ORDER BY p.created_at LIMIT 100
"""
_TO_CONFIRM = "p.state = 'due'"
_TO_RETURN = "p.refund_fen > 0 AND p.refunded_at IS NULL"


class DuePayment(Read, frozen=True, kw_only=True):
    id: int
    amount_fen: int
    refund_fen: int
    """How much of it goes back to the shop."""
    created_at: datetime
    out_trade_no: str
    shop: str
    is_fee: bool
    """Of a filing of renovation."""
    number: str | None
    """Of the booking."""


async def list_due(actor: Actor) -> list[DuePayment]:
    """The longest due first."""
    return await _list(_TO_CONFIRM, actor)


async def list_to_return(actor: Actor) -> list[DuePayment]:
    """What was paid and goes back to the shop, the oldest first."""
    return await _list(_TO_RETURN, actor)


async def _list(which: str, actor: Actor) -> list[DuePayment]:
    within = within_any("place.area_id", actor.areas_of(*DESK), "area")
    return [DuePayment(**row) for row in await db.fetch(sql(_DUE, which=Sql(which, {}), within=within))]
