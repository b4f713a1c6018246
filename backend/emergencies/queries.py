"""Reads of emergencies: one, those of one's areas, what is on, who commands."""

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.emergencies import rights
from backend.emergencies.errors import EmergencyUnknown
from backend.emergencies.structs import EmergencyView, LevelView, OngoingEmergency
from backend.geo.area_sql import outermost, within_any
from backend.sql import sql

_SELECT = """
    SELECT e.id, e.area_code, coalesce(area.name, e.area_code) AS area_zh, e.kind, e.level, e.reason, e.begun_at,
           e.plan_zh, e.plan_en, x.roster, x.clocks::text AS clocks,
           begun.display_name AS begun_by, e.ended_at, coalesce(ended.display_name, '') AS ended_by, e.end_reason
    FROM emergency e JOIN account begun ON begun.id = e.begun_by_id LEFT JOIN account ended ON ended.id = e.ended_by_id
    LEFT JOIN area ON area.code = e.area_code
    CROSS JOIN LATERAL (
        SELECT s.roster, s.clocks FROM emergency_level l JOIN emergency_stretch s ON s.id = l.stretch_id
        WHERE l.emergency_id = e.id ORDER BY l.id DESC LIMIT 1) x
"""
_LIST = f"{_SELECT} WHERE {{within}} ORDER BY e.ended_at IS NOT NULL, e.begun_at DESC, e.id DESC LIMIT :most"
_AROUND = "e.area_code = ANY(:around::text[])"
_LEVELS = """
    SELECT l.level, l.reason, a.display_name AS set_by, l.set_at FROM emergency_level l
    JOIN account a ON a.id = l.set_by_id WHERE l.emergency_id = $1 ORDER BY l.id
"""
ONGOING = """coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', y_.id, 'area_code', y_.area_code, 'kind', y_.kind, 'level', y_.level)
        ORDER BY y_.level, y_.id) FROM emergency y_ WHERE y_.ended_at IS NULL), '[]')::text"""
"""JSON of all that is on anywhere, for a statement that is asked anyway."""


async def get_emergency(emergency_id: int) -> EmergencyView:
    """It asks nobody who may read it. Raises EmergencyUnknown."""
    row = await db.fetchrow(f"{_SELECT} WHERE e.id = $1", emergency_id)
    if row is None:
        raise EmergencyUnknown
    return _view(row)


async def see_emergency(emergency_id: int, actor: Actor) -> EmergencyView:
    """For the desks of the area and of those around and within it. Raises EmergencyUnknown."""
    found = await get_emergency(emergency_id)
    if not rights.may_read(actor, found.area_code):
        raise EmergencyUnknown
    return found


async def list_emergencies(actor: Actor, most: int) -> list[EmergencyView]:
    """Those that the reader's desk sees: what is on first, then the latest."""
    own = areas_of(actor, Permission.READ_DESK)
    around = [area[:chars] for area in own for chars in (6, 9, 12) if chars <= len(area)]
    within = sql(f"({{inside}} OR {_AROUND})", inside=within_any("e.area_code", outermost(own), "own"), around=around)
    return [_view(row) for row in await db.fetch(sql(_LIST, within=within, most=most))]


async def list_levels_of(emergency_id: int) -> list[LevelView]:
    """Oldest first."""
    return [LevelView(**row) for row in await db.fetch(_LEVELS, emergency_id)]


def ongoing_of(stored: str, actor: Actor) -> list[OngoingEmergency]:
    """Those out of `ONGOING` that concern this reader, the gravest first."""
    if stored == "[]":
        return []
    found = msgspec.json.decode(stored, type=list[OngoingEmergency])
    return [each for each in found if rights.concerns(actor, each.area_code)]


async def hold_on(emergency_id: int) -> bool:
    """Whether it is on; nobody ends it before the transaction ends."""
    row = await db.fetchrow("SELECT ended_at FROM emergency WHERE id = $1 FOR SHARE", emergency_id)
    return row is not None and row["ended_at"] is None


async def list_ongoing_over(area_code: str) -> list[int]:
    """The emergencies that are on over a place."""
    rows = await db.fetch("SELECT id FROM emergency WHERE ended_at IS NULL AND starts_with($1, area_code)", area_code)
    return [row["id"] for row in rows]


def _view(row: asyncpg.Record) -> EmergencyView:
    values = dict(row)
    return msgspec.convert(values | {"clocks": msgspec.json.decode(values["clocks"])}, EmergencyView)
