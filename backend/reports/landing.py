"""What a scanned code tells its reader, decided in one statement; phones are told what is stored beside the place.

Where the code leads, what comes up at that door, what is reported there already and which of it by this reader; for
those who work there also their orders, and the last thirty days. Each part is the SQL of the package that owns it.
"""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend import sql as bound
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.model.visibility import visible_to
from backend.orders.reads import at_place, place_history
from backend.orders.reads.place_history import ClassCount
from backend.orders.reads.views import OrderHere
from backend.places.kinds import PlaceKind
from backend.reports import candidate_sql as sql
from backend.reports import place_summary
from backend.reports.candidate_sql import CandidateRow
from backend.reports.structs import Candidate
from backend.structs import Read
from qr import queries as qr
from qr.codes import Code
from qr.structs import Resolved

_CLASSES = 3
NOTHING = "NULL::text"


_SEEN = sql.seen(
    f"{sql.point('lng', 'lat')}, id, kind = '{PlaceKind.POINT}', :now::timestamptz FROM door WHERE id IS NOT NULL"
)
_TO_READER = f"""
    WITH door AS MATERIALIZED ({qr.door_of(":code")}), {_SEEN}, {sql.found(sql.AT_A_PLACE)}
    SELECT door.*, {{also}} AS also, {at_place.frequent_items("door.id", ":frequent")} AS frequent,
           {sql.listed(str(place_summary.MOST), ":reader::bigint")} AS reported,
           {at_place.visible("door.id", str(place_summary.MOST))} AS orders,
           CASE WHEN {{may_know}} THEN {
    place_history.recent_classes("door.id", ":now::timestamptz", str(_CLASSES))
} END AS classes
    FROM door
"""

_OWN_TOKENS = "SELECT order_id, tracking_token FROM report WHERE reporter_id = $1 AND order_id = ANY($2::bigint[])"


class Door(Read, frozen=True, kw_only=True):
    """What a scan shows to one reader."""

    resolved: Resolved
    frequent: list[str]
    """Item codes, what comes up here most first."""
    reported: list[Candidate]
    own_tokens: dict[int, str] = {}
    """By order, the token of the reader's own report of it."""
    orders: list[OrderHere] = []
    """For people with an account: open ones within their scope, least time left first."""
    also: str | None = None
    """What else was asked about the place."""
    classes: list[ClassCount] | None = None
    """The last thirty days; None for whoever may not read a place's history."""

    @property
    def code(self) -> Code:
        return self.resolved.code


async def get_door(code: Code, reader: Actor | None, now: datetime, *, frequent: int, also: str = NOTHING) -> Door:
    """What a code shows to this reader, with so many frequent items at most. Raises CodeUnknown, CodeRevoked.

    `also`: SQL of a text about the row `door`, of a package that knows its place: `Door.also`.
    """
    if reader is None or reader.is_device:
        row = await place_summary.find_or_make(code, now, also)
        door = _door(qr.resolved(code, row), row, now, frequent)
        return door if reader is None else await _with_own(door, reader)
    fragments = {"visible": visible_to(reader), "may_know": _may_know_history(reader), "also": bound.sql(also)}
    row = await db.fetchrow(bound.sql(_TO_READER, **fragments, code=code, now=now, frequent=frequent))
    door = _door(qr.resolved(code, row), row, now, frequent)
    return msgspec.structs.replace(door, **_of_reader(row, reader))


async def _with_own(door: Door, reader: Actor) -> Door:
    """What strangers see, and which of it is the reader's own: a phone that reported from the street has no more."""
    if not door.reported:
        return door
    rows = await db.fetch(_OWN_TOKENS, reader.account_id, [candidate.order_id for candidate in door.reported])
    return msgspec.structs.replace(door, own_tokens={row["order_id"]: row["tracking_token"] for row in rows})


def _may_know_history(reader: Actor) -> bound.Sql:
    return within_any("door.area_code", areas_of(reader, Permission.READ_HISTORY), "history_area")


def _door(resolved: Resolved, row: Any, now: datetime, frequent: int) -> Door:
    lines = msgspec.json.decode(row["reported"] or "[]", type=list[CandidateRow])
    return Door(
        resolved=resolved,
        also=row["also"],
        frequent=(row["frequent"] or [])[:frequent],
        reported=[sql.candidate(line, now) for line in lines],
        own_tokens={line.order_id: line.own_token for line in lines if line.own_token},
    )


def _of_reader(row: Any, reader: Actor) -> dict[str, Any]:
    orders = msgspec.json.decode(row["orders"] or "[]")
    return {
        "orders": [at_place.order_here(order, reader) for order in orders],
        "classes": msgspec.json.decode(row["classes"], type=list[ClassCount]) if row["classes"] else None,
    }
