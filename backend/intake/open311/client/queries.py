"""What other systems know and say of an order: for whoever is staff of it."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within
from backend.intake.open311.client.structs import PeerName, RequestWay, SentOn, SentRequest, SharedRequest, SharedUpdate
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
_PEERS = f"""
    FROM open311_peer p JOIN intake_source s ON s.id = p.source_id
    WHERE s.is_open AND {within(":area::text", "s.area_code")}
"""
_SENT = f"""
    SELECT EXISTS (SELECT {_PEERS}) AS has_peers,
           coalesce((SELECT json_agg(json_build_object('title_zh', s.title_zh, 'title_en', s.title_en,
                            'state', r.state, 'request_no', r.request_no, 'words', r.words, 'status', r.status,
                            'status_words', r.status_words, 'status_at', r.status_at, 'reason', r.reason,
                            'created_at', r.created_at) ORDER BY r.id)
                     FROM open311_request r JOIN intake_source s ON s.id = r.source_id
                     WHERE r.order_id = ANY(:order_ids::bigint[]) AND r.way = 'sent'), '[]')::text AS requests
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


async def view_sent(order_ids: Collection[int], area_code: str) -> SentOn:
    """Where an order, and what was merged into it, was sent on: for staff of it. `area_code`: the order's."""
    row = await db.fetchrow(sql(_SENT, order_ids=list(order_ids), area=area_code))
    assert row is not None
    return SentOn(requests=msgspec.json.decode(row["requests"], type=list[SentRequest]), has_peers=row["has_peers"])


async def list_peers(area_code: str) -> list[PeerName]:
    """The endpoints for orders of this area, by name."""
    rows = await db.fetch(sql(f"SELECT s.name, s.title_zh, s.title_en {_PEERS} ORDER BY s.name", area=area_code))
    return [PeerName(**row) for row in rows]


async def count_waiting(source_id: int) -> tuple[int, datetime | None]:
    """How many requests are on their way to this endpoint, and since when the oldest."""
    row = await db.fetchrow(_WAITING, source_id)
    assert row is not None
    return row["requests"], row["since"]


def _shared(row: dict) -> SharedRequest:
    updates = msgspec.json.decode(row.pop("updates"), type=list[SharedUpdate])
    return SharedRequest(**{**row, "way": RequestWay(row["way"])}, updates=updates)
