"""The committee or the town takes points back with a reason. Nobody does so for themselves."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor, Role
from grab_orders.ledgers import locking
from grab_orders.ledgers.errors import EntrySettled, EntryUnknown, OwnEntry
from grab_orders.ledgers.points import rows
from grab_orders.ledgers.structs import PointsKind

_OWNER = "SELECT account_id, committee_code FROM points_entry WHERE id = $1 AND kind IN ('work', 'report')"
_IS_REVERSED = "SELECT EXISTS (SELECT FROM points_entry WHERE refers_to_id = $1)"
_MAY = (Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)


async def take_back(entry_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Take back what a closing earned. Raises EntryUnknown beyond one's own areas, OwnEntry, EntrySettled."""
    async with db.transaction():
        owner = await db.fetchrow(_OWNER, entry_id)
        if owner is None or not by.holds(owner["committee_code"], *_MAY):
            raise EntryUnknown
        if owner["account_id"] == by.account_id:
            raise OwnEntry
        await locking.lock_people([owner["account_id"]])
        if await db.fetchval(_IS_REVERSED, entry_id):
            raise EntrySettled(state=PointsKind.REVERSED)
        await rows.reverse(entry_id, reason, by.account_id, now)
