"""What a scanned code tells its reader, decided in one statement.

Where the code leads, what comes up at that door, what is reported there already and which of it by this reader; for
those who work there also their orders, and the door's last thirty days. Each part is the SQL of the room that owns it.
"""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.permissions import HOLDERS, Permission
from backend.accounts.structs import Actor
from backend.orders.queries import at_place, place_memory
from backend.orders.queries.place_memory import ClassCount
from backend.orders.queries.scope import scope_args
from backend.orders.structs import OrderHere
from backend.places.kinds import Kind
from backend.reports import candidate_sql as sql
from backend.reports.candidate_sql import Line
from backend.reports.structs import Candidate
from backend.structs import Read
from qr import queries as qr
from qr.structs import Resolved

MOST = 5
_CLASSES = 3
_NOBODY: list[Any] = [[], None, [], None]

# $1 to $4 the reader's scope, $5 code, $6 now, $7 patterns of the areas whose history the reader may know,
# $8 most frequent items
_DOOR = f"""
    WITH door AS MATERIALIZED ({qr.door_of("$5")}),
    {sql.seen(f"{sql.point('lng', 'lat')}, id, kind = '{Kind.POINT}', $6::timestamptz FROM door WHERE id IS NOT NULL")},
    {sql.found(sql.AT_A_PLACE)}
    SELECT door.*, {at_place.frequent_items("door.id", "$8")} AS frequent,
           {sql.listed(str(MOST), reader="$4::bigint")} AS reported,
           {at_place.visible("door.id", str(MOST))} AS orders,
           CASE WHEN door.area_code LIKE ANY($7::text[]) THEN
               {place_memory.recent_classes("door.id", "$6::timestamptz", str(_CLASSES))} END AS classes
    FROM door
"""


class Door(Read, frozen=True, kw_only=True):
    """What a scan shows to one reader."""

    resolved: Resolved
    frequent: list[str]
    """Item codes, what comes up here most first."""
    reported: list[Candidate]
    own_tokens: dict[int, str]
    """By order, the token of the reader's own report of it."""
    orders: list[OrderHere]
    """Open ones within the reader's scope, least time left first."""
    classes: list[ClassCount] | None
    """The last thirty days; None for whoever may not read a place's history."""

    @property
    def code(self) -> str:
        return self.resolved.code


async def get_door(typed: str, reader: Actor | None, now: datetime, *, frequent: int) -> Door:
    """What a code shows to this reader, with so many frequent items at most. Raises CodeUnknown, CodeRevoked."""
    code = qr.word_of(typed)
    scope = scope_args(reader) if reader else _NOBODY
    row = await db.fetchrow(_DOOR, *scope, code, now, _history_areas(reader), frequent)
    return _door(qr.resolved(code, row), row, reader, now)


def _history_areas(reader: Actor | None) -> list[str]:
    areas = reader.areas_of(*HOLDERS[Permission.READ_HISTORY]) if reader else []
    return [f"{area}%" for area in areas]


def _door(resolved: Resolved, row: Any, reader: Actor | None, now: datetime) -> Door:
    lines = msgspec.json.decode(row["reported"] or "[]", type=list[Line])
    orders = msgspec.json.decode(row["orders"]) if reader and row["orders"] else []
    return Door(
        resolved=resolved,
        frequent=row["frequent"],
        reported=[sql.candidate(line, now) for line in lines],
        own_tokens={line.order_id: line.own_token for line in lines if line.own_token},
        orders=[at_place.order_here(order, reader) for order in orders] if reader else [],
        classes=msgspec.json.decode(row["classes"], type=list[ClassCount]) if row["classes"] else None,
    )
