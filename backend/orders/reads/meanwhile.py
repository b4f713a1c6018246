"""What became of orders of an area in a stretch of time: how many were opened and ended, and what is still open."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within
from backend.orders.deadlines.overdue import DUE_AT, NEVER
from backend.orders.model.states import ENDED, State, quoted
from backend.orders.model.visibility import staff_of
from backend.sql import sql
from backend.structs import Read

_ENDED_AT = "coalesce(o.closed_at, o.cancelled_at)"
_COUNTS = f"""
    SELECT count(*) FILTER (WHERE o.opened_at BETWEEN :since AND :until) AS opened,
           count(*) FILTER (WHERE o.closed_at BETWEEN :since AND :until) AS closed,
           count(*) FILTER (WHERE o.closed_at BETWEEN :since AND :until AND o.opened_at >= :since) AS closed_of_opened,
           count(*) FILTER (WHERE o.priority IN ('P0', 'P1') AND o.opened_at BETWEEN :since AND :until) AS urgent,
           count(*) FILTER (WHERE o.opened_at <= :until AND o.state NOT IN ({quoted(ENDED)})) AS still_open
    FROM work_order o
    WHERE {within("o.area_code", ":area_code")} AND o.opened_at <= :until
      AND (o.state NOT IN ({quoted(ENDED)}) OR {_ENDED_AT} >= :since OR o.opened_at >= :since)
"""
_OPEN = f"""
    SELECT o.id, o.number, o.priority, o.state, i.name_zh AS item_zh, i.name_en AS item_en,
           coalesce(nullif(p.name, ''), p.address, '') AS place, coalesce(u.name_zh, '') AS unit_zh,
           coalesce(u.name_en, u.name_zh, '') AS unit_en, coalesce(a.display_name, '') AS handler, o.opened_at,
           nullif({DUE_AT}, '{NEVER.isoformat()}'::timestamptz) AS due_at
    FROM work_order o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
    LEFT JOIN org_unit u ON u.id = o.unit_id LEFT JOIN account a ON a.id = o.handler_id
    WHERE {within("o.area_code", ":area_code")} AND o.state NOT IN ({quoted(ENDED)})
      AND o.opened_at <= :until AND {{staff}}
    ORDER BY o.priority, {DUE_AT}, o.id LIMIT :most
"""

_NAMED = """
    SELECT o.id, o.number, i.name_zh AS item_zh, i.name_en AS item_en,
           coalesce(nullif(p.name, ''), p.address, '') AS place
    FROM work_order o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
    WHERE o.id = ANY(:order_ids::bigint[]) AND {staff}
"""


class NamedMeanwhile(Read, frozen=True, kw_only=True):
    """What its staff are told of an order in a line."""

    id: int
    number: str
    item_zh: str
    item_en: str
    place: str


class OrdersMeanwhile(Read, frozen=True, kw_only=True):
    """Counts. `closed`: whenever they were opened; `closed_of_opened`: of those that were opened meanwhile."""

    opened: int
    closed: int
    closed_of_opened: int
    urgent: int
    """Opened meanwhile as P0 or P1, and still so."""
    still_open: int


class OpenMeanwhile(Read, frozen=True, kw_only=True):
    """One that is open, with whoever has it. `unit_zh` and `handler` '': it lies at the centre."""

    id: int
    number: str
    priority: str
    state: State
    item_zh: str
    item_en: str
    place: str
    unit_zh: str
    unit_en: str
    handler: str
    opened_at: datetime
    due_at: datetime | None


async def count_meanwhile(area_code: str, since: datetime, until: datetime) -> OrdersMeanwhile:
    """Of an area prefix, both instants included; what is open is open now. It asks nobody who may know."""
    row = await db.fetchrow(sql(_COUNTS, area_code=area_code, since=since, until=until))
    assert row is not None
    return OrdersMeanwhile(**row)


async def list_named(order_ids: Sequence[int], reader: Actor) -> dict[int, NamedMeanwhile]:
    """By id, those of these orders whose staff the reader is."""
    if not order_ids:
        return {}
    rows = await db.fetch(sql(_NAMED, order_ids=list(order_ids), staff=staff_of(reader)))
    return {row["id"]: NamedMeanwhile(**row) for row in rows}


async def list_open_of(area_code: str, until: datetime, most: int, reader: Actor) -> list[OpenMeanwhile]:
    """What is open now and was opened until then, the most urgent first, of orders whose staff the reader is."""
    rows = await db.fetch(sql(_OPEN, area_code=area_code, until=until, most=most, staff=staff_of(reader)))
    return [msgspec.convert(dict(row), OpenMeanwhile) for row in rows]
