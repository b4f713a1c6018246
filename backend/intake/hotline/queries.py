"""Reads of hotline cases: those of an order with their story, and their deadlines beside ours in lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.intake.hotline.structs import HotlineTaskView
from backend.orders import reads
from backend.orders.cases import merged_orders
from media.structs import Audience

_STORY = """
    SELECT t.id, t.task_no, s.name AS source, s.title_zh AS source_zh, s.title_en AS source_en, t.order_id,
        t.record_id, t.kind, t.is_complex, t.unit_name, t.received_at, t.days, t.due_at, t.is_due_given, t.contact_by,
        t.contacted_at, t.has_last_word, t.agreed_at, t.ended_at, t.ended_as,
        (SELECT count(*) FROM hotline_exchange x WHERE x.task_id = t.id AND x.state = 'queued') AS queued,
        coalesce((SELECT x.error FROM hotline_exchange x WHERE x.task_id = t.id AND x.state = 'refused'
                  ORDER BY x.id DESC LIMIT 1), '') AS refused,
        (SELECT coalesce(json_agg(json_build_object('result', c.result, 'tries', c.tries, 'note', c.note,
            'made_by', a.display_name, 'made_at', c.made_at) ORDER BY c.id), '[]')
         FROM hotline_contact c JOIN account a ON a.id = c.made_by_id WHERE c.task_id = t.id)::text AS contacts,
        (SELECT coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'code', f.code, 'reason', f.reason,
            'days', f.days, 'asked_by', coalesce(a.display_name, ''), 'asked_at', f.asked_at,
            'decided_at', f.decided_at, 'is_granted', f.is_granted, 'opinion', f.opinion) ORDER BY f.id), '[]')
         FROM hotline_act f LEFT JOIN account a ON a.id = f.asked_by_id WHERE f.task_id = t.id)::text AS acts,
        (SELECT coalesce(json_agg(json_build_object('serial', f.serial, 'is_final', f.round_at IS NOT NULL,
            'is_solved', f.is_solved, 'words', f.words, 'made_at', f.made_at) ORDER BY f.serial), '[]')
         FROM hotline_feedback f WHERE f.task_id = t.id)::text AS feedbacks,
        (SELECT coalesce(json_agg(json_build_object('called_at', c.called_at, 'is_reached', c.is_reached,
            'is_solved', c.is_solved, 'is_satisfied', c.is_satisfied, 'opinion', c.opinion) ORDER BY c.id), '[]')
         FROM hotline_call_back c WHERE c.task_id = t.id)::text AS call_backs
    FROM hotline_task t JOIN intake_source s ON s.id = t.source_id
    WHERE t.order_id = ANY($1::bigint[]) ORDER BY t.id
"""
_DUE = """
    SELECT order_id, min(due_at) AS due_at FROM hotline_task
    WHERE order_id = ANY($1::bigint[]) AND ended_at IS NULL GROUP BY order_id
"""
_LISTS = ("contacts", "acts", "feedbacks", "call_backs")


async def list_of_order(order_id: int, actor: Actor, now: datetime) -> list[HotlineTaskView]:
    """The cases of an order and of what was merged into it, oldest first; none for who is not staff there.

    Raises OrderNotFound out of sight.
    """
    order = await reads.get_order(order_id, actor, now)
    return await list_for_staff(order_id) if order.audience is Audience.STAFF else []


async def list_for_staff(order_id: int) -> list[HotlineTaskView]:
    """The same for a reader who is known to be staff of the order."""
    merged = await merged_orders.list_merged(order_id)
    rows = await db.fetch(_STORY, [order_id, *(part.id for part in merged)])
    return [_view(row) for row in rows]


async def due_of(order_ids: Sequence[int]) -> dict[int, datetime]:
    """By when the platform wants an answer, of those of these orders that are its cases and not over."""
    if not order_ids:
        return {}
    return {row["order_id"]: row["due_at"] for row in await db.fetch(_DUE, list(order_ids))}


def _view(row: asyncpg.Record) -> HotlineTaskView:
    fields: dict[str, Any] = dict(row) | {name: msgspec.json.decode(row[name]) for name in _LISTS}
    return msgspec.convert(fields, HotlineTaskView)
