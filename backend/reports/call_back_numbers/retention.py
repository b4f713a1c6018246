"""Numbers go when nobody will call any more: a month after the call-back, three months after the order's end."""

from datetime import datetime

from backend import db
from backend.orders.model.states import ENDED, quoted
from backend.reports.call_back_numbers import rules
from backend.reports.queries import OF_CASE

_ERASE = f"""
    UPDATE call_back_number SET number = NULL, ended_at = $1, end_reason = 'term'
    WHERE number IS NOT NULL AND report_id IN (
        SELECT r.id {OF_CASE} JOIN work_order o ON o.id = survivor.id LEFT JOIN follow_up c ON c.order_id = o.id
        WHERE r.id IN (SELECT report_id FROM call_back_number WHERE number IS NOT NULL)
          AND o.state IN ({quoted(ENDED)})
          AND (coalesce(o.closed_at, o.cancelled_at) < $3 OR (c.result <> 'unreached' AND c.called_at < $2))
    ) RETURNING id
"""


async def erase(now: datetime) -> int:
    """Erase every number whose term is over; that there was one, and the consent, stay. Returns how many."""
    return len(await db.fetch(_ERASE, now, now - rules.AFTER_CALL, now - rules.AFTER_END))
