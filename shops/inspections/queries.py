"""Reads of inspections, for grades, reports and pages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.scope import prefixes
from backend.sql import sql
from media import queries as media
from media.structs import PhotoSubject, SubjectKind, Visibility
from shops.inspections.errors import ChecklistNotFound, FindingNotFound
from shops.inspections.sql import ANSWERED_AT
from shops.inspections.states import FindingState
from shops.inspections.structs import (
    ChecklistView,
    CheckPoint,
    FindingDetail,
    FindingPhoto,
    FindingStepView,
    FoundFinding,
)

_FOUND = f"""
    f.id, f.shop_id, l.department, p.words_zh, p.words_en, f.points, f.is_p0, f.found_at, f.due_at, f.fixed_at,
    {ANSWERED_AT} AS answered_at,
    f.repeat_of_id IS NOT NULL AS is_repeat, f.state <> '{FindingState.STRUCK}' AS is_upheld, f.state
"""
_FROM = """
    FROM inspection_finding f JOIN inspection i ON i.id = f.inspection_id JOIN checklist_point p ON p.id = f.point_id
    JOIN checklist l ON l.id = i.checklist_id
"""
_LIST = f"""
    SELECT {_FOUND} {_FROM} WHERE f.shop_id = ANY($1::bigint[]) AND f.found_at >= $2 AND f.found_at < $3
    ORDER BY f.found_at, f.id
"""
_GET = f"""
    SELECT {_FOUND}, p.legal_basis, l.is_sample, f.note, f.version, i.inspector_id, shop.name AS shop_name,
        place.area_id AS area_code,
        EXISTS (SELECT FROM finding_step s WHERE s.finding_id = f.id AND s.move = 'appeal') AS has_appealed
    {_FROM} JOIN shop ON shop.id = f.shop_id JOIN place ON place.id = shop.place_id WHERE f.id = $1
"""
_STEPS = """
    SELECT s.id, s.move, s.at, s.note, s.due_at, coalesce(a.display_name, '') AS by,
        EXISTS (SELECT FROM shop_person h WHERE h.shop_id = $2 AND h.account_id = s.actor_id
            AND h.since <= s.at AND (h.until IS NULL OR h.until > s.at)) AS by_shop
    FROM finding_step s LEFT JOIN account a ON a.id = s.actor_id WHERE s.finding_id = $1 ORDER BY s.id
"""
_LISTS = """
    SELECT DISTINCT ON (l.code) l.id, l.department, l.code, l.version, l.name_zh, l.name_en, l.is_sample
    FROM checklist l
    WHERE l.is_open AND l.area_code = ANY($1::text[]) ORDER BY l.code, length(l.area_code) DESC, l.version DESC
"""
_LIST_OF = "SELECT id, department, code, version, name_zh, name_en, is_sample FROM checklist WHERE id = $1"
_POINTS = """
    SELECT checklist_id, id, number, words_zh, words_en, legal_basis, points, is_p0, fix_within_h FROM checklist_point
    WHERE checklist_id = ANY($1::bigint[]) ORDER BY checklist_id, number
"""
_OF_SHOP = f"""
    SELECT {_FOUND} {_FROM} WHERE f.shop_id = :shop_id AND (f.state IN ('open', 'answered', 'appealed') OR NOT :is_open)
    ORDER BY f.state IN ('open', 'answered', 'appealed') DESC, f.due_at, f.id LIMIT :most
"""


async def list_findings(shop_ids: Sequence[int], since: datetime, until: datetime) -> list[FoundFinding]:
    """What was found in these shops from one instant until before another one, the earliest first."""
    return [_found(row) for row in await db.fetch(_LIST, list(shop_ids), since, until)]


async def list_of_shop(shop_id: int, *, open_only: bool = False, most: int = 100) -> list[FoundFinding]:
    """The findings of a shop, those that are not put right first, the most urgent of them first."""
    rows = await db.fetch(sql(_OF_SHOP, shop_id=shop_id, is_open=open_only, most=most))
    return [_found(row) for row in rows]


async def get_finding(finding_id: int, now: datetime) -> FindingDetail:
    """A finding with its story. Raises FindingNotFound. It asks nobody who may read it."""
    row = await db.fetchrow(_GET, finding_id)
    if row is None:
        raise FindingNotFound
    steps = await db.fetch(_STEPS, finding_id, row["shop_id"])
    photos: dict[int, list[FindingPhoto]] = defaultdict(list)
    subjects = [PhotoSubject(SubjectKind.FINDING_STEP, step["id"]) for step in steps]
    for photo in await media.list_attached(subjects, now):
        shown = FindingPhoto(
            id=photo.id,
            thumb_url=photo.thumb_url,
            large_url=photo.large_url,
            is_released=photo.visibility is not Visibility.WITHHELD,
        )
        photos[photo.subject_id].append(shown)
    story = [msgspec.convert(dict(step) | {"photos": photos[step["id"]]}, FindingStepView) for step in steps]
    return msgspec.convert(dict(row) | {"steps": story}, FindingDetail)


async def list_checklists(area_code: str) -> list[ChecklistView]:
    """The lists that are used in an area: of each the nearest one, in its latest version."""
    rows = await db.fetch(_LISTS, prefixes(area_code))
    points = await _points([row["id"] for row in rows])
    return [msgspec.convert(dict(row) | {"points": points[row["id"]]}, ChecklistView) for row in rows]


async def get_checklist(checklist_id: int) -> ChecklistView:
    """One version, also an earlier one: a phone may have kept it. Raises ChecklistNotFound."""
    row = await db.fetchrow(_LIST_OF, checklist_id)
    if row is None:
        raise ChecklistNotFound
    return msgspec.convert(dict(row) | {"points": (await _points([checklist_id]))[checklist_id]}, ChecklistView)


async def _points(checklist_ids: Sequence[int]) -> dict[int, list[CheckPoint]]:
    found: dict[int, list[CheckPoint]] = defaultdict(list)
    for row in await db.fetch(_POINTS, list(checklist_ids)):
        found[row["checklist_id"]].append(
            msgspec.convert({name: row[name] for name in CheckPoint.__struct_fields__}, CheckPoint)
        )
    return found


def _found(row: asyncpg.Record) -> FoundFinding:
    return msgspec.convert(dict(row), FoundFinding)
