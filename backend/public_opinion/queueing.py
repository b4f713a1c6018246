"""Which orders and records are to be counted, or counted anew: noted with their facts, and found by a nightly look.

An order counts while somebody said it, and it is neither cancelled nor merged into another one: that one's own words
count. What machines tell, what the clock opens, what was booked and what follows from other orders is nobody's opinion.
Beside its description count what was said when its reporter was called back, by us or by the hotline.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.geo.area_codes import TOWN_CHARS
from backend.orders.model.sources import UNREPORTED
from backend.orders.model.states import State, quoted
from backend.sql import sql

CAMPAIGN = "campaign"
"""Of its orders the first line is the form's: what a person wrote comes behind it."""
_UNSAID = (*UNREPORTED, "sensors", "cameras", "lift", "elder_care")
_UNSAID_SQL = ", ".join(f"'{kind}'" for kind in _UNSAID)
IS_SAID = f"""(o.state NOT IN ({quoted((State.CANCELLED, State.MERGED))}) AND o.source_kind NOT IN ({_UNSAID_SQL})
    AND length(o.area_code) >= {TOWN_CHARS})"""
"""Whether what people say of an order `o` counts."""
COUNTS = f"""({IS_SAID} AND o.description <> ''
    AND (o.source_kind <> '{CAMPAIGN}' OR strpos(o.description, E'\\n') > 0))"""
"""Whether its description does."""
LOOKED_BACK = timedelta(weeks=27)
"""So far back the nightly look sees orders that were not counted, and texts that count no more."""
_NOTE = """
    INSERT INTO opinion_pending (order_id) SELECT DISTINCT order_id FROM unnest($1::bigint[]) AS noted (order_id)
"""
_NOTE_RECORDS = """
    INSERT INTO opinion_pending (record_id) SELECT DISTINCT record_id FROM unnest($1::bigint[]) AS noted (record_id)
"""
_ORDERS = f"""
    INSERT INTO opinion_pending (order_id)
    SELECT o.id FROM work_order o LEFT JOIN opinion_text t ON t.order_id = o.id AND t.origin = 'order'
    WHERE o.opened_at >= :since
      AND ({COUNTS} <> (t.id IS NOT NULL) OR t.area_code <> o.area_code OR t.source = '')
      AND NOT EXISTS (SELECT FROM opinion_pending p WHERE p.order_id = o.id)
    RETURNING order_id
"""
_CALLED = f"""
    INSERT INTO opinion_pending (order_id)
    SELECT called.order_id FROM (
        SELECT f.order_id, 'follow_up' AS origin FROM follow_up f
        WHERE f.called_at >= :since AND f.result IS NOT NULL AND f.note <> ''
        UNION SELECT t.order_id, 'call_back' FROM hotline_call_back c JOIN hotline_task t ON t.id = c.task_id
        WHERE c.called_at >= :since AND c.opinion <> '' AND t.order_id IS NOT NULL
    ) called JOIN work_order o ON o.id = called.order_id AND {IS_SAID}
    WHERE NOT EXISTS (SELECT FROM opinion_text t WHERE (t.order_id, t.origin) = (called.order_id, called.origin))
      AND NOT EXISTS (SELECT FROM opinion_pending p WHERE p.order_id = called.order_id)
    RETURNING order_id
"""
_RECORDS = f"""
    INSERT INTO opinion_pending (record_id)
    SELECT r.id FROM campaign_record r LEFT JOIN opinion_text t ON t.record_id = r.id
    WHERE r.received_at >= :since AND length(r.area_code) >= {TOWN_CHARS} AND t.id IS NULL
      AND NOT EXISTS (SELECT FROM opinion_pending p WHERE p.record_id = r.id)
      AND EXISTS (SELECT FROM jsonb_each(r.answers -> 'values') AS said (field, value)
        WHERE jsonb_typeof(said.value) = 'string' AND said.value #>> '{{}}' ~ '[㐀-鿿]{{2}}')
    RETURNING record_id
"""


async def note(order_ids: Sequence[int]) -> None:
    """Orders of which something changed; what is noted twice is counted twice, to the same end."""
    if order_ids:
        await db.execute(_NOTE, list(order_ids))


async def note_records(record_ids: Sequence[int]) -> None:
    """Records of campaigns that somebody filled in."""
    if record_ids:
        await db.execute(_NOTE_RECORDS, list(record_ids))


async def reconcile(now: datetime) -> int:
    """Note what should have been counted, or counts no more. Returns how many."""
    since = now - LOOKED_BACK
    return sum([len(await db.fetch(sql(text, since=since))) for text in (_ORDERS, _CALLED, _RECORDS)])
