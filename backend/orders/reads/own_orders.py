"""What somebody opened lately, of which item and when: what to offer first to whoever reports all day."""

from datetime import datetime

import msgspec

from backend import db

_MOST = 400
_OPENED = "SELECT item_id, opened_at FROM work_order WHERE opened_by_id = $1 ORDER BY id DESC LIMIT $2"


class OpenedOrder(msgspec.Struct, frozen=True):
    item_code: str
    opened_at: datetime


async def list_opened(account_id: int, most: int = _MOST) -> list[OpenedOrder]:
    """The latest orders that this account opened, the latest first."""
    return [OpenedOrder(row["item_id"], row["opened_at"]) for row in await db.fetch(_OPENED, account_id, most)]
