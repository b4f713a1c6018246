"""Reads of the register of lifts."""

from datetime import date

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.lifts import access
from backend.lifts.errors import LiftNotFound
from backend.lifts.structs import LiftChangeView, LiftView
from backend.orders.model.states import OPEN, quoted
from backend.sql import sql

TRAPPED, OVERDUE_ITEM = "B501", "E201"
"""The items of orders about people in a lift, and about days that have passed."""
PAGE_ROWS = 50
VIEW = """
    SELECT lift.id, lift.place_id, coalesce(nullif(place.name, ''), place.address) AS place,
        place.area_id AS area_code, coalesce(place.grid_cell_id, '') AS grid_code,
        ST_X(place.loc::geometry) AS lng, ST_Y(place.loc::geometry) AS lat, lift.lift_no, lift.label,
        lift.maintenance_unit_id, mu.name_zh AS maintenance_zh, coalesce(mu.name_en, '') AS maintenance_en,
        lift.property_unit_id, coalesce(pu.name_zh, '') AS property_zh, coalesce(pu.name_en, '') AS property_en,
        lift.phone, lift.inspect_by, lift.maintained_on, lift.maintain_days, lift.is_in_use, lift.notified_on,
        lift.overdue_order_id
    FROM lift JOIN place ON place.id = lift.place_id JOIN org_unit mu ON mu.id = lift.maintenance_unit_id
    LEFT JOIN org_unit pu ON pu.id = lift.property_unit_id
"""
_GET = f"{VIEW} WHERE lift.id = $1"
_AT_PLACE = f"{VIEW} WHERE lift.place_id = $1"
_NEAREST = "NOT {0}.is_in_use, least({0}.inspect_by, {0}.maintained_on + {0}.maintain_days), {0}.id"
_LISTED = """{visible} AND (NOT :is_due OR lift.is_in_use AND
        (lift.inspect_by <= :soon OR lift.maintained_on + lift.maintain_days < :today))
    AND (:text::text = '' OR strpos(lower(concat_ws(' ', lift.lift_no, lift.label, place.name, place.address)),
        lower(:text::text)) > 0)"""
_LIST = f"""
    {VIEW} WHERE {_LISTED} AND (:after::bigint = 0
        OR ({_NEAREST.format("lift")}) > (SELECT {_NEAREST.format("b")} FROM lift b WHERE b.id = :after))
    ORDER BY {_NEAREST.format("lift")} LIMIT {PAGE_ROWS}
"""
_COUNT = f"SELECT count(*) FROM lift JOIN place ON place.id = lift.place_id WHERE {_LISTED}"
_CHANGES = """
    SELECT c.field, c.before, c.after, c.at, coalesce(a.display_name, '') AS by
    FROM lift_change c LEFT JOIN account a ON a.id = c.by_id WHERE c.lift_id = $1 ORDER BY c.id DESC LIMIT 30
"""
_RUNNING = f"""
    SELECT id FROM work_order
    WHERE place_id = $1 AND item_id = $2 AND parent_id IS NULL AND state IN ({quoted(OPEN)}) ORDER BY id LIMIT 1
"""


async def get_lift(lift_id: int, reader: Actor) -> LiftView:
    """Raises LiftNotFound, also where it is not there for this reader."""
    row = await db.fetchrow(_GET, lift_id)
    lift = view_of(row) if row else None
    if lift is None or not access.sees(reader, lift):
        raise LiftNotFound
    return lift


async def find_at_place(place_id: int) -> LiftView | None:
    """The lift at a place. It asks nobody who may know: what it says of a lift stands in its cabin."""
    row = await db.fetchrow(_AT_PLACE, place_id)
    return view_of(row) if row else None


async def list_lifts(
    reader: Actor, today: date, soon: date, *, due_only: bool = False, text: str = "", after: int = 0
) -> list[LiftView]:
    """A page of those that this reader sees, what is due first before the others. `after`: the last one seen."""
    said = {"visible": access.visible_to(reader), "is_due": due_only, "soon": soon, "today": today, "text": text}
    return [view_of(row) for row in await db.fetch(sql(_LIST, **said, after=after))]


async def count_lifts(reader: Actor, today: date, soon: date, *, due_only: bool = False, text: str = "") -> int:
    said = {"visible": access.visible_to(reader), "is_due": due_only, "soon": soon, "today": today, "text": text}
    return await db.fetchval(sql(_COUNT, **said))


async def list_changes(lift_id: int) -> list[LiftChangeView]:
    """Who wrote what into the register, the latest first."""
    return [msgspec.convert(dict(row), LiftChangeView) for row in await db.fetch(_CHANGES, lift_id)]


async def find_running(place_id: int, item_code: str) -> int | None:
    """The order about this matter that goes on at the place."""
    return await db.fetchval(_RUNNING, place_id, item_code)


def view_of(row: asyncpg.Record) -> LiftView:
    return msgspec.convert(dict(row), LiftView)
