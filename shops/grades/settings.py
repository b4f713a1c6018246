"""By what an area counts grades: read with the nearest area first, set by its street or district."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor, Role
from backend.errors import BadRequest, Forbidden, Invalid
from backend.sql import sql
from shops.grades.structs import GradeSettings

KEEPERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_NAMES = GradeSettings.__struct_fields__
_ALL = f"SELECT area_code, {', '.join(_NAMES)} FROM grade_setting WHERE area_code = ANY($1::text[])"
_HAS_OWN = "SELECT EXISTS (SELECT FROM grade_setting WHERE area_code = $1)"
_SET = f"""
    INSERT INTO grade_setting (area_code, {", ".join(_NAMES)}, changed_by_id, changed_at)
    VALUES (:area_code, {", ".join(f":{name}" for name in _NAMES)}, :account_id, :now)
    ON CONFLICT (area_code) DO UPDATE SET ({", ".join(_NAMES)}, changed_by_id, changed_at)
        = ({", ".join(f"excluded.{name}" for name in _NAMES)}, excluded.changed_by_id, excluded.changed_at)
"""


class GradesNotYours(Forbidden):
    """Not one of those who set by what grades are counted there."""

    code = "grades-not-yours"


class SettingsUnreadable(BadRequest):
    """A number is none, or out of its bounds."""

    code = "grade-settings-unreadable"


class ThresholdsCrossed(Invalid):
    """B would begin above A."""

    code = "grade-thresholds-crossed"


async def of_areas(area_codes: Sequence[str]) -> dict[str, GradeSettings]:
    """What counts in each of these areas."""
    chains = {area: prefixes(area) for area in set(area_codes)}
    rows = await db.fetch(_ALL, sorted({prefix for found in chains.values() for prefix in found}))
    by_area = {row["area_code"]: msgspec.convert({name: row[name] for name in _NAMES}, GradeSettings) for row in rows}
    return {
        area: next((by_area[prefix] for prefix in reversed(found) if prefix in by_area), GradeSettings())
        for area, found in chains.items()
    }


def may_set(actor: Actor, area_code: str) -> bool:
    """Whether somebody says by what grades are counted there."""
    return bool(area_code) and actor.holds(area_code, *KEEPERS)


async def get_for(area_code: str, actor: Actor) -> GradeSettings:
    """What counts there, for whoever reads its shops. Raises GradesNotYours."""
    if not may_within(actor, Permission.READ_SHOPS, area_code):
        raise GradesNotYours
    return (await of_areas([area_code]))[area_code]


async def has_own(area_code: str) -> bool:
    """Whether the area counts by rules of its own, not by those of an area around it."""
    return await db.fetchval(_HAS_OWN, area_code)


async def set_for(area_code: str, settings: GradeSettings, actor: Actor, now: datetime) -> None:
    """Set by what an area counts, from the next count on. Raises GradesNotYours, ThresholdsCrossed."""
    if not may_set(actor, area_code):
        raise GradesNotYours
    if settings.b_from > settings.a_from:
        raise ThresholdsCrossed
    values = {name: getattr(settings, name) for name in _NAMES}
    await db.execute(sql(_SET, area_code=area_code, account_id=actor.account_id, now=now, **values))
