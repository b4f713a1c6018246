"""Orders that another system knows: what becomes of them here is written down for it, and a job says it there.

Of a request that we fetched from it, it is told as its reporter; of an order that we sent on, states alone.
"""

from collections.abc import Collection
from datetime import datetime

import asyncpg

from backend import db
from backend.intake.open311.client.sending_on import SEND_JOB
from backend.intake.open311.client.structs import RequestWay
from backend.intake.open311.wire import statuses
from backend.jobs import queue
from backend.orders.model.disclosure import note_of
from backend.orders.model.states import State, Transition
from backend.orders.reads import detail
from backend.sql import sql
from media.structs import Audience

_KNOWN = """
    SELECT r.id, r.source_id, r.way, s.account_id, coalesce(r.order_id, record.order_id) AS order_id,
           coalesce((SELECT max(u.update_no::bigint) FROM open311_update u
                     WHERE u.request_id = r.id AND u.way = 'out'), 0) AS said_until
    FROM open311_request r JOIN open311_peer p ON p.source_id = r.source_id AND p.has_updates
    JOIN intake_source s ON s.id = r.source_id LEFT JOIN intake_record record ON record.id = r.record_id
    WHERE r.way <> 'filed' AND r.state <> 'refused'
      AND (r.order_id = ANY($1::bigint[]) OR record.order_id = ANY($1::bigint[]))
    ORDER BY r.id
"""
_ADD = """
    INSERT INTO open311_update (request_id, way, update_no, status, words, at, state, created_at)
    VALUES (:request_id, 'out', :update_no, :status, :words, :at, 'waiting', :now)
    ON CONFLICT ON CONSTRAINT open311_update_once DO NOTHING
"""


async def follow(order_ids: Collection[int], now: datetime) -> None:
    """Write down what is new of these orders, for each endpoint that knows one of them. Safe to repeat."""
    known = await db.fetch(_KNOWN, list(order_ids))
    for request in known:
        for step in await detail.list_steps(request["order_id"]):
            if step["id"] > request["said_until"] and _is_news(step):
                await db.execute(sql(_ADD, **_values(request, step), now=now))
    for source_id in sorted({request["source_id"] for request in known}):
        await queue.enqueue(SEND_JOB, source_id, dedupe_key=f"{SEND_JOB}:{source_id}")


def _is_news(step: asyncpg.Record) -> bool:
    if step["from_state"] is None or step["move"] not in list(Transition):
        return False
    return statuses.says_something(Transition(step["move"]), State(step["from_state"]), State(step["to_state"]))


def _values(request: asyncpg.Record, step: asyncpg.Record) -> dict[str, object]:
    is_reporter = request["way"] == RequestWay.FETCHED
    return {
        "request_id": request["id"],
        "update_no": str(step["id"]),
        "status": statuses.detailed(State(step["to_state"]), Transition(step["move"])).value,
        "words": note_of(step, Audience.REPORTER, request["account_id"]) if is_reporter else "",
        "at": step["at"],
    }
