"""The list of numbers to call: the commander opens one of somebody who stays silent, and never without a trace."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies import directing
from backend.emergencies.errors import BroadcastUnknown, NumberNotDue, NumberNotKnown

_FIND = """
    SELECT r.id, e.area_code, b.sent_by_id, coalesce(g.area_code, '') AS group_area, e.ended_at,
           coalesce(a.phone, '') AS phone, r.answered_at IS NULL AND EXISTS (
        SELECT FROM receipt_step s WHERE s.receipt_id = r.id AND s.step = 'call') AS is_due
    FROM broadcast_receipt r JOIN broadcast b ON b.id = r.broadcast_id JOIN emergency e ON e.id = b.emergency_id
    JOIN account a ON a.id = r.account_id LEFT JOIN command_group g ON g.id = b.group_id WHERE r.id = $1 AND b.id = $2
"""
_TRACE = "INSERT INTO silent_number_opening (receipt_id, opened_by_id, opened_at) VALUES ($1, $2, $3)"


async def open_number(broadcast_id: int, receipt_id: int, actor: Actor, now: datetime) -> str:
    """The telephone number of a member of staff who does not answer; who opened it when is on record.

    Raises BroadcastUnknown beyond one's command, NumberNotDue, NumberNotKnown.
    """
    async with db.transaction():
        row = await db.fetchrow(_FIND, receipt_id, broadcast_id)
        if row is None or not await directing.directs_broadcast(
            actor, row["area_code"], group_area=row["group_area"], sent_by_id=row["sent_by_id"]
        ):
            raise BroadcastUnknown
        if not row["is_due"]:
            raise NumberNotDue
        if not row["phone"]:
            raise NumberNotKnown
        await db.execute(_TRACE, receipt_id, actor.account_id, now)
    return row["phone"]
