"""Reads of intake records. None opens what is sealed: `reading.py` does, and writes it down."""

from collections.abc import Collection, Sequence
from enum import StrEnum

import asyncpg
import msgspec

from backend import db
from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.geo.area_sql import outermost, within_any
from backend.intake.items.suggesting import Suggestion
from backend.intake.locating.structs import PlaceHit
from backend.intake.records import audience, placing
from backend.intake.records.errors import RecordNotFound
from backend.intake.records.structs import (
    OrderRecord,
    Receipt,
    RecordDetail,
    RecordReadingRow,
    RecordRef,
    RecordRow,
    RecordState,
    Remainder,
)
from backend.intake.sources import queries as sources
from backend.intake.structs import Clues
from backend.sql import Sql, sql
from backend.structs import Page, encode_cursor, id_before


class RecordTab(StrEnum):
    """What of the intake desk is shown."""

    NEW = "new"
    """All, the latest first."""
    UNSURE = "unsure"
    UNREADABLE = "unreadable"
    WAITING = "waiting"
    """Unsure or unreadable."""
    TURNED_AWAY = "turned_away"


_STATES = {
    RecordTab.NEW: [state.value for state in RecordState],
    RecordTab.UNSURE: [RecordState.UNSURE.value],
    RecordTab.UNREADABLE: [RecordState.UNREADABLE.value],
    RecordTab.WAITING: [RecordState.UNSURE.value, RecordState.UNREADABLE.value],
    RecordTab.TURNED_AWAY: [RecordState.TURNED_AWAY.value],
}
_COLUMNS = """
    r.id, s.name AS source, r.source_no, r.state, r.reason, r.note, r.received_at, r.occurred_at, r.class_code, r.title,
    r.text, r.incoming::text AS incoming, r.order_id, o.number, r.item_id AS item_code, r.place_id, r.certainty,
    coalesce(r.suggested, '[]')::text AS suggested, r.messages, r.is_wrong, r.version
"""
_FROM = """
    FROM intake_record r JOIN intake_source s ON s.id = r.source_id LEFT JOIN work_order o ON o.id = r.order_id
"""
_RECEIPT = """
    SELECT r.id AS record_id, r.source_no, r.state, r.order_id, o.number, r.reason, r.note, false AS is_new
    FROM intake_record r LEFT JOIN work_order o ON o.id = r.order_id WHERE r.source_id = $1 AND r.source_no = $2
"""
_RECEIPTS = """
    SELECT r.id AS record_id, r.source_no, r.state, r.order_id, o.number, r.reason, r.note, false AS is_new
    FROM intake_record r LEFT JOIN work_order o ON o.id = r.order_id
    WHERE r.source_id = $1 AND r.id < $2 AND ($4::text IS NULL OR r.source_no = $4) ORDER BY r.id DESC LIMIT $3
"""
_LIST = f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE {{within}} AND {{of_source}} AND r.state = ANY(:states::text[]) AND r.id < :before
    ORDER BY r.id DESC LIMIT :most
"""
_ONE = f"""
    SELECT {_COLUMNS}, r.source_id, s.area_code, r.contact IS NOT NULL AS has_contact,
           EXISTS (SELECT FROM intake_message m WHERE m.record_id = r.id AND m.body IS NOT NULL) AS has_message
    {_FROM} WHERE r.id = $1
"""
_READINGS = """
    SELECT g.part, a.display_name AS name, g.read_at FROM record_reading g JOIN account a ON a.id = g.account_id
    WHERE g.record_id = $1 ORDER BY g.id DESC
"""
_OF_ORDERS = """
    SELECT id AS record_id, source_id, source_no, order_id, state FROM intake_record
    WHERE order_id = ANY($1::bigint[]) ORDER BY id
"""
_BEHIND = """
    SELECT r.id AS record_id, r.source_no, r.state, r.received_at, s.title_zh, s.title_en, s.area_code
    FROM intake_record r JOIN intake_source s ON s.id = r.source_id
    WHERE r.order_id = ANY($1::bigint[]) ORDER BY r.id LIMIT 200
"""
_TALLIES = """
    SELECT r.state, count(*) AS records FROM intake_record r JOIN intake_source s ON s.id = r.source_id
    WHERE {within} AND r.state = ANY(:states::text[]) GROUP BY r.state
"""


async def get_receipt(source_id: int, source_no: str) -> Receipt:
    """What became of this number of the source. Raises RecordNotFound."""
    row = await db.fetchrow(_RECEIPT, source_id, source_no)
    if row is None:
        raise RecordNotFound
    return msgspec.convert(dict(row), Receipt)


async def list_receipts(source_id: int, *, source_no: str | None, cursor: str | None, limit: int) -> Page[Receipt]:
    """What became of what a source told, the latest first; of one number alone where one is named."""
    rows = await db.fetch(_RECEIPTS, source_id, id_before(cursor), limit + 1, source_no)
    items = [msgspec.convert(dict(row), Receipt) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].record_id) if len(rows) > limit else None)


async def of_orders(order_ids: Collection[int]) -> dict[int, list[RecordRef]]:
    """The records behind orders, filed and folded, the first one first; orders without any are left out."""
    found: dict[int, list[RecordRef]] = {}
    for row in await db.fetch(_OF_ORDERS, list(order_ids)):
        found.setdefault(row["order_id"], []).append(msgspec.convert(dict(row), RecordRef))
    return found


async def of_order(order_id: int) -> list[RecordRef]:
    """The records behind one order, the first one first."""
    return (await of_orders([order_id])).get(order_id, [])


async def list_behind(order_ids: Collection[int]) -> list[OrderRecord]:
    """Who told of an order, and of what was merged into it, the first one first: for staff of the order."""
    return [msgspec.convert(dict(row), OrderRecord) for row in await db.fetch(_BEHIND, list(order_ids))]


async def list_records(
    actor: Actor, tab: RecordTab, *, source_id: int | None = None, cursor: str | None = None, limit: int = 50
) -> Page[RecordRow]:
    """The records of the areas in which the actor dispatches, the latest first."""
    values = {"within": within(actor), "of_source": of_source(source_id), "states": _STATES[tab]}
    rows = await db.fetch(sql(_LIST, **values, before=id_before(cursor), most=limit + 1))
    items = [msgspec.convert(_fields(row), RecordRow) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


async def count_waiting(actor: Actor) -> dict[RecordState, int]:
    """How many records wait for a person in the actor's areas, by state."""
    states = _STATES[RecordTab.WAITING]
    rows = await db.fetch(sql(_TALLIES, within=within(actor), states=states))
    return {RecordState(state): 0 for state in states} | {RecordState(row["state"]): row["records"] for row in rows}


async def get_record(record_id: int, actor: Actor) -> RecordDetail:
    """A record as whoever decides on it sees it. Raises RecordNotFound."""
    row = await db.fetchrow(_ONE, record_id)
    if row is None or not audience.may_decide(actor, row["area_code"]):
        raise RecordNotFound
    readings = [RecordReadingRow(**each) for each in await db.fetch(_READINGS, record_id)]
    clues = _rest(row).clues
    more = {"has_contact": row["has_contact"], "has_message": row["has_message"], "readings": readings}
    return msgspec.convert(
        {**_fields(row), "clues": clues, **more, "nearest": await _nearest(row, clues)}, RecordDetail
    )


async def _nearest(row: asyncpg.Record, clues: Clues) -> list[PlaceHit]:
    if row["state"] != RecordState.UNSURE or row["certainty"]:
        return []
    return list(await placing.list_nearest(clues, await sources.get_by_id(row["source_id"])))


def within(actor: Actor) -> Sql:
    """SQL for whether the actor dispatches all over the area of source `s`."""
    areas = outermost(permissions.areas_of(actor, Permission.DISPATCH_ORDERS))
    return within_any("s.area_code", areas, "reader_area") if areas else Sql("false")


def of_source(source_id: int | None) -> Sql:
    """SQL for whether record `r` is of this source; of any for None."""
    return Sql("true") if source_id is None else Sql("r.source_id = :source_id", {"source_id": source_id})


def _fields(row: asyncpg.Record) -> dict[str, object]:
    suggested: Sequence[Suggestion] = msgspec.json.decode(row["suggested"], type=list[Suggestion])
    return {**row, "suggested": suggested, "address": _rest(row).clues.address}


def _rest(row: asyncpg.Record) -> Remainder:
    return msgspec.json.decode(row["incoming"], type=Remainder) if row["incoming"] else Remainder()
