"""What shops owe and have paid."""

from typing import Any

import msgspec

from backend import db
from shops.pickup.errors import NothingToPay
from shops.pickup.payments.structs import PaymentView

_SELECT = """
    SELECT p.id, p.booking_id, p.filing_id, coalesce(b.shop_id, f.shop_id) AS shop_id, p.amount_fen, p.provider,
           p.out_trade_no, p.state, p.paid_at, CASE WHEN p.state = 'due' THEN p.terms ->> 'code_url' END AS code_url,
           coalesce(p.terms ->> 'receipt', '') AS receipt, p.refund_fen, p.refunded_at, p.refund_receipt
    FROM pickup_payment p LEFT JOIN pickup_booking b ON b.id = p.booking_id
    LEFT JOIN renovation_filing f ON f.id = p.filing_id
"""
_GET = f"{_SELECT} WHERE p.id = $1"
_OF_SHOP = f"{_SELECT} WHERE p.state <> 'void' AND (b.shop_id = $1 OR f.shop_id = $1) ORDER BY p.id DESC LIMIT 100"
_OF_BOOKING = f"{_SELECT} WHERE p.state <> 'void' AND p.booking_id = $1"


async def get(payment_id: int) -> PaymentView:
    """Whoever asks. Raises NothingToPay."""
    row = await db.fetchrow(_GET, payment_id)
    if row is None:
        raise NothingToPay
    return _view(row)


async def find_of_booking(booking_id: int) -> PaymentView | None:
    """What is due, or was paid, for a booking."""
    row = await db.fetchrow(_OF_BOOKING, booking_id)
    return _view(row) if row else None


async def list_of_shop(shop_id: int) -> list[PaymentView]:
    """The latest first."""
    return [_view(row) for row in await db.fetch(_OF_SHOP, shop_id)]


def _view(row: Any) -> PaymentView:
    return msgspec.convert(dict(row), PaymentView)
