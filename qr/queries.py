"""Reads of the registry. `door_of` is the hot path of every scan: three primary keys and a place."""

from collections.abc import Sequence

import asyncpg

from backend import db
from backend.geo.lonlat import LonLat
from qr.codes import Code
from qr.errors import CodeRevoked, CodeUnbound, CodeUnknown
from qr.structs import CodePlace, Resolved, Status

_DISTANCE = """
    SELECT ST_Distance(coalesce(c.anchor, p.loc), ST_SetSRID(ST_MakePoint($2, $3), 4326)::geography)
      FROM qr_code c JOIN place p ON p.id = c.place_id WHERE c.code = $1
"""


def door_of(code: str) -> str:
    """SQL of one row for a code, an expression, as `resolved` reads it: its state, its successor's, and the place.

    Of `ANY(codes)` it gives a row for each. A replaced code has no place of its own and a successor never has one
    further on, so this is one place at most.
    """
    return f"""
        SELECT c.code, c.status, coalesce(s.code, c.code) AS leads_to, coalesce(s.status, c.status) AS final_status,
               p.id, p.kind, p.name, p.address, p.area_id AS area_code, p.grid_cell_id AS grid_code,
               a.name AS area_name,
               coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number) AS label,
               ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat
          FROM qr_code c
          LEFT JOIN qr_code s ON s.code = c.successor_id
          LEFT JOIN place p ON p.id = coalesce(s.place_id, c.place_id)
          LEFT JOIN area a ON a.code = p.area_id
         WHERE c.code = {code}
    """


_FIND = door_of("$1")
_FIND_MANY = door_of("ANY($1::text[])")


async def find_many(codes: Sequence[Code]) -> dict[Code, Resolved]:
    """Where each of these leads, without those never minted, and those that are revoked or whose successor is."""
    rows = await db.fetch(_FIND_MANY, list(codes))
    return {row["code"]: _resolved(row) for row in rows if row["final_status"] != Status.REVOKED}


async def resolve(code: Code) -> Resolved:
    """Where a code leads, following its successor. Raises CodeUnknown, CodeRevoked."""
    return resolved(code, await db.fetchrow(_FIND, code))


def resolved(code: Code, row: asyncpg.Record | None) -> Resolved:
    """Where a code leads, by its row of `door_of`. Raises CodeUnknown, CodeRevoked."""
    if row is None:
        raise CodeUnknown(code=code)
    if row["final_status"] == Status.REVOKED:
        raise CodeRevoked(code=code)
    return _resolved(row)


async def get_place(code: Code) -> CodePlace:
    """The place a code stands for. Raises CodeUnknown, CodeRevoked, CodeUnbound."""
    resolved = await resolve(code)
    if resolved.place is None:
        raise CodeUnbound(code=resolved.code)
    return resolved.place


async def distance_from(code: Code, point: LonLat) -> float | None:
    """Metres from where the plate hangs; None for a code that hangs nowhere."""
    return await db.fetchval(_DISTANCE, code, point.lng, point.lat)


def _resolved(row: asyncpg.Record) -> Resolved:
    return Resolved(
        code=row["code"],
        status=Status(row["status"]),
        leads_to=row["leads_to"],
        place=None if row["id"] is None else _place(row),
    )


def _place(row: asyncpg.Record) -> CodePlace:
    return CodePlace(
        id=row["id"],
        kind=row["kind"],
        name=row["name"],
        address=row["address"],
        area_code=row["area_code"],
        area_name=row["area_name"],
        grid_code=row["grid_code"],
        label=row["label"],
        point=LonLat(lng=row["lng"], lat=row["lat"]),
    )


async def list_codes_of(place_ids: list[int]) -> dict[int, Code]:
    """The live code of each of these places, where it has one."""
    rows = await db.fetch(_CODES_OF, place_ids)
    return {row["place_id"]: row["code"] for row in rows}


_CODES_OF = "SELECT place_id, code FROM qr_code WHERE place_id = ANY($1::bigint[]) AND status IN ('active', 'damaged')"
