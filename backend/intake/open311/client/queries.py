"""What other systems know and say of an order: for whoever is staff of it."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.intake.open311.client.structs import RequestWay, SharedRequest, SharedUpdate
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.visibility import staff_of
from backend.sql import sql

_IS_STAFF = "SELECT EXISTS (SELECT FROM work_order o WHERE o.id = :order_id AND {staff})"
_ALL = """
    SELECT r.way, s.name AS source, s.title_zh, s.title_en, r.state, r.request_no, r.service_code, r.words, r.status,
           r.status_words, r.status_at, r.reason, r.created_at,
           coalesce((SELECT json_agg(json_build_object('is_ours', u.way = 'out', 'status', u.status, 'words', u.words,
                            'at', u.at, 'is_delivered', u.state = 'done') ORDER BY u.at, u.id)
                     FROM open311_update u WHERE u.request_id = r.id), '[]') AS updates
    FROM open311_request r JOIN intake_source s ON s.id = r.source_id
    LEFT JOIN intake_record record ON record.id = r.record_id
    WHERE r.order_id = $1 OR record.order_id = $1 ORDER BY r.id
"""
_WAITING = """
    SELECT count(*) AS requests, min(created_at) AS since FROM open311_request
    WHERE source_id = $1 AND state IN ('waiting', 'asking', 'pending')
"""


async def list_of_order(order_id: int, actor: Actor) -> list[SharedRequest]:
    """In the order in which they came about. Raises OrderNotFound for whoever is not staff of it."""
    if not await db.fetchval(sql(_IS_STAFF, staff=staff_of(actor), order_id=order_id)):
        raise OrderNotFound
    rows = await db.fetch(_ALL, order_id)
    return [_shared(dict(row)) for row in rows]


async def count_waiting(source_id: int) -> tuple[int, datetime | None]:
    """How many requests are on their way to this endpoint, and since when the oldest."""
    row = await db.fetchrow(_WAITING, source_id)
    assert row is not None
    return row["requests"], row["since"]


def _shared(row: dict) -> SharedRequest:
    updates = msgspec.json.decode(row.pop("updates"), type=list[SharedUpdate])
    return SharedRequest(**{**row, "way": RequestWay(row["way"])}, updates=updates)
