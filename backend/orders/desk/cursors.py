"""Where a page of the desk begins: a cursor, opaque and bound to the filter that it was given with."""

from datetime import datetime
from typing import Any

import msgspec

from backend.errors import BadRequest
from backend.sql import Sql
from backend.structs import decode_cursor, encode_cursor

_BACK, _ON = "b", "n"
_BIGINT_MAX = 2**63 - 1


class DeskCursor(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a row, and whether the page lies before it or behind it."""

    at: datetime
    id: int
    is_back: bool = False


def read_cursor(cursor: str | None, digest: str) -> DeskCursor | None:
    """Raises BadRequest for a cursor that is none of ours or belongs to another filter."""
    if cursor is None:
        return None
    bound, way, at, order_id = decode_cursor(cursor, str, str, datetime, int)
    is_ours = bound == digest and way in (_BACK, _ON) and 0 < int(order_id) <= _BIGINT_MAX
    if not is_ours or not isinstance(at, datetime) or at.tzinfo is None:
        raise BadRequest("cursor-of-another-list")
    return DeskCursor(at=at, id=int(order_id), is_back=way == _BACK)


def write_cursor(row: Any, key: str, digest: str, *, is_back: bool) -> str:
    return encode_cursor(digest, _BACK if is_back else _ON, row[key].isoformat(), row["id"])


def beyond(spot: DeskCursor | None, key: str, *, descending: bool, order_id: str = "o.id") -> Sql | None:
    """Only what lies beyond the spot, in the direction of reading."""
    if spot is None:
        return None
    way = "<" if descending != spot.is_back else ">"
    return Sql(f"({key}, {order_id}) {way} (:spot_at, :spot_id::bigint)", {"spot_at": spot.at, "spot_id": spot.id})


def order_by(spot: DeskCursor | None, key: str, *, descending: bool) -> str:
    is_back = spot is not None and spot.is_back
    way = "DESC" if descending != is_back else "ASC"
    return f"ORDER BY {key} {way}, o.id {way}"
