"""Reads for those who look after plates: a code's history, batches, open checks, and where plates are wanting."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg
import msgspec

from backend import db
from backend.geo.area_sql import within_any
from backend.geo.lonlat import LonLat
from backend.places import sql as places
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor
from qr import plate_areas
from qr.codes import Code
from qr.errors import BatchUnknown, CodeUnknown
from qr.structs import AreaCoverage, Batch, BatchView, Binding, CodeChange, CoverageGap, History, PlateCheck, Status

STALE_AFTER = timedelta(days=90)

_CODE = f"""
    SELECT c.code, c.status, c.successor_id AS successor, c.batch_id, c.scanned_at, home.area_code
      FROM qr_code c CROSS JOIN LATERAL ({plate_areas.home_of("c")}) home WHERE c.code = $1
"""
_BINDINGS = """
    SELECT b.place_id, coalesce(nullif(p.name, ''), p.address) AS place, b.reason, b.bound_at, a.display_name AS by,
           b.distance_m, b.photo_id, b.ended_at, b.end_reason
      FROM qr_binding b JOIN place p ON p.id = b.place_id LEFT JOIN account a ON a.id = b.bound_by_id
     WHERE b.code_id = $1 ORDER BY b.id
"""
_CHANGES = """
    SELECT h.status, h.successor, h.note, h.changed_at, a.display_name AS by
      FROM qr_change h LEFT JOIN account a ON a.id = h.changed_by_id WHERE h.code_id = $1 ORDER BY h.id
"""
_BATCHES = """
    SELECT b.id, b.size, b.area_code, b.note, b.minted_at,
           count(c.code) FILTER (WHERE c.status = 'unbound') AS unbound,
           count(c.code) FILTER (WHERE c.place_id IS NOT NULL) AS live
      FROM (SELECT * FROM qr_batch WHERE id < :before AND {within} ORDER BY id DESC LIMIT :most) b
      LEFT JOIN qr_code c ON c.batch_id = b.id
     GROUP BY b.id, b.size, b.area_code, b.note, b.minted_at ORDER BY b.id DESC
"""
_BATCH = "SELECT id, size, area_code, note, minted_at FROM qr_batch WHERE id = :id AND {within}"
_DOORS = f"""
    SELECT p.id AS place_id, coalesce(nullif(p.name, ''), p.address) AS place, ST_X(p.loc::geometry) AS lng,
           ST_Y(p.loc::geometry) AS lat, NOT EXISTS (SELECT FROM qr_code c WHERE c.place_id = p.id) AS is_bare
      FROM place p
     WHERE {{within}} AND {places.called(":words", "p")}
     ORDER BY length(p.address), p.id LIMIT :most
"""
_CHECKS = """
    SELECT k.id, k.code_id AS code, k.far_scans, k.distance_m, k.raised_at, c.place_id,
           coalesce(nullif(p.name, ''), p.address) AS place
      FROM qr_plate_check k JOIN qr_code c ON c.code = k.code_id JOIN place p ON p.id = c.place_id
     WHERE k.settled_at IS NULL AND {within} ORDER BY k.id LIMIT 200
"""
_LIVE = "SELECT c.place_id, max(c.scanned_at) AS seen, min(c.changed_at) AS hung FROM qr_code c"
_STATE_OF_PLACES = f"""
    SELECT p.id, p.area_id, p.loc, p.name, p.address, live.place_id IS NULL AS is_bare,
           coalesce(live.seen, live.hung) < :stale AS is_stale
      FROM place p LEFT JOIN ({_LIVE} WHERE c.place_id IS NOT NULL GROUP BY c.place_id) live ON live.place_id = p.id
     WHERE {{within}}
"""
_COVERAGE = f"""
    SELECT s.area_id AS area_code, coalesce(a.name, s.area_id) AS name, count(*) AS places,
           count(*) FILTER (WHERE s.is_bare) AS bare, count(*) FILTER (WHERE s.is_stale) AS stale
      FROM ({_STATE_OF_PLACES}) s LEFT JOIN area a ON a.code = s.area_id GROUP BY 1, 2 ORDER BY 1
"""
_GAPS = f"""
    SELECT s.id AS place_id, coalesce(nullif(s.name, ''), s.address) AS place, s.is_bare,
           ST_X(s.loc::geometry) AS lng, ST_Y(s.loc::geometry) AS lat
      FROM ({_STATE_OF_PLACES}) s WHERE s.is_bare OR s.is_stale ORDER BY s.is_bare DESC, s.id LIMIT :most
"""


async def get_history(code: Code) -> History:
    """All that happened to a code. Raises CodeUnknown."""
    row = await db.fetchrow(_CODE, code)
    if row is None:
        raise CodeUnknown(code=code)
    bindings = await db.fetch(_BINDINGS, row["code"])
    changes = await db.fetch(_CHANGES, row["code"])
    return History(
        code=row["code"],
        status=Status(row["status"]),
        successor=row["successor"],
        batch_id=row["batch_id"],
        scanned_at=row["scanned_at"],
        area_code=row["area_code"] or "",
        bindings=[msgspec.convert(dict(each), Binding) for each in bindings],
        changes=[msgspec.convert(dict(each), CodeChange) for each in changes],
    )


async def list_batches(areas: Sequence[str], *, limit: int, cursor: str | None = None) -> Page[BatchView]:
    """Batches meant for these areas, the latest first."""
    (before,) = decode_cursor(cursor, int) if cursor else (2**62,)
    meant = within_any("area_code", areas, "area")
    rows = await db.fetch(sql(_BATCHES, within=meant, before=before, most=limit + 1))
    batches = [msgspec.convert(dict(row), BatchView) for row in rows[:limit]]
    return Page(items=batches, next_cursor=encode_cursor(batches[-1].id) if len(rows) > limit else None)


async def get_batch(batch_id: int, areas: Sequence[str]) -> Batch:
    """One batch meant for these areas. Raises BatchUnknown."""
    row = await db.fetchrow(sql(_BATCH, within=within_any("area_code", areas, "area"), id=batch_id))
    if row is None:
        raise BatchUnknown(batch_id=batch_id)
    return msgspec.convert(dict(row), Batch)


async def list_open_checks(areas: Sequence[str]) -> list[PlateCheck]:
    """Plates under suspicion within these areas."""
    rows = await db.fetch(sql(_CHECKS, within=_places_of(areas)))
    return [msgspec.convert(dict(row), PlateCheck) for row in rows]


async def list_coverage(areas: Sequence[str], now: datetime) -> list[AreaCoverage]:
    """For each area: its places, those without a code, those whose code nobody has scanned for long."""
    rows = await db.fetch(sql(_COVERAGE, within=_places_of(areas), stale=now - STALE_AFTER))
    return [msgspec.convert(dict(row), AreaCoverage) for row in rows]


async def list_gaps(areas: Sequence[str], now: datetime, limit: int) -> list[CoverageGap]:
    """The places themselves, those without a code first."""
    gaps = sql(_GAPS, within=_places_of(areas), stale=now - STALE_AFTER, most=limit)
    return [_gap(row) for row in await db.fetch(gaps)]


async def find_doors(areas: Sequence[str], words: str, limit: int) -> list[CoverageGap]:
    """Places on which these words are written, within these areas."""
    doors = sql(_DOORS, within=_places_of(areas), words=words, most=limit)
    return [_gap(row) for row in await db.fetch(doors)]


def _places_of(areas: Sequence[str]) -> Sql:
    return within_any("p.area_id", areas, "area")


def _gap(row: asyncpg.Record) -> CoverageGap:
    point = LonLat(lng=row["lng"], lat=row["lat"])
    return CoverageGap(place_id=row["place_id"], place=row["place"], is_bare=row["is_bare"], point=point)
