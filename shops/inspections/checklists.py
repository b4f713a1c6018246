"""Write check lists: each version once. What an inspection was made by is never changed, only followed by another."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.sql import sql
from shops.inspections.structs import Department

_LIST = """
    INSERT INTO checklist (area_code, department, code, version, name_zh, name_en, made_at)
    VALUES (:area_code, :department, :code, :version, :name_zh, :name_en, :now)
    ON CONFLICT ON CONSTRAINT checklist_version_once DO NOTHING RETURNING id
"""
_POINT = """
    INSERT INTO checklist_point (checklist_id, number, words_zh, words_en, legal_basis, points, is_p0, fix_within_h)
    VALUES (:checklist_id, :number, :words_zh, :words_en, :legal_basis, :points, :is_p0, :fix_within_h)
"""


class NewPoint(msgspec.Struct, frozen=True):
    """A line of a check list: what a fault is called, its legal basis, what it takes, and the hours to mend it."""

    words_zh: str
    words_en: str
    legal_basis: str
    points: int
    fix_within_h: int
    is_p0: bool = False


class NewChecklist(msgspec.Struct, frozen=True, kw_only=True):
    """`area_code`: where it is used, a prefix."""

    area_code: str
    department: Department
    code: str
    version: int = 1
    name_zh: str
    name_en: str
    points: Sequence[NewPoint]


async def add_checklist(made: NewChecklist, now: datetime) -> bool:
    """Add a version with its points, numbered from one; False where it was there before."""
    about = {name: getattr(made, name) for name in ("area_code", "code", "version", "name_zh", "name_en")}
    async with db.transaction():
        checklist_id = await db.fetchval(sql(_LIST, department=made.department.value, now=now, **about))
        if checklist_id is None:
            return False
        for number, point in enumerate(made.points, 1):
            await db.execute(sql(_POINT, checklist_id=checklist_id, number=number, **msgspec.structs.asdict(point)))
    return True
