"""A row of the desk: an order in one line, with the flags that make somebody look twice. No word of a reporter."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import asyncpg
import msgspec

from backend.orders.deadlines.overdue import DUE_AT, DUE_STAGE, NEVER
from backend.orders.model.names import ItemName, PersonName, UnitName
from backend.sql import Sql
from backend.structs import Read

T = TypeVar("T")
COLUMNS = f"""
    o.id, o.number, o.state, o.version, o.priority, o.area_code, o.grid_code, o.source_kind, o.opened_at,
    {DUE_AT} AS due_at, {DUE_STAGE} AS due_stage, o.resolve_by,
    coalesce(o.closed_at, o.cancelled_at) AS ended_at, o.rework_count, o.hop_count, o.rating,
    o.supervisor_id IS NOT NULL AS is_supervised,
    EXISTS (SELECT FROM order_step s WHERE s.order_id = o.id AND s.at >= o.opened_at AND s.move = 'urge') AS is_urged,
    (SELECT jsonb_build_object('kind', r.kind, 'minutes', r.minutes, 'reason', r.reason, 'asked_at', r.asked_at,
        'asked_by', asker.display_name)::text
     FROM order_request r JOIN account asker ON asker.id = r.asked_by_id
     WHERE r.order_id = o.id AND r.decided_at IS NULL) AS request,
    (SELECT count(DISTINCT f.account_id) FROM order_follower f
     WHERE f.order_id = o.id AND f.account_id IS DISTINCT FROM o.opened_by_id) AS followers,
    p.id AS place_id, coalesce(nullif(p.name, ''), p.address) AS place,
    ST_Y(o.loc::geometry) AS lat, ST_X(o.loc::geometry) AS lng,
    i.code AS item_code, i.name_zh AS item_zh, i.name_en AS item_en,
    u.id AS unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en, h.id AS handler_id, h.display_name AS handler_name
"""
JOINS = """
    JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id
    LEFT JOIN org_unit u ON u.id = o.unit_id
    LEFT JOIN account h ON h.id = o.handler_id
"""
NO_THUMB = Sql("NULL::json")
"""In place of the photo of a row."""
_PLAIN = (
    *("id", "number", "state", "version", "priority", "area_code", "grid_code", "source_kind", "opened_at", "ended_at"),
    *("place_id", "due_stage", "resolve_by"),
    *("rework_count", "hop_count", "rating", "is_supervised", "is_urged", "followers"),
)
DuplicatesSql = Callable[[str], str]
"""SQL that tells, as JSON of `DeskDuplicates` or null, which open orders may be the same case as the order of an alias.

Whoever owns the rule of what is the same case says so.
"""


class DeskDuplicates(Read, frozen=True, kw_only=True):
    """Other open orders that may be the same case."""

    count: int
    first_id: int
    first_number: str


class DeskRequest(Read, frozen=True, kw_only=True):
    """What a handler asks for and nobody has decided yet."""

    kind: str
    """extension or suspension"""
    minutes: int | None
    """More minutes on the order's own clock; None for a suspension."""
    reason: str
    asked_at: datetime
    asked_by: str


class DeskOrder(Read, frozen=True, kw_only=True):
    id: int
    number: str
    state: str
    version: int
    priority: str
    item: ItemName
    place_id: int | None = None
    place: str
    """Its name, its address, else its position in WGS-84."""
    area_code: str
    grid_code: str
    source_kind: str
    unit: UnitName | None
    handler: PersonName | None
    opened_at: datetime
    due_at: datetime | None
    """None while no clock runs."""
    due_stage: str | None = None
    """Which limit that is."""
    resolve_by: datetime | None = None
    ended_at: datetime | None
    rework_count: int
    hop_count: int
    """How often it was returned."""
    rating: int | None
    is_supervised: bool
    is_urged: bool
    request: DeskRequest | None = None
    """What waits for a decision."""
    duplicates: DeskDuplicates | None = None
    """None also where nobody looked for them."""
    followers: int
    """How many people reported it besides the first."""


def columns_with(duplicates: DuplicatesSql | None) -> str:
    """The columns of a row, with what may be the same case where that is looked for."""
    return COLUMNS if duplicates is None else f"{COLUMNS}, {duplicates('o')}::text AS duplicates"


def desk_order(row: asyncpg.Record) -> DeskOrder:
    return DeskOrder(
        **{name: row[name] for name in _PLAIN},
        item=ItemName(code=row["item_code"], name_zh=row["item_zh"], name_en=row["item_en"]),
        place=row["place"] or f"{row['lat']:.5f}, {row['lng']:.5f}",
        unit=None
        if row["unit_id"] is None
        else UnitName(id=row["unit_id"], name_zh=row["unit_zh"], name_en=row["unit_en"] or row["unit_zh"]),
        handler=None if row["handler_id"] is None else PersonName(id=row["handler_id"], name=row["handler_name"]),
        due_at=None if row["due_at"] == NEVER else row["due_at"],
        request=_decoded(row["request"], DeskRequest),
        duplicates=_decoded(row.get("duplicates"), DeskDuplicates),
    )


def _decoded(text: str | None, kind: type[T]) -> T | None:
    return None if text is None else msgspec.json.decode(text, type=kind)
