"""Orders as the clocks see them: instants, pauses, terms, and what a fact about them says."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.geo.area_sql import within
from backend.orders.deadlines import terms
from backend.orders.deadlines.escalation.levels import EscalationSubject
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Pause, Timeline
from backend.orders.model import rules
from backend.orders.model.states import RUNNING
from backend.sql import Sql, sql

_AREAS = (
    "ARRAY['', left(o.area_code, 2), left(o.area_code, 4), left(o.area_code, 6), left(o.area_code, 9), o.area_code]"
)
_TIMES = (
    *("opened_at", "clock_from", "dispatched_at", "accepted_at", "arrived_at", "made_safe_at", "finished_at"),
    "referred_at",
    *("respond_by", "arrive_by", "safe_by", "resolve_by", "verify_by"),
)
_FACTS = (
    "number",
    "priority",
    "item_code",
    "item_zh",
    "item_en",
    "place",
    "handler_id",
    "opened_by_id",
    "supervisor_id",
)
_SELECT = f"""
    SELECT o.id, o.version, o.state, o.area_code, o.unit_id, o.priority, o.number,
           coalesce(o.raised_from, o.priority) AS usual_priority, o.item_id AS item_code,
           i.name_zh AS item_zh,
           i.name_en AS item_en, coalesce(nullif(p.name, ''), p.address, '') AS place, o.handler_id, o.opened_by_id,
           o.supervisor_id, {", ".join(f"o.{name}" for name in _TIMES)},
           {terms.COLUMNS}, {terms.timetable(_AREAS, "o.opened_at")},
           (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'starts_at', starts_at, 'ends_at', ends_at,
               'minutes', minutes) ORDER BY starts_at, id), '[]') FROM order_pause WHERE order_id = o.id
           )::text AS pauses
    FROM work_order o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
    {terms.policy(_AREAS)}
"""
_BY_IDS = f"{_SELECT} WHERE o.id = ANY($1::bigint[]) ORDER BY o.id"
# Ids are picked and locked by a statement of their own: the next one then sees what the lock waited for, and counts
# only for the rows that it needs.
_LOCK = "SELECT id FROM work_order WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"
_NEXT = f"""
    SELECT id FROM work_order
    WHERE id > :after_id AND state = ANY(:states::text[]) AND {within("area_code", ":area_code")}
      AND (:item_codes::text[] IS NULL OR item_id = ANY(:item_codes)) ORDER BY id LIMIT :limit FOR UPDATE
"""
_DUE = "SELECT id FROM work_order WHERE ladder_at <= $1 ORDER BY ladder_at, id LIMIT $2 FOR UPDATE SKIP LOCKED"
_AHEAD = "SELECT id FROM work_order WHERE ladder_at <= $1 AND id > $2 ORDER BY id LIMIT $3"


class Ticking(msgspec.Struct, frozen=True, kw_only=True):
    """An order with its clock."""

    id: int
    version: int
    area_code: str
    unit_id: int | None
    subject: EscalationSubject
    facts: dict[str, Any]
    """What every fact about the order says."""
    usual_priority: str = ""
    """What it would be without an emergency."""
    timeline: Timeline
    terms: Terms


async def lock_by_ids(order_ids: Sequence[int]) -> list[Ticking]:
    """These orders, locked, by id."""
    return await _picked(_LOCK, order_ids)


async def lock_next(after_id: int, area_code: str, item_codes: Sequence[str] | None, limit: int) -> list[Ticking]:
    """The running orders after an id, of an area prefix and perhaps of some items; locked, by id."""
    return await _picked(
        sql(_NEXT, after_id=after_id, states=RUNNING, area_code=area_code, item_codes=item_codes, limit=limit)
    )


async def lock_due(now: datetime, limit: int) -> list[Ticking]:
    """The orders whose ladder is to be looked at; those that somebody else holds are left to the next look."""
    return await _picked(_DUE, now, limit)


async def list_ahead(at: datetime, after_id: int, limit: int) -> list[Ticking]:
    """The orders whose ladder would be looked at until an instant, not locked, by id."""
    return await _picked(_AHEAD, at, after_id, limit)


async def _picked(pick: str | Sql, *values: object) -> list[Ticking]:
    ids = [row["id"] for row in await db.fetch(pick, *values)]
    return [_ticking(row) for row in await db.fetch(_BY_IDS, ids)] if ids else []


def _ticking(row: asyncpg.Record) -> Ticking:
    return Ticking(
        id=row["id"],
        version=row["version"],
        area_code=row["area_code"],
        unit_id=row["unit_id"],
        usual_priority=row["usual_priority"],
        subject=EscalationSubject(area_code=row["area_code"], item_code=row["item_code"], priority=row["priority"]),
        facts={name: row[name] for name in _FACTS} | {"is_urgent": rules.is_urgent(row["priority"])},
        timeline=_timeline(row),
        terms=terms.terms_of(row),
    )


def _timeline(row: asyncpg.Record) -> Timeline:
    pauses = msgspec.json.decode(row["pauses"], type=list[Pause])
    return msgspec.convert({**{name: row[name] for name in ("state", *_TIMES)}, "pauses": pauses}, Timeline)
