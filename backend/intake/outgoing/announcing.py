"""Write what sources are to be told when facts arrive: one delivery for each fact and record, in the facts' order."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from backend import clock, db
from backend.events.facts import Recorded
from backend.intake.outgoing.events import BY_NAME, OF_RECORDS, WebhookData, WebhookEvent
from backend.jobs import queue
from backend.sql import sql

SEND_JOB = "intake.send_webhooks"
# Records whose source has an endpoint: none for most facts, found by index.
_CONCERNED = """
    SELECT r.id, r.order_id, r.source_no, r.note, o.number, e.id AS endpoint_id
    FROM intake_record r JOIN webhook_endpoint e ON e.source_id = r.source_id AND e.is_on
    LEFT JOIN work_order o ON o.id = r.order_id
    WHERE r.order_id = ANY(:order_ids::bigint[]) OR r.id = ANY(:record_ids::bigint[])
    ORDER BY r.id
"""
_ADD = """
    INSERT INTO webhook_delivery (endpoint_id, record_id, event_id, webhook_id, body, next_at, made_at)
    SELECT row.endpoint_id, row.record_id, row.event_id, 'msg_' || row.event_id || '_' || row.record_id, row.body, :now,
           :now
    FROM jsonb_to_recordset(:rows::jsonb) AS row (endpoint_id bigint, record_id bigint, event_id bigint, body text)
    ORDER BY row.event_id, row.record_id
    ON CONFLICT ON CONSTRAINT webhook_delivery_once DO NOTHING RETURNING endpoint_id
"""


class _HearingRecord(msgspec.Struct, frozen=True):
    id: int
    order_id: int | None
    source_no: str
    note: str
    number: str | None
    endpoint_id: int


async def announce(facts: Sequence[Recorded]) -> None:
    """Running twice adds nothing."""
    known = [fact for fact in facts if fact.name in BY_NAME]
    record_ids = [fact.subject_id for fact in known if fact.name in OF_RECORDS]
    order_ids = [fact.subject_id for fact in known if fact.name not in OF_RECORDS]
    rows = await db.fetch(sql(_CONCERNED, order_ids=order_ids, record_ids=record_ids))
    concerned = [msgspec.convert(dict(row), _HearingRecord) for row in rows]
    if not concerned:
        return
    now = clock.now()
    deliveries = [_row(fact, record, now) for fact in known for record in concerned if _is_about(fact, record)]
    added = await db.fetch(sql(_ADD, rows=msgspec.json.encode(deliveries).decode(), now=now))
    endpoint_ids = sorted({row["endpoint_id"] for row in added})
    if endpoint_ids:
        keys: list[str | None] = [f"{SEND_JOB}:{each}" for each in endpoint_ids]
        await queue.enqueue_many(SEND_JOB, endpoint_ids, dedupe_keys=keys)


def _is_about(fact: Recorded, record: _HearingRecord) -> bool:
    return fact.subject_id == (record.id if fact.name in OF_RECORDS else record.order_id)


def _row(fact: Recorded, record: _HearingRecord, now: datetime) -> dict[str, object]:
    said = BY_NAME[fact.name]
    note = record.note if said == "record.turned_away" else ""
    data = WebhookData(source_no=record.source_no, record_id=record.id, number=record.number, note=note)
    event = WebhookEvent(type=said, timestamp=now.astimezone(UTC).replace(microsecond=0), data=data)
    body = msgspec.json.encode(event).decode()
    return {"endpoint_id": record.endpoint_id, "record_id": record.id, "event_id": fact.id, "body": body}
