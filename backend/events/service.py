"""Record facts: one log row each, one wake-up for live pages and one delivery job, all in the verb's own transaction.

NOTIFY is sent by PostgreSQL at commit, so no listener ever hears of something that did not happen.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.events.facts import Fact
from backend.jobs import queue

CHANNEL = "yima_live"
DELIVER = "events.deliver"
_AT_ONCE = 300
"""A notification holds less than 8000 bytes: so many ids of up to 19 digits and a comma always fit."""

_RECORD = f"""
    WITH recorded AS (
        INSERT INTO event_log (name, subject, subject_id, version, area_code, unit_id, account_ids, body)
        SELECT * FROM jsonb_to_recordset($1::jsonb) AS fact
            (name text, subject text, subject_id bigint, version int, area_code text, unit_id bigint,
             account_ids bigint[], body jsonb)
        RETURNING id
    )
    SELECT array_agg(id) AS ids, pg_notify('{CHANNEL}', string_agg(id::text, ',')) FROM recorded
"""


_FORGET = """
    WITH gone AS (DELETE FROM event_log WHERE name = ANY($1::text[]) AND recorded_at < $2 RETURNING 1)
    SELECT count(*) FROM gone
"""


async def record(*facts: Fact) -> list[int]:
    """Write facts and enqueue their delivery. Must be called inside a transaction. Returns the log ids."""
    recorded: list[int] = []
    for first in range(0, len(facts), _AT_ONCE):
        rows = [_row(fact) for fact in facts[first : first + _AT_ONCE]]
        ids = await db.fetchval(_RECORD, msgspec.json.encode(rows).decode())
        await queue.enqueue(DELIVER, ids)
        recorded += ids
    return recorded


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
