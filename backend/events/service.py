"""Record facts: one row each in the log and one in what waits for delivery, in the verb's own transaction.

The worker and the live pages are woken after the commit (`waking`): nobody hears of something that did not happen, and
no commit waits for the notification of another one.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.events import waking
from backend.events.facts import Fact
from backend.sql import Sql, sql

_RECORDED = """recorded AS (
        INSERT INTO event_log (name, subject, subject_id, version, area_code, unit_id, account_ids, body)
        SELECT fact.* FROM jsonb_to_recordset({facts}::jsonb) AS fact
            (name text, subject text, subject_id bigint, version int, area_code text, unit_id bigint,
             account_ids bigint[], body jsonb)
        WHERE {is_so}
        RETURNING id, (body ->> 'is_urgent')::boolean AS is_urgent
    ),
    pending AS (INSERT INTO event_pending (event_id, is_urgent) SELECT id, is_urgent FROM recorded)"""
RECORD = f"""
    WITH {_RECORDED.format(facts="$1", is_so="true")}
    SELECT array_agg(id ORDER BY id) FROM recorded
"""
"""Also replayed by the bench of concurrent commits."""
_PAST = """
    INSERT INTO event_log (name, subject, subject_id, version, area_code, unit_id, account_ids, body, recorded_at)
    SELECT fact.* FROM jsonb_to_recordset($1::jsonb) AS fact
        (name text, subject text, subject_id bigint, version int, area_code text, unit_id bigint,
         account_ids bigint[], body jsonb, recorded_at timestamptz)
"""
_PAST_BATCH = 1000
_DELIVER_NONE = """
    DELETE FROM event_pending WHERE event_id IN (
        SELECT id FROM event_log WHERE xid = pg_current_xact_id() AND recorded_at = now())
"""
_FORGET = """
    WITH gone AS (DELETE FROM event_log WHERE name = ANY($1::text[]) AND recorded_at < $2 RETURNING 1)
    SELECT count(*) FROM gone
"""


async def record(*facts: Fact) -> list[int]:
    """Write facts, to be delivered. Must be called inside a transaction. Returns the log ids, in the order given."""
    if not facts:
        return []
    ids = await db.fetchval(RECORD, _as_json(facts))
    db.after_commit(waking.wake)
    return ids


async def record_with(statement: Sql, *facts: Fact, is_so: Sql) -> list[asyncpg.Record]:
    """Carry out a statement and write with it the facts that it makes: where it says `{recorded}` in its WITH.

    Statement and facts are one transaction, also where nobody opened one. `is_so`: a condition on the parts of the
    statement and on the columns of `fact`; facts of which it is false are not written. Returns the statement's rows.
    """
    recorded = sql(_RECORDED.format(facts=":facts", is_so="{is_so}"), facts=_as_json(facts), is_so=is_so)
    rows = await db.fetch(sql(statement.text, **statement.values, recorded=recorded))
    db.after_commit(waking.wake)
    return rows


async def record_past(facts: Sequence[tuple[datetime, Fact]]) -> None:
    """Write facts that happened earlier, with their instants, in the order given. Nothing reacts to them."""
    rows = [_row(fact) | {"recorded_at": at} for at, fact in facts]
    for first in range(0, len(rows), _PAST_BATCH):
        await db.execute(_PAST, msgspec.json.encode(rows[first : first + _PAST_BATCH]).decode())


async def deliver_none() -> None:
    """Let nothing react to what was recorded in this transaction so far."""
    await db.execute(_DELIVER_NONE)


async def forget(names: Sequence[str], before: datetime) -> int:
    """Remove facts of these names recorded before an instant. Returns how many. Only for what has a term by law."""
    return await db.fetchval(_FORGET, list(names), before)


def _as_json(facts: Sequence[Fact]) -> str:
    return msgspec.json.encode([_row(fact) for fact in facts]).decode()


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
