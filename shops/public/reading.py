"""A shop as everybody may know it: what the register says of it, and what its town publishes. Nobody's name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from media import queries as media
from media.structs import Audience, PhotoSubject, SubjectKind
from shops.grades import settings
from shops.grades.publishing import public_grade
from shops.grades.structs import Grade
from shops.inspections.states import FindingMove, FindingState
from shops.inspections.structs import FindingPhoto
from shops.public import kitchen
from shops.public.structs import PublicShop, Rectification
from shops.register.errors import ShopNotFound
from shops.register.structs import ShopState

SHOWN_FOR = timedelta(days=365)
"""What was put right longer ago than this is told no more."""
_MOST = 20
_SHOP = f"""
    SELECT shop.id, shop.name, door.address, door.area_code, shop.state, {public_grade("door")} AS grade
    FROM (SELECT id, kind, address, area_id AS area_code FROM place WHERE id = $1) door
    JOIN shop ON shop.place_id = door.id AND shop.ended_at IS NULL
"""
_PUT_RIGHT = f"""
    SELECT f.id, l.department, p.words_zh, p.words_en, f.found_at, f.fixed_at,
        ARRAY(SELECT s.id FROM finding_step s WHERE s.finding_id = f.id AND s.move = '{FindingMove.OPEN}') AS opened,
        ARRAY(SELECT s.id FROM finding_step s WHERE s.finding_id = f.id AND s.move = '{FindingMove.ANSWER}') AS answered
    FROM inspection_finding f JOIN inspection i ON i.id = f.inspection_id JOIN checklist_point p ON p.id = f.point_id
    JOIN checklist l ON l.id = i.checklist_id
    WHERE f.shop_id = :shop_id AND f.state = '{FindingState.FIXED}' AND f.fixed_at > :since
    ORDER BY f.fixed_at DESC, f.id DESC LIMIT {_MOST}
"""


async def get_public(place_id: int, now: datetime) -> PublicShop:
    """The shop that stands at a place now. Raises ShopNotFound."""
    row = await db.fetchrow(_SHOP, place_id)
    if row is None:
        raise ShopNotFound
    by = (await settings.of_areas([row["area_code"]]))[row["area_code"]]
    link = await kitchen.find(row["id"])
    return PublicShop(
        id=row["id"],
        name=row["name"],
        address=row["address"],
        area_code=row["area_code"],
        state=ShopState(row["state"]),
        grade=Grade(row["grade"]) if row["grade"] else None,
        rectifications=await _put_right(row["id"], now) if by.shows_rectifications else None,
        kitchen=link if link and link.is_shown(now) else None,
    )


async def _put_right(shop_id: int, now: datetime) -> list[Rectification]:
    """The latest first; what was struck, or is not put right yet, is not among them."""
    rows = await db.fetch(sql(_PUT_RIGHT, shop_id=shop_id, since=now - SHOWN_FOR))
    photos = await _released([step for row in rows for step in (*row["opened"], *row["answered"])], now)
    return [_rectification(row, photos) for row in rows]


async def _released(steps: Sequence[int], now: datetime) -> Mapping[int, list[FindingPhoto]]:
    """The photos of these steps that a person has released, or painted over, for everybody."""
    found: dict[int, list[FindingPhoto]] = defaultdict(list)
    subjects = [PhotoSubject(SubjectKind.FINDING_STEP, step) for step in steps]
    for photo in await media.list_attached(subjects, now, Audience.PUBLIC):
        shown = FindingPhoto(id=photo.id, thumb_url=photo.thumb_url, large_url=photo.large_url, is_released=True)
        found[photo.subject_id].append(shown)
    return found


def _rectification(row: asyncpg.Record, photos: Mapping[int, list[FindingPhoto]]) -> Rectification:
    def of(steps: Sequence[int]) -> list[FindingPhoto]:
        return [photo for step in steps for photo in photos.get(step, ())]

    said = {name: row[name] for name in ("id", "department", "words_zh", "words_en", "found_at", "fixed_at")}
    return msgspec.convert(said | {"before": of(row["opened"]), "after": of(row["answered"])}, Rectification)
