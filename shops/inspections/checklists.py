"""Write check lists: each version once. What an inspection was made by is never changed, only followed by another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.sql import sql
from shops.inspections import queries
from shops.inspections.errors import ChecklistNotFound
from shops.inspections.structs import Department

_LIST = """
    INSERT INTO checklist (area_code, department, code, version, name_zh, name_en, is_sample, made_at)
    VALUES (:area_code, :department, :code, :version, :name_zh, :name_en, :is_sample, :now)
    ON CONFLICT ON CONSTRAINT checklist_version_once DO NOTHING RETURNING id
"""
_POINT = """
    INSERT INTO checklist_point (checklist_id, number, words_zh, words_en, legal_basis, points, is_p0, fix_within_h)
    VALUES (:checklist_id, :number, :words_zh, :words_en, :legal_basis, :points, :is_p0, :fix_within_h)
"""
_LATEST = """
    SELECT id, version, is_open FROM checklist WHERE area_code = $1 AND code = $2 ORDER BY version DESC LIMIT 1
"""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('check list ' || $1 || ' ' || $2, 0))"
_CLOSE = "UPDATE checklist SET is_open = false WHERE area_code = $1 AND code = $2 RETURNING id"


class NewPoint(msgspec.Struct, frozen=True):
    """A line of a check list: what a fault is called, its legal basis, what it takes, and the hours to mend it."""

    words_zh: str
    words_en: str
    legal_basis: str
    points: int
    fix_within_h: int
    is_p0: bool = False


class NewChecklist(msgspec.Struct, frozen=True, kw_only=True):
    """`area_code`: where it is used, a prefix. `is_sample`: an example that the department has not checked."""

    area_code: str
    department: Department
    code: str
    version: int = 1
    name_zh: str
    name_en: str
    is_sample: bool = False
    points: Sequence[NewPoint]


class LoadedChecklist(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a list: the version that is used now, and whether it is a new one."""

    code: str
    version: int
    points: int
    is_new: bool


async def add_checklist(made: NewChecklist, now: datetime) -> bool:
    """Add a version with its points, numbered from one; False where it was there before."""
    about = {name: getattr(made, name) for name in ("area_code", "code", "version", "name_zh", "name_en", "is_sample")}
    async with db.transaction():
        checklist_id = await db.fetchval(sql(_LIST, department=made.department.value, now=now, **about))
        if checklist_id is None:
            return False
        for number, point in enumerate(made.points, 1):
            await db.execute(sql(_POINT, checklist_id=checklist_id, number=number, **msgspec.structs.asdict(point)))
    return True


async def load_checklists(lists: Sequence[NewChecklist], now: datetime) -> list[LoadedChecklist]:
    """Make each list the one that is used from now on, as its next version, all or none of them.

    One that says what the latest version says stays as it is. Findings keep the version that they were made by.
    """
    async with db.transaction():
        return [await _load(each, now) for each in lists]


async def close_checklist(area_code: str, code: str) -> int:
    """Use a list no more: of all its versions in this very area. Returns how many. Raises ChecklistNotFound."""
    closed = await db.fetch(_CLOSE, area_code, code)
    if not closed:
        raise ChecklistNotFound
    return len(closed)


async def _load(made: NewChecklist, now: datetime) -> LoadedChecklist:
    await db.execute(_LOCK, made.area_code, made.code)
    latest = await db.fetchrow(_LATEST, made.area_code, made.code)
    version = latest["version"] if latest else 0
    is_new = latest is None or not latest["is_open"] or not await _says_the_same(made, latest["id"])
    if is_new:
        version += 1
        await add_checklist(msgspec.structs.replace(made, version=version), now)
    return LoadedChecklist(code=made.code, version=version, points=len(made.points), is_new=is_new)


async def _says_the_same(made: NewChecklist, checklist_id: int) -> bool:
    there = await queries.get_checklist(checklist_id)
    about = ("department", "name_zh", "name_en", "is_sample")
    if any(getattr(there, name) != getattr(made, name) for name in about):
        return False
    names = NewPoint.__struct_fields__
    points: list[dict[str, Any]] = [{name: getattr(point, name) for name in names} for point in there.points]
    return points == [msgspec.structs.asdict(point) for point in made.points]
