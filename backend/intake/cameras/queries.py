"""Reads of cameras and of what they saw, cut by the areas whose desk the reader may see."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.geo.area_sql import outermost, within_any
from backend.intake.cameras import rules
from backend.intake.cameras.errors import CameraUnknown
from backend.intake.cameras.kinds import titles_of
from backend.intake.cameras.structs import CameraDetail, CameraEventRead, CameraRead, CameraState
from backend.sql import Sql, sql
from backend.structs import Page, encode_cursor, id_before
from media import queries as photos
from media.structs import Thumb

_EVENTS_SHOWN = 50
_CAMERA = """
    SELECT c.id, s.name AS source, c.camera_no, c.name, c.spot, c.state, c.area_code, c.place_id,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS place,
           ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat, c.seen_at, c.right_count, c.wrong_count,
           (SELECT count(*) FROM camera_event e WHERE e.camera_id = c.id AND e.first_at >= :since) AS events_today
      FROM camera c JOIN intake_source s ON s.id = c.source_id LEFT JOIN place p ON p.id = c.place_id
     WHERE {seen} AND {which}
"""
_LIST = _CAMERA + " ORDER BY c.id DESC LIMIT :most"
_EVENTS = """
    SELECT e.id, e.camera_id, coalesce(nullif(c.name, ''), c.camera_no) AS camera,
           coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number, '') AS place,
           e.kind, e.text, e.first_at, e.last_at, e.detection_count, e.fate, e.verdict, e.order_id, o.number,
           f.id AS photo_id, f.link_version
      FROM camera_event e JOIN camera c ON c.id = e.camera_id
      LEFT JOIN place p ON p.id = c.place_id LEFT JOIN work_order o ON o.id = e.order_id
      LEFT JOIN photo f ON f.id = e.photo_id
     WHERE {seen} AND {which} ORDER BY e.id DESC LIMIT :most
"""


async def list_cameras(
    actor: Actor,
    now: datetime,
    *,
    state: CameraState | None = None,
    area_code: str = "",
    limit: int = 50,
    cursor: str | None = None,
) -> Page[CameraRead]:
    """Cameras within an area, the latest first; those that wait to be claimed with `state` unknown."""
    which = Sql(
        "(:state = '' OR c.state = :state) AND starts_with(c.area_code, :within) AND c.id < :before",
        {"state": state.value if state else "", "within": area_code, "before": id_before(cursor)},
    )
    rows = await db.fetch(sql(_LIST, seen=_seen(actor), which=which, since=_today(now), most=limit + 1))
    found = [_camera(row) for row in rows]
    next_cursor = encode_cursor(found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=next_cursor)


async def get_camera(camera_id: int, actor: Actor, now: datetime) -> CameraDetail:
    """A camera with its latest events. Raises CameraUnknown, also for one outside of the reader's areas."""
    which = Sql("c.id = :camera_id", {"camera_id": camera_id})
    row = await db.fetchrow(sql(_CAMERA, seen=_seen(actor), which=which, since=_today(now)))
    if row is None:
        raise CameraUnknown
    return CameraDetail(camera=_camera(row), events=(await list_events(actor, now, camera_id=camera_id)).items)


async def list_events(
    actor: Actor, now: datetime, *, camera_id: int = 0, limit: int = _EVENTS_SHOWN, cursor: str | None = None
) -> Page[CameraEventRead]:
    """What cameras saw, the latest first; of one camera where it is named."""
    which = Sql(
        "(:camera_id = 0 OR e.camera_id = :camera_id) AND e.id < :before",
        {"camera_id": camera_id, "before": id_before(cursor)},
    )
    found = [_event(row, now) for row in await db.fetch(sql(_EVENTS, seen=_seen(actor), which=which, most=limit + 1))]
    next_cursor = encode_cursor(found[limit - 1].id) if len(found) > limit else None
    return Page(items=found[:limit], next_cursor=next_cursor)


def _camera(row: asyncpg.Record) -> CameraRead:
    weight = rules.weight_of(row["right_count"], row["wrong_count"])
    return msgspec.convert({**row, "weight": round(weight, 2)}, CameraRead)


def _event(row: asyncpg.Record, now: datetime) -> CameraEventRead:
    title_zh, title_en = titles_of(row["kind"])
    thumb = photos.thumb_url(Thumb(row["photo_id"], row["link_version"]), now) if row["photo_id"] else None
    return msgspec.convert({**row, "title_zh": title_zh, "title_en": title_en, "thumb_url": thumb}, CameraEventRead)


def _today(now: datetime) -> datetime:
    """Midnight in Shanghai."""
    return datetime.combine(shanghai_date(now), datetime.min.time(), SHANGHAI)


def _seen(actor: Actor) -> Sql:
    return within_any("c.area_code", outermost(areas_of(actor, Permission.READ_DESK)), "seen")
