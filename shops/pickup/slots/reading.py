"""Slots as a shop finds them: what is free for it, and what is free nearest to what it wanted.

A hold that is over counts as free, though its row is still there; so does the asker's own.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db
from backend.sql import sql
from shops.pickup.kinds import WasteKind
from shops.pickup.structs import SlotView

AHEAD = timedelta(days=7)
"""So far slots are made, and listed."""
NEAREST = 3
SLOT_COLUMNS = """s.id, s.kind, r.name AS route, s.starts_at, s.ends_at, s.cutoff_at, s.capacity"""


def free(now: str, shop_id: str, account_id: str, litres: str = "1") -> str:
    """SQL of how many places slot `s` has for somebody at an instant, for a load of so many litres."""
    return f"""(SELECT CASE WHEN s.cutoff_at <= {now} OR s.loaded_l - over.litres + {litres} > s.load_l THEN 0
            ELSE s.capacity - s.booked - s.held + over.places END
        FROM (SELECT count(*)::int AS places, coalesce(sum(h.litres), 0)::int AS litres FROM pickup_hold h
              WHERE h.slot_id = s.id AND (h.until <= {now} OR h.shop_id = {shop_id} AND h.account_id = {account_id})
        ) over)"""


_FREE = free(":now::timestamptz", ":shop_id::bigint", ":account_id::bigint", ":litres::int")
_OFFERED = "r.is_open AND starts_with(:area_code::text, r.area_code)"
_LIST = f"""
    SELECT {SLOT_COLUMNS}, {_FREE} AS free
    FROM pickup_slot s JOIN pickup_route r ON r.id = s.route_id
    WHERE {_OFFERED} AND (:kind::text IS NULL OR s.kind = :kind)
      AND s.starts_at >= :from_at AND s.starts_at < :until_at AND s.ends_at > :now
    ORDER BY s.starts_at, r.name, s.id LIMIT 500
"""


def nearest(area_code: str, near: str) -> str:
    """SQL of the free slots that begin nearest to an instant, for :shop_id and :account_id, but :slot_id."""
    return f"""
        SELECT * FROM (
            SELECT {SLOT_COLUMNS}, {_FREE} AS free
            FROM pickup_slot s JOIN pickup_route r ON r.id = s.route_id
            WHERE r.is_open AND starts_with({area_code}, r.area_code) AND s.kind = :kind AND s.cutoff_at > :now
              AND s.booked < s.capacity AND s.id <> :slot_id
              AND s.starts_at BETWEEN {near} - interval '7 days' AND {near} + interval '7 days'
        ) offered WHERE free > 0
        ORDER BY abs(extract(epoch FROM starts_at - {near})), starts_at, id LIMIT {NEAREST}
    """


_NEAREST = nearest(":area_code::text", ":near::timestamptz")


class SlotAsker(msgspec.Struct, frozen=True, kw_only=True):
    """For whom slots are looked at: a shop where it lies, and the person."""

    shop_id: int
    area_code: str
    account_id: int


async def list_slots(asker: SlotAsker, kind: WasteKind | None, from_at: datetime, now: datetime) -> list[SlotView]:
    """The slots of a week from an instant on that are not over, the earliest first."""
    statement = sql(_LIST, **_values(asker, 1, now), kind=kind, from_at=from_at, until_at=from_at + AHEAD)
    return [slot_view(row) for row in await db.fetch(statement)]


async def list_nearest(
    asker: SlotAsker, kind: WasteKind, near: datetime, litres: int, now: datetime, *, but: int = 0
) -> list[SlotView]:
    """Up to three free slots, those that begin nearest to an instant first. `but`: a slot that is not among them."""
    statement = sql(_NEAREST, **_values(asker, litres, now), kind=kind, near=near, slot_id=but)
    return [slot_view(row) for row in await db.fetch(statement)]


def slot_view(row: Any) -> SlotView:
    return msgspec.convert({name: row[name] for name in SlotView.__struct_fields__}, SlotView)


def _values(asker: SlotAsker, litres: int, now: datetime) -> dict[str, Any]:
    return {**msgspec.structs.asdict(asker), "litres": litres, "now": now}
