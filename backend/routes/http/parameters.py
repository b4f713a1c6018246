"""Parameters that many operations share."""

from typing import Annotated

from litestar.params import HeaderParameter, PathParameter, QueryParameter

from backend.geo.points import Fix
from backend.structs import IdempotencyKey
from qr.codes import Code

BIGINT_MAX = 2**63 - 1
_VERSION_DIGITS = 9
Id = Annotated[int, PathParameter(ge=1, le=BIGINT_MAX, description="The number of a row / 编号")]
Cursor = Annotated[
    str | None, QueryParameter(name="cursor", max_length=200, description="next_cursor of the page before")
]
Limit = Annotated[int, QueryParameter(name="limit", ge=1, le=200, description="Rows in a page")]
IdempotencyKeyHeader = Annotated[
    IdempotencyKey | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=8,
        max_length=80,
        description="Made by the phone, once per action: sending it again changes nothing",
    ),
]

IfMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        pattern=r'^(W/)?"?[0-9]{1,9}"?$',
        description="The `version` that was looked at; a move that judges is refused when the order has changed since",
    ),
]


def version_in(if_match: str | None) -> int | None:
    """The version that a header or a form's field names: None without one, 0 where it cannot be read."""
    digits = (if_match or "").removeprefix("W/").strip('"')
    if not digits:
        return None
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _VERSION_DIGITS else 0


def door_of(code: Code | None, point: Fix | None) -> str:
    """What a report is at, for counting: a plate, else about a hundred metres around the position."""
    return code or (f"{point.lng:.3f},{point.lat:.3f}" if point else "")
