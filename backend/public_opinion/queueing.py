"""Which orders are to be counted, or counted anew: noted when their facts come, and found by a nightly look.

An order counts while it says something, somebody said it, and it is neither cancelled nor merged into another one: that
one's own words count. What machines tell, what was booked and what follows from other orders is nobody's opinion.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.geo.area_codes import TOWN_CHARS
from backend.orders.model.sources import UNREPORTED
from backend.orders.model.states import State, quoted
from backend.sql import sql

_UNSAID = (*UNREPORTED, "sensors", "cameras")
_UNSAID_SQL = ", ".join(f"'{kind}'" for kind in _UNSAID)
COUNTS = f"""(o.state NOT IN ({quoted((State.CANCELLED, State.MERGED))}) AND o.source_kind NOT IN ({_UNSAID_SQL})
    AND o.description <> '' AND length(o.area_code) >= {TOWN_CHARS})"""
"""Whether an order `o` counts."""
LOOKED_BACK = timedelta(weeks=27)
"""So far back the nightly look sees orders that were not counted, and texts that count no more."""
_NOTE = """
    INSERT INTO opinion_pending (order_id) SELECT DISTINCT order_id FROM unnest($1::bigint[]) AS noted (order_id)
"""
_RECONCILE = f"""
    INSERT INTO opinion_pending (order_id)
    SELECT o.id FROM work_order o LEFT JOIN opinion_text t ON t.order_id = o.id
    WHERE o.opened_at >= :since AND ({COUNTS} <> (t.id IS NOT NULL) OR t.area_code <> o.area_code)
      AND NOT EXISTS (SELECT FROM opinion_pending p WHERE p.order_id = o.id)
    RETURNING order_id
"""


async def note(order_ids: Sequence[int]) -> None:
    """Orders of which something changed; what is noted twice is counted twice, to the same end."""
    if order_ids:
        await db.execute(_NOTE, list(order_ids))


async def reconcile(now: datetime) -> int:
    """Note what should have been counted, or counts no more. Returns how many."""
    return len(await db.fetch(sql(_RECONCILE, since=now - LOOKED_BACK)))
