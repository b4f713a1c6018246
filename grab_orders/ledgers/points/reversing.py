"""The committee or the town takes points back with a reason. Nobody does so for themselves."""

from collections.abc import Collection
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from grab_orders.ledgers import locking
from grab_orders.ledgers.errors import EntrySettled, EntryUnknown, OwnEntry
from grab_orders.ledgers.points import rows
from grab_orders.ledgers.structs import PointsKind

_OWNER = "SELECT account_id, committee_code FROM points_entry WHERE id = $1 AND kind IN ('work', 'report')"
_IS_REVERSED = "SELECT EXISTS (SELECT FROM points_entry WHERE refers_to_id = $1)"
_OF_ORDERS = """
    SELECT p.id FROM points_entry p WHERE p.account_id = $1 AND p.order_id = ANY($2::bigint[]) AND p.points > 0
      AND p.kind IN ('work', 'report') AND NOT EXISTS (SELECT FROM points_entry r WHERE r.refers_to_id = p.id)
    ORDER BY p.id
"""


async def take_back(entry_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Take back what a closing earned. Raises EntryUnknown beyond one's own areas, OwnEntry, EntrySettled."""
    async with db.transaction():
        owner = await db.fetchrow(_OWNER, entry_id)
        if owner is None or not may_within(by, Permission.REVIEW_REWARDS, owner["committee_code"]):
            raise EntryUnknown
        if owner["account_id"] == by.account_id:
            raise OwnEntry
        await locking.lock_people([owner["account_id"]])
        if await db.fetchval(_IS_REVERSED, entry_id):
            raise EntrySettled(state=PointsKind.REVERSED)
        await rows.reverse(entry_id, reason, by.account_id, now)


async def take_back_of_orders(
    account_id: int, order_ids: Collection[int], reason: str, by: Actor, now: datetime
) -> int:
    """The same for all that these orders earned somebody. Returns how many entries; those taken back stay so."""
    found = await db.fetch(_OF_ORDERS, account_id, list(order_ids))
    async with db.transaction():
        for row in found:
            await take_back(row["id"], reason, by, now)
    return len(found)
