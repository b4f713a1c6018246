"""双报备: what is built is filed once; the property company and the committee agree each for itself; then it is paid.

Only after that its waste is booked, as much as was filed, within the days of the works.
"""

from collections.abc import Sequence
from datetime import date

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.errors import FilingNotFound, NotFiled
from shops.pickup.renovation.structs import FilingState, FilingView
from shops.pickup.structs import STATES_GIVEN_BACK

_FIELDS = ("id", "shop_id", "works", "amount", "unit", "from_on", "until_on", "commitment", "signed_at", "state")
_BOOKED = f"""(SELECT coalesce(sum(coalesce(b.counted, b.amount)), 0)::int FROM pickup_booking b
    WHERE b.filing_id = f.id AND b.state NOT IN ({STATES_GIVEN_BACK}) AND b.id <> :but)"""
_SELECT = f"""
    SELECT {", ".join(f"f.{name}" for name in (*_FIELDS, "reason", "fee_fen"))},
           greatest(0, f.amount - {_BOOKED}) AS left, f.property_at IS NOT NULL AS has_property_agreed,
           f.committee_at IS NOT NULL AS has_committee_agreed,
           EXISTS (SELECT FROM pickup_payment p WHERE p.filing_id = f.id AND p.state = 'paid') AS is_fee_paid,
           coalesce((SELECT sum(p.refund_fen) FROM pickup_payment p WHERE p.filing_id = f.id), 0)::int AS refund_fen,
           EXISTS (SELECT FROM pickup_payment p WHERE p.filing_id = f.id AND p.refunded_at IS NOT NULL) AS is_refunded
    FROM renovation_filing f
"""
_GET = f"{_SELECT} WHERE f.id = :filing_id"
_GET_MANY = f"{_SELECT} WHERE f.id = ANY(:filing_ids::bigint[])"
_OF_SHOP = f"{_SELECT} WHERE f.shop_id = :shop_id ORDER BY f.id DESC LIMIT 50"
_ON = f"""{_SELECT} WHERE f.shop_id = :shop_id AND f.unit = :unit
    AND f.state IN ('{FilingState.FILED}', '{FilingState.AGREED}') AND :on_date BETWEEN f.from_on AND f.until_on
    ORDER BY f.state <> '{FilingState.AGREED}', f.id"""


async def get(filing_id: int) -> FilingView:
    """Raises FilingNotFound."""
    row = await db.fetchrow(sql(_GET, filing_id=filing_id, but=0))
    if row is None:
        raise FilingNotFound
    return _view(row)


async def get_many(filing_ids: Sequence[int]) -> dict[int, FilingView]:
    """Those of these filings that there are, by id."""
    rows = await db.fetch(sql(_GET_MANY, filing_ids=list(filing_ids), but=0))
    return {row["id"]: _view(row) for row in rows}


async def list_of_shop(shop_id: int) -> list[FilingView]:
    """The filings of a shop, the latest first."""
    return [_view(row) for row in await db.fetch(sql(_OF_SHOP, shop_id=shop_id, but=0))]


async def require_ready(request: PickupRequest, on_date: date, *, but: int = 0) -> int:
    """The filing under which this may be fetched on a day. With the shop locked. `but`: a booking that gives way.

    Raises NotFiled with what is missing of the filing that comes nearest.
    """
    values = {"shop_id": request.shop_id, "unit": request.unit, "on_date": on_date, "but": but}
    found = [_view(row) for row in await db.fetch(sql(_ON, **values))]
    if not found:
        raise NotFiled(["filing"])
    for filing in found:
        if not filing.missing and filing.left >= request.amount:
            return filing.id
    nearest = min(found, key=lambda filing: len(filing.missing))
    raise NotFiled(nearest.missing or ["amount"], nearest.left)


def _view(row: asyncpg.Record) -> FilingView:
    return msgspec.convert(dict(row), FilingView)
