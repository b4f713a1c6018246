"""Record facts: one row each in the log and one in what waits for delivery, in the verb's own transaction.

The worker and the live pages are woken after the commit (`waking`): nobody hears of something that did not happen, and
no commit waits for the notification of another one.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.events import waking
from backend.events.facts import Fact

RECORD = """
    WITH recorded AS (
        INSERT INTO event_log (name, subject, subject_id, version, area_code, unit_id, account_ids, body)
        SELECT * FROM jsonb_to_recordset($1::jsonb) AS fact
            (name text, subject text, subject_id bigint, version int, area_code text, unit_id bigint,
             account_ids bigint[], body jsonb)
        RETURNING id, (body ->> 'is_urgent')::boolean AS is_urgent
    ),
    pending AS (INSERT INTO event_pending (event_id, is_urgent) SELECT id, is_urgent FROM recorded)
    SELECT array_agg(id ORDER BY id) FROM recorded
"""
"""Also replayed by the bench of concurrent commits."""
_FORGET = """
    WITH gone AS (DELETE FROM event_log WHERE name = ANY($1::text[]) AND recorded_at < $2 RETURNING 1)
    SELECT count(*) FROM gone
"""


async def record(*facts: Fact) -> list[int]:
    """Write facts, to be delivered. Must be called inside a transaction. Returns the log ids, in the order given."""
    if not facts:
        return []
    ids = await db.fetchval(RECORD, msgspec.json.encode([_row(fact) for fact in facts]).decode())
    db.after_commit(waking.wake)
    return ids


async def forget(names: Sequence[str], before: datetime) -> int:
    """Remove facts of these names recorded before an instant. Returns how many. Only for what has a term by law."""
    return await db.fetchval(_FORGET, list(names), before)


def _row(fact: Fact) -> dict[str, object]:
    return {
        "name": fact.name(),
        "subject": fact.subject,
        "subject_id": fact.subject_id,
        "version": fact.version,
        "area_code": fact.area_code,
        "unit_id": fact.unit_id,
        "account_ids": fact.account_ids,
        "body": fact,
    }
