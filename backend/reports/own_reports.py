"""What one phone or person has reported lately, for the page on which they begin."""

from datetime import datetime

import msgspec

from backend import db
from backend.orders.model.names import ItemName
from backend.orders.model.states import State

_MOST = 5
_OWN = """
    SELECT r.tracking_token, r.order_id, r.received_at, o.number, o.state, i.code, i.name_zh, i.name_en,
           coalesce(nullif(p.address, ''), p.name, '') AS place
    FROM report r JOIN work_order o ON o.id = r.order_id JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id
    WHERE r.reporter_id = $1 ORDER BY r.received_at DESC, r.id DESC LIMIT $2
"""


class OwnReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report as its reporter finds it again; the token opens its tracking page."""

    tracking_token: str
    order_id: int
    number: str
    item: ItemName
    place: str
    state: State
    received_at: datetime


async def list_own(reporter_id: int, most: int = _MOST) -> list[OwnReport]:
    """The latest reports of this account, the latest first; complaints under a pseudonym are not among them."""
    rows = await db.fetch(_OWN, reporter_id, most)
    return [
        OwnReport(
            tracking_token=row["tracking_token"],
            order_id=row["order_id"],
            number=row["number"],
            item=ItemName(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"]),
            place=row["place"],
            state=State(row["state"]),
            received_at=row["received_at"],
        )
        for row in rows
    ]
